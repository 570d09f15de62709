import type { Run } from '../../../src/core/evidence';

/** A completed run with one function, for tests of what is done with runs. */
export function sampleRun(id: string, changes: Partial<Run> = {}): Run {
  return {
    version: 1,
    id,
    kind: 'cpu-profile',
    tool: { name: 'node --cpu-prof', version: '20.20.2' },
    startedAt: '2026-11-22T20:18:55.000Z',
    durationMs: 120,
    machine: { platform: 'linux', arch: 'x64', cpuModel: 'a processor', cpus: 2, memoryBytes: 8e9, fingerprint: '0123456789ab' },
    driver: { kind: 'test', label: 'a test', argv: ['node', 'test.js'], cwd: '' },
    status: 'completed',
    functions: [{ file: 'src/orders.ts', functionName: 'listOrders', line: 3, selfShare: 0.25, totalShare: 0.5 }],
    lines: [],
    benchmarks: [],
    caveats: [],
    ...changes,
  };
}
