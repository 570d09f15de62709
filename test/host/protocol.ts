/** The variable in which a runner hands its request, as JSON, to the suite inside the extension host. */
export const requestVariable = 'PERFORMANCE_ENGINEER_HOST_TESTS';

/** What a runner asks the suite to do. All paths are absolute. */
export interface SuiteRequest {
  /** Drawn anew for each run, so that a result left over from another run is never taken for this one's. */
  readonly nonce: string;
  /** Where the suite writes its `SuiteResult` when, and only when, it has come to its end. */
  readonly sentinel: string;
  /** The bundled test files, in the order in which they run. */
  readonly files: readonly string[];
}

/** What the suite reports when it has come to its end. */
export interface SuiteResult {
  readonly nonce: string;
  readonly passes: number;
  readonly failures: number;
  readonly pending: number;
}

/** Begins each line of mocha's report, so that a runner can tell it from what VS Code itself prints. */
export const reportMark = '[host test] ';
