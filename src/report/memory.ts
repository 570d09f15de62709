import type { Run } from '../core/evidence';
import { formatBytes, formatDuration, formatShare } from '../core/format';
import type { Memory, MemoryCost } from '../core/memory';
import type { Trace } from '../core/trace';
import type { Statement } from './model';
import { measured, nameText, prose } from './statement';
import { compareText, driverKey } from './targets';
import { newestTraces } from './traces';

/** People feel a delay from here on, and so do the requests that wait behind it. */
const NOTICEABLE_DELAY_MS = 50;

/** What the runs say of memory and of the event loop, the newest of each way to drive the code. */
export function memoryStatements(runs: readonly Run[]): readonly Statement[] {
  const newest = new Map<string, Run>();
  for (const run of [...runs].sort((a, b) => compareText(a.id, b.id))) if (run.status === 'completed' && run.memory) newest.set(driverKey(run), run);
  return [
    ...[...newest.values()].map((run) => memoryStatement(run, run.memory!)),
    ...newestTraces(runs).flatMap(({ run, trace }) => delayStatement(run, trace)),
  ];
}

/** "A driver for list, for a call: 12 MiB allocated, 93 % of it by hog in src/a.ts; 1 MiB kept, most of it by keep in src/a.ts; peak 120 MiB." */
function memoryStatement(run: Run, memory: Memory): Statement {
  return [prose(`${nameText(run.driver.label)}${memory.calls === undefined ? '' : ', for a call'}: `), measured(memoryText(memory), run.id), prose('.')];
}

/** The same without the driver. */
export function memoryText({ calls, allocatedBytes, retainedBytes, peakBytes, allocated, retained }: Memory): string {
  const each = (bytes: number) => formatBytes(bytes / (calls ?? 1));
  return [
    ...(allocatedBytes === undefined ? [] : [`${each(allocatedBytes)} allocated${mostBy(allocated, allocatedBytes)}`]),
    ...(retainedBytes === undefined ? [] : [`${each(retainedBytes)} kept${mostBy(retained, retainedBytes)}`]),
    `peak ${formatBytes(peakBytes)}`,
  ].join('; ');
}

/** The function that allocates most itself: those above it only call it. */
function mostBy(costs: readonly MemoryCost[], whole: number): string {
  const [first] = [...costs].sort((a, b) => b.selfBytes - a.selfBytes);
  if (!first || whole === 0 || first.functionName === '') return '';
  return `, ${formatShare(first.selfBytes / whole)} of it by ${nameText(first.functionName)} in ${nameText(first.file)}`;
}

function delayStatement(run: Run, { eventLoopDelay }: Trace): Statement[] {
  if (!eventLoopDelay || eventLoopDelay.max < NOTICEABLE_DELAY_MS) return [];
  const { p50, p99, max } = eventLoopDelay;
  const figures = `p50 ${formatDuration(p50)}, p99 ${formatDuration(p99)}, max ${formatDuration(max)}`;
  return [[prose(`${nameText(run.driver.label)} kept the event loop from its next turn: `), measured(figures, run.id), prose('.')]];
}
