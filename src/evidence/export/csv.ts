import type { Run } from '../../core/evidence';
import type { CpuProfile } from '../cpuProfile/parse';
import { frameName } from './stacks';

/** The samples of benchmarks: one a line, in milliseconds, with the process that took it. Both sides of a comparison. */
export function benchmarkCsv({ benchmarks, comparison }: Run): string {
  const sides = comparison
    ? comparison.benchmarks.flatMap(({ name, before, after }) => [{ name, side: 'before', of: before }, { name, side: 'after', of: after }])
    : benchmarks.map((of) => ({ name: of.name, side: 'measured', of }));
  const rows = sides.flatMap(({ name, side, of: { samples, processes = [samples.length] } }) => {
    const processOf = processes.flatMap((count, process) => Array.from({ length: count }, () => process + 1));
    return samples.map((ms, i) => [name, side, processOf[i] ?? 1, i + 1, ms]);
  });
  return csv([['benchmark', 'side', 'process', 'sample', 'milliseconds'], ...rows]);
}

/** The samples of a profile: when each was taken, counted from the start, what passed since the one before, and the function that ran. */
export function profileCsv({ nodes, samples = [], timeDeltas = [] }: CpuProfile): string {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  let now = 0;
  const rows = samples.map((id, i) => {
    const frame = byId.get(id)!;
    now += timeDeltas[i]!;
    return [i + 1, now, timeDeltas[i]!, frameName(frame), frame.url, Math.max(0, frame.lineNumber) + 1];
  });
  return csv([['sample', 'microseconds', 'since the one before', 'function', 'file', 'line'], ...rows]);
}

const csv = (rows: readonly (readonly (string | number)[])[]): string => rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** As RFC 4180 has it. A name that a spreadsheet would take for a formula is kept from being one. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
