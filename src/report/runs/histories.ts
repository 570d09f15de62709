import type { BenchmarkResult, Run } from '../../core/evidence';
import { quartiles } from '../../evidence/percentiles';
import { nameText } from '../statement';
import { compareText, driverKey } from '../targets';
import type { History, HistoryPoint } from './model';

/** A line of more points than these is wider than a side bar. */
const MOST_POINTS = 40;
/** Nobody looks through more of them, and each takes sorting its samples. */
const MOST_HISTORIES = 20;

/** The list is asked for with each pause in typing, and runs never change. */
const known = new WeakMap<BenchmarkResult, HistoryPoint>();

interface Measured {
  readonly run: Run;
  readonly result: BenchmarkResult;
}

/** Benchmarks that were run twice or more in the same way, those measured last first. */
export function historiesOf(runs: readonly Run[]): readonly History[] {
  const measured = new Map<string, Measured[]>();
  for (const run of [...runs].sort((a, b) => compareText(a.id, b.id))) {
    if (run.status !== 'completed' || run.kind === 'comparison') continue;
    for (const result of run.benchmarks) {
      const key = JSON.stringify([result.name, driverKey(run)]);
      measured.set(key, [...(measured.get(key) ?? []), { run, result }]);
    }
  }
  return [...measured.values()]
    .filter(({ length }) => length > 1)
    .sort((a, b) => compareText(b.at(-1)!.run.id, a.at(-1)!.run.id))
    .slice(0, MOST_HISTORIES)
    .map((all) => ({
      name: nameText(all[0]!.result.name),
      driver: nameText(all[0]!.run.driver.label),
      points: all.slice(-MOST_POINTS).map(pointOf),
      earlier: Math.max(0, all.length - MOST_POINTS),
    }));
}

/** Tools that keep no samples say their spread at most: half of it lies on each side. */
function pointOf({ run, result }: Measured): HistoryPoint {
  const found = known.get(result);
  if (found) return found;
  const { samples, p50, spread = 0 } = result;
  const [low, high] = samples.length > 0 ? quartiles(samples) : [Math.max(0, p50 * (1 - spread / 2)), p50 * (1 + spread / 2)];
  const point = { runId: run.id, startedAt: run.startedAt, p50, low, high, machine: run.machine.fingerprint };
  known.set(result, point);
  return point;
}
