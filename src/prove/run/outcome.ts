import { formatCount } from '../../core/format';
import type { PlanNode, ProofOutcome, SyntheticTable, Trial } from '../../core/proof';
import { callWords } from '../../evidence/proofWords';

/** A change that does not at least halve the time is not worth its upkeep. */
const WORTH_IT = 0.5;
/** From here on a call with the most common value has become slower for certain. */
const WORSE = 1.2;

/** Rows from which on a table is large enough for a plan that does not get cheaper to count against the change. */
const TELLING_ROWS = 100_000;

/**
 * The verdict over a candidate, by its first trial, which is the typical call; the others are told. `tables` are those
 * of synthetic rows: with far fewer than declared nothing is refuted, because what pays grows with the table.
 */
export function judge(trials: readonly Trial[], tables: readonly SyntheticTable[] = []): { readonly outcome: ProofOutcome; readonly reason: string } {
  const [first, ...others] = trials;
  if (first === undefined) return { outcome: 'undecided', reason: 'Nothing was measured.' };
  const small = tables.find(({ rows, wanted }) => rows < Math.min(wanted, TELLING_ROWS));
  const verdict = leniently(verdictOf(first), small);
  const worse = others.filter(({ ratio, interval }) => ratio > WORSE && (interval === undefined || interval[0] > 1));
  const caveat = worse.map(({ parameters, ratio }) => ` ${capitalised(callWords(parameters))} it is slower: ${times(ratio)} the time.`).join('');
  return { ...verdict, reason: verdict.reason + caveat };
}

function leniently(verdict: ReturnType<typeof verdictOf>, small: SyntheticTable | undefined): ReturnType<typeof verdictOf> {
  if (small === undefined || verdict.outcome !== 'refuted') return verdict;
  const few = `${formatCount(small.rows)} of ${formatCount(small.wanted)} rows of ${small.table}`;
  return { outcome: 'undecided', reason: `${verdict.reason} With ${few} that refutes nothing.` };
}

function verdictOf({ ratio, interval, basis, before, after }: Trial): { readonly outcome: ProofOutcome; readonly reason: string } {
  const what = basis === 'time' ? 'time' : 'cost that the planner expects';
  const figure = `${times(ratio)} the ${what}`;
  const isSamePlan = shapeOf(before.plan) === shapeOf(after.plan);
  if (basis === 'time' && interval === undefined) {
    const isPlain = ratio < WORTH_IT / 4 && !isSamePlan;
    return isPlain
      ? { outcome: 'proved', reason: `The plan changes and takes ${figure}, in few runs because each takes long.` }
      : { outcome: 'undecided', reason: `Too few runs for a verdict: each takes long. They took ${figure}.` };
  }
  const [low, high] = interval ?? [ratio, ratio];
  if (high <= WORTH_IT) return { outcome: 'proved', reason: `Takes ${figure}.` };
  if (low > WORTH_IT) {
    return { outcome: 'refuted', reason: isSamePlan ? 'The planner does not use it: the plan stays the same.' : `Does not halve the time: it takes ${figure}.` };
  }
  return { outcome: 'undecided', reason: `The runs differ too much for a verdict: between ${times(low)} and ${times(high)} the ${what}.` };
}

/** "0.012 times", "1.4 times". */
export const times = (ratio: number): string => `${formatCount(ratio)} times`;

/** What the plan does, without its figures. */
export function shapeOf(node: PlanNode): string {
  return `${node.operation}:${node.relation ?? ''}:${node.index ?? ''}(${node.children.map(shapeOf).join(',')})`;
}

const capitalised = (text: string): string => text[0]!.toUpperCase() + text.slice(1);
