/** What a program's time went into. No moment counts twice. */
export type ResourceKind = 'database' | 'network' | 'file' | 'serialisation' | 'gc' | 'application' | 'waiting';

/** In the order in which a report lists equals: what leaves the process first. */
export const RESOURCE_KINDS: readonly ResourceKind[] = ['database', 'network', 'file', 'serialisation', 'gc', 'application', 'waiting'];

/** A place in the workspace's code. */
export interface CodePlace {
  readonly file: string;
  /** '' for the top level of the file. */
  readonly functionName: string;
  /** Zero-based, when it was measured. */
  readonly line: number;
  /** Zero-based line of the function's declaration then: a place follows its function when that moves. */
  readonly functionLine: number;
  /** functionHash of the function then; absent where its source was not readable. */
  readonly hash?: string;
}

/** Operations of one shape from one place. Times in milliseconds. */
export interface TracedOperation {
  readonly category: Extract<ResourceKind, 'database' | 'network' | 'file' | 'serialisation'>;
  /** "pg", "sqlite3", "fetch". */
  readonly library: string;
  /** The statement, request or command without its values. */
  readonly shape: string;
  /** The table or host, where the shape names one. */
  readonly subject?: string;
  /** Innermost first; empty where no code of the workspace was on the stack. */
  readonly callers: readonly CodePlace[];
  readonly count: number;
  readonly totalMs: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

/** What a run did beside computing. */
export interface Trace {
  /** Of the driven path: of the calls of a generated driver, else of the whole program with its start. */
  readonly wallMs: number;
  /** How many calls of the target the window holds; absent where it is a whole program. */
  readonly calls?: number;
  /** Milliseconds; their sum is wallMs. */
  readonly resources: Readonly<Record<ResourceKind, number>>;
  /** How long the event loop was kept from its next turn; absent in Python, and where it never had a turn. */
  readonly eventLoopDelay?: { readonly p50: number; readonly p99: number; readonly max: number };
  /** The most expensive first. */
  readonly operations: readonly TracedOperation[];
}
