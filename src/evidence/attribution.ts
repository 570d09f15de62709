import type { FunctionFact } from '../core/facts';
import { comparePositions, contains } from '../core/text';

/** A function as the syntax knows it. */
export type FunctionAnchor = Pick<FunctionFact, 'name' | 'range' | 'nameRange' | 'hash'>;

/** What must be known of a workspace to name what a profiler saw. */
export interface Sources {
  /** The workspace folder's absolute paths: as it is opened, and behind links. */
  readonly roots: readonly string[];
  /** Absolute folders of what runs beside the program to measure it: its work is left out. */
  readonly machinery: readonly string[];
  /** The functions of a file (relative to the workspace), or undefined where it cannot be read. */
  functionsOf(file: string): readonly FunctionAnchor[] | undefined;
}

/** Who a profiled function is: the named function whose text holds it. `''` is the top level of a file. */
export interface Identity {
  readonly file: string;
  readonly functionName: string;
  /** Zero-based. */
  readonly line: number;
  readonly hash?: string;
}

/** A function as a profiler names it; `line` and `column` from 0. */
export interface ProfiledFunction {
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** Where the syntax is unknown, the profiler's own name stands. A module's top level has many names. */
const TOP_LEVEL = new Set(['', '<module>', 'Object.<anonymous>', '(anonymous)']);

/**
 * Finds the innermost named function that holds a profiled one, so that callbacks and
 * comprehensions count as part of the function they stand in.
 */
export function identify(profiled: ProfiledFunction, functions: readonly FunctionAnchor[] | undefined): Identity {
  const { file, line, column, name } = profiled;
  if (!functions) {
    const topLevel = TOP_LEVEL.has(name);
    return { file, functionName: topLevel && line === 0 ? '' : topLevel ? `(anonymous):${line + 1}` : name, line };
  }
  const anchor = named(profiled, functions) ?? innermost(functions.filter(({ range }) => contains(range, { line, character: column })));
  if (!anchor) return { file, functionName: '', line: 0 };
  return { file, functionName: anchor.name, line: anchor.nameRange.start.line, hash: anchor.hash };
}

/** The declaration itself: engines place it at its name, its parameters or, in Python, its first decorator. */
function named({ line, name }: ProfiledFunction, functions: readonly FunctionAnchor[]): FunctionAnchor | undefined {
  const own = name.split('.').pop();
  return functions.find((anchor) => {
    const lastName = anchor.name.replace(/#\d+$/, '').split('.').pop();
    return lastName === own && line >= anchor.range.start.line && line <= anchor.nameRange.start.line;
  });
}

function innermost(functions: readonly FunctionAnchor[]): FunctionAnchor | undefined {
  return [...functions].sort((a, b) => comparePositions(b.range.start, a.range.start))[0];
}
