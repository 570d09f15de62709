/** A finding as the command line prints it. Lines count from one. */
export interface Reported {
  readonly rule: string;
  readonly file: string;
  readonly range: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
}

export type Side = 'before' | 'after';

/** Lines that a commit changes in one file: from the first to the last, counted from one, both included. */
export interface Hunk {
  readonly file: string;
  /** The commit removes the file. */
  readonly removed: boolean;
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
}

/** A call that is written over several lines is reported at its name, which the change itself may not contain. */
const NEAR = 3;

/** Reads the output of `git diff -U0`. */
export function changedHunks(diff: string): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let old = '';
  let current = '';
  for (const line of diff.split('\n')) {
    if (line.startsWith('--- ')) old = line.slice(4).replace(/^a\//, '');
    else if (line.startsWith('+++ ')) current = line.slice(4).replace(/^b\//, '');
    const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (header === null) continue;
    const removed = current === '/dev/null';
    hunks.push({ file: removed ? old : current, removed, before: linesOf(header[1]!, header[2]), after: linesOf(header[3]!, header[4]) });
  }
  return hunks;
}

/** Where nothing was on a side, git names the line above: the change is between it and the next one. */
function linesOf(start: string, count: string | undefined): readonly [number, number] {
  const first = Number(start);
  return [first, first + Math.max(Number(count ?? 1), 2) - 1];
}

export function touches({ file, range }: Reported, hunk: Hunk, side: Side): boolean {
  const [first, last] = hunk[side];
  return file === hunk.file && range.start.line <= last + NEAR && range.end.line >= first - NEAR;
}
