import type { SuiteResult } from './protocol';

export interface Verdict {
  readonly passed: number;
  readonly failed: number;
  /** Why the run does not count as passed, where mocha's own output does not say it. */
  readonly problem?: string;
}

/**
 * Judges one run of the suite. VS Code's exit code is not enough: a killed extension host ends with 0, so a run
 * passes only if its own result file says that tests ran and none failed.
 * @param exitCode what VS Code reported; null when it reported nothing.
 * @param sentinel the text of the result file; null when there is none.
 */
export function judge(exitCode: number | null, sentinel: string | null, nonce: string): Verdict {
  const result = readResult(sentinel);
  if (result === null || result.nonce !== nonce) {
    return { passed: 0, failed: 1, problem: `the extension host ended before its tests did (exit code ${exitCode})` };
  }
  const { passes, failures } = result;
  if (failures > 0) {
    return { passed: passes, failed: failures };
  }
  if (passes === 0) {
    return { passed: 0, failed: 1, problem: 'no test ran' };
  }
  return exitCode === 0
    ? { passed: passes, failed: 0 }
    : { passed: passes, failed: 1, problem: `every test passed, but VS Code ended with exit code ${exitCode}` };
}

/** A file cut short by a crash is no result. */
function readResult(text: string | null): SuiteResult | null {
  try {
    return text === null ? null : (JSON.parse(text) as SuiteResult);
  } catch {
    return null;
  }
}
