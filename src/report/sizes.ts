import type { Counts } from '../core/counts';
import type { Run } from '../core/evidence';
import type { FunctionFact } from '../core/facts';
import type { Finding } from '../core/finding';
import { formatCount } from '../core/format';
import { hitsAt } from '../evidence/hits';
import { freshness } from '../evidence/staleness';
import { nameText } from './statement';

/** A function as it is written now; undefined where it is gone. */
export type Lookup = (file: string, functionName: string) => (Pick<FunctionFact, 'hash'> & Partial<Pick<FunctionFact, 'nameRange'>>) | undefined;

/** How large the collections of a finding were in a run. */
export interface MeasuredSize {
  readonly run: Run;
  /** The largest of all: what decides whether the pattern costs anything. */
  readonly largest: number;
  /** "known had 40 items at most, items 12". */
  readonly text: string;
}

/** The largest sizes that counting runs have seen of a finding's collections, in its function as it is now. */
export function measuredSizeOf(finding: Finding, runs: readonly Run[], functionOf: Lookup): MeasuredSize | undefined {
  const { file, functionName, collections = [] } = finding;
  const current = functionOf(file, functionName);
  const sizes = runs.flatMap((run) =>
    run.status === 'completed'
      ? (run.counts?.sizes ?? []).flatMap((size) => {
          const isSame = size.file === file && size.functionName === functionName && collections.includes(size.expression);
          return isSame && current && freshness(size.hash, current.hash) !== 'stale' ? [{ ...size, run }] : [];
        })
      : [],
  );
  const names = [...new Set(sizes.map(({ expression }) => expression))];
  const perName = names.map((name) => sizes.filter(({ expression }) => expression === name).reduce((a, b) => (b.largest > a.largest ? b : a)));
  // Where one of the collections was not seen, the others say nothing of the cost.
  if (perName.length === 0 || perName.length < collections.length) return undefined;
  const largest = perName.reduce((a, b) => (b.largest > a.largest ? b : a));
  const text = perName.map(({ expression, largest: items }, i) => `${nameText(expression)} ${i === 0 ? 'had ' : ''}${formatCount(items)}${i === 0 ? ' items at most' : ''}`).join(', ');
  return { run: largest.run, largest: largest.largest, text };
}

/** How often the place of a finding ran, where its function is the one that was counted. */
export function hitsAtFinding(counts: Counts, { file, functionName, range }: Finding, functionOf: Lookup): number | undefined {
  const counted = counts.functions.find((entry) => entry.file === file && entry.functionName === functionName);
  const current = functionOf(file, functionName);
  if (!counted || (current && freshness(counted.hash, current.hash) === 'stale')) return undefined;
  const moved = current?.nameRange ? current.nameRange.start.line - counted.line : 0;
  return hitsAt(counts, file, { line: range.start.line - moved, character: range.start.character });
}
