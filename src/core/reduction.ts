import type { ReadPath } from './models';
import type { ResultUse, ResultUses } from './resultUse';
import type { Span } from './text';

/** What an application does with rows, and the database could have done. */
export type Reduction = 'count' | 'sum' | 'extreme' | 'distinct' | 'group' | 'first' | 'find' | 'filter' | 'top';

/** What all uses of a query's rows come to, where the database could have done it. */
export interface Reduced {
  readonly reduction: Reduction;
  readonly reads: readonly ReadPath[];
  /** Where the reduction stands. */
  readonly span: Span;
}

/**
 * The reduction that the rows are read for; undefined where they are used in any other way too, for then
 * they had to be read anyway.
 */
export function reductionOf({ uses, escapes, partEscapes }: ResultUses): Reduced | undefined {
  const whole = uses.filter(({ isPart, kind }) => !isPart && kind !== 'existence');
  const [first] = whole;
  if (escapes || first === undefined) return undefined;
  const reads = whole.flatMap((use) => use.reads);
  // A method of a row, or of a text in it, is nothing a query can ask for.
  if (reads.some((path) => path.some((name) => name.endsWith('()')))) return undefined;
  if (!partEscapes && areCounts(uses)) return { reduction: 'count', reads, span: first.span };
  const reduction = first.kind === 'sort' ? topOf(uses) : plainReduction(first);
  if (reduction === undefined || whole.some((use) => use.kind !== first.kind)) return undefined;
  // Several conditions on the same few rows are one query well spent.
  if ((reduction === 'find' || reduction === 'filter') && whole.length > 1) return undefined;
  return { reduction, reads, span: first.span };
}

/** `rows.length` beside `rows.filter(…).length`: several numbers, and no row of what the filters keep is looked at. */
function areCounts(uses: readonly ResultUse[]): boolean {
  const whole = uses.filter(({ isPart, kind }) => !isPart && kind !== 'existence');
  const parts = uses.filter(({ isPart }) => isPart);
  const filters = whole.filter(({ kind }) => kind === 'filter').length;
  return (
    whole.length > 1 && filters > 0 && parts.length >= filters &&
    whole.every(({ kind }) => kind === 'count' || kind === 'filter') &&
    parts.every(({ kind }) => kind === 'count' || kind === 'existence')
  );
}

/** A sort is needed where all rows are shown; for the first few the database has a better way. */
function topOf(uses: readonly ResultUse[]): Reduction | undefined {
  const parts = uses.filter(({ isPart }) => isPart);
  return parts.length > 0 && parts[0]!.kind === 'first' && uses.filter(({ isPart }) => !isPart).length === 1 ? 'top' : undefined;
}

function plainReduction({ kind }: ResultUse): Reduction | undefined {
  return kind === 'sort' || kind === 'each' || kind === 'existence' ? undefined : kind;
}

/** The rows are read for one answer, which the rules about reductions and about existence speak of. */
export function isAnswerOnly(uses: ResultUses): boolean {
  if (reductionOf(uses) !== undefined) return true;
  return !uses.escapes && uses.uses.length > 0 && uses.uses.every(({ kind }) => kind === 'existence');
}
