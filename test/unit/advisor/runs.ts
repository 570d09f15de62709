import type { BenchmarkResult, Run } from '../../../src/core/evidence';
import { currentMachine } from '../../../src/evidence/machine';
import { EvidenceStore } from '../../../src/evidence/store';

export const PROFILE_ID = '20261122T201855-1a2b3c';
export const BENCHMARK_ID = '20261122T202000-4d5e6f';

const base = (id: string): Omit<Run, 'kind'> => ({
  version: 1, id,
  tool: { name: 'node --cpu-prof', version: '24.21.0' },
  startedAt: '2026-11-22T20:18:55Z', durationMs: 5000,
  machine: currentMachine(),
  driver: { kind: 'test', label: 'test/orders.test.ts (mocha)', argv: ['node', 'test'], cwd: '' },
  status: 'completed', functions: [], lines: [], benchmarks: [], caveats: [],
});

export function profileRun(overrides: Partial<Run> = {}): Run {
  return {
    ...base(PROFILE_ID), kind: 'cpu-profile', sampleCount: 1240,
    functions: [{ file: 'src/orders.ts', functionName: 'listOrders', line: 3, selfShare: 0.1231, totalShare: 0.6214 }],
    ...overrides,
  };
}

export function benchmarkRun(id = BENCHMARK_ID, samples: readonly number[] = [180, 182, 181, 183, 179, 184, 180, 200, 483.2], overrides: Partial<BenchmarkResult> = {}): Run {
  return {
    ...base(id), kind: 'benchmark', tool: { name: 'benchmark', version: '1' },
    benchmarks: [{ name: 'GET /orders', file: 'src/orders.ts', functionName: 'listOrders', samples, sampleCount: samples.length, p50: 181, p95: 483.2, p99: 483.2, max: 483.2, ...overrides }],
  };
}

/** Stores runs where the tools of a test advisor look for them. */
export async function store(root: string, ...runs: readonly Run[]): Promise<void> {
  for (const run of runs) await new EvidenceStore(root).append(run);
}
