/** Memory of one function: what it allocates itself, and with what it calls. Bytes, estimated from samples. */
export interface MemoryCost {
  readonly file: string;
  readonly functionName: string;
  /** Zero-based line of the declaration when it was measured. */
  readonly line: number;
  readonly hash?: string;
  readonly selfBytes: number;
  readonly totalBytes: number;
}

/** What a run allocated and kept. */
export interface Memory {
  /** How many calls of the target the window holds; absent where it is a whole program. */
  readonly calls?: number;
  /** Node: the most that was resident, in the whole process. Python: the most that was allocated at once in the window. */
  readonly peakBytes: number;
  /** All that was allocated, garbage with it; absent in Python. */
  readonly allocatedBytes?: number;
  /** What was still there after garbage was collected; absent where only a whole program was seen. */
  readonly retainedBytes?: number;
  /** The largest first, by total. */
  readonly allocated: readonly MemoryCost[];
  readonly retained: readonly MemoryCost[];
}
