import { readFileSync } from 'node:fs';

/** The environment variable that names the file which receives a stage's counts. */
export const COUNTS_FILE = 'PERFORMANCE_ENGINEER_TEST_COUNTS';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** How a stage's process ended. `code` is null where a signal ended it. */
export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  /** The end of what it printed. */
  readonly tail: string;
}

/** A stage's counts and, where its own output does not say it, what is wrong. */
export interface Outcome extends Counts {
  readonly problem?: string;
}

/** A command that passes or fails as a whole. */
export function judgeCommand({ code, signal }: Ending): Outcome {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, problem: `it ended with ${signal ?? code}` };
}

/** A mocha run: what its reporter wrote, or nothing where it crashed before its end. */
export function judgeMocha(ending: Ending, countsFile: string): Outcome {
  return judgeCounts(readCounts(countsFile), ending);
}

/** A program whose last line is "N passed, N failed". */
export function judgeLastLine(ending: Ending): Outcome {
  const match = /(?:^|\n)(\d+) passed, (\d+) failed\s*$/.exec(ending.tail);
  return judgeCounts(match ? { passed: Number(match[1]), failed: Number(match[2]) } : undefined, ending);
}

/** Neither a crash, nor a run of no test, nor a bad end after good tests is a pass. */
function judgeCounts(counts: Counts | undefined, { code, signal }: Ending): Outcome {
  if (counts === undefined) return { passed: 0, failed: 1, problem: `it ended with ${signal ?? code} before its tests did` };
  if (counts.failed > 0) return counts;
  if (counts.passed === 0) return { passed: 0, failed: 1, problem: 'no test ran' };
  return code === 0 ? counts : { ...counts, failed: 1, problem: `every test passed, but it ended with ${signal ?? code}` };
}

function readCounts(file: string): Counts | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counts;
  } catch {
    return undefined;
  }
}
