import { formatBytes, formatCount, formatDuration } from '../core/format';
import type { ChangeCost, ParameterSet, Proof, Trial } from '../core/proof';

/** "synthetic rows at scale 1,000,000 (products) ...": goes with every figure of a proof. */
export function dataSentence({ data }: Proof): string {
  if (data.kind === 'own') return data.ran ? 'Your own data, in a read-only transaction.' : 'Planned on your own data and not run: the figures are what the planner expects.';
  const tables = data.tables.map(({ table, rows, wanted, basis, capped }) => {
    const of = rows < wanted ? ` of ${formatCount(wanted)} ${basis} (${capped ?? 'capped'})` : ` (${basis})`;
    return `${table} ${formatCount(rows)}${of}`;
  });
  return `Synthetic rows at scale: ${tables.join(', ')}. Real data has other values, and another machine other times.`;
}

const CALLS: Readonly<Record<ParameterSet['kind'], string>> = {
  selective: 'with a value that few rows have',
  frequent: 'with the most common value',
  fragment: 'with part of a word',
  none: 'as it is',
  generic: 'for any value',
};

/** Which call a figure is about: "with the most common value". */
export const callWords = ({ kind }: ParameterSet): string => CALLS[kind];

/** "0.003 times the time, 143 ms → 0.475 ms, 95 % interval 0.002 to 0.004". */
export function ratioWords({ ratio, interval, basis, before, after }: Trial): string {
  const change =
    before.medianMs !== undefined && after.medianMs !== undefined
      ? `, ${formatDuration(before.medianMs)} → ${formatDuration(after.medianMs)}`
      : `, ${formatCount(before.cost ?? NaN)} → ${formatCount(after.cost ?? NaN)}`;
  const range = interval === undefined ? '' : `, 95 % interval ${formatCount(interval[0])} to ${formatCount(interval[1])}`;
  return `${formatCount(ratio)} times the ${basis === 'time' ? 'time' : 'planned cost'}${change}${range}`;
}

/** What the change costs: size, time to build, and what writers pay. */
export function costWords({ buildMs, indexBytes, tableBytes, insertRatio, insertedRows }: ChangeCost): string {
  const inserts = insertRatio === undefined ? '' : `, inserting ${formatCount(insertedRows ?? 0)} rows takes ${formatCount(insertRatio)} times the time`;
  return `${formatBytes(indexBytes)} beside a table of ${formatBytes(tableBytes)}, built in ${formatDuration(buildMs)}${inserts}`;
}
