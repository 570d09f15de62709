import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import type { Machine } from '../core/evidence';
import { formatCount } from '../core/format';
import { contentHash } from '../core/hash';
import { powerState } from './power';

const GIB = 2 ** 30;

/** Describes the machine this process runs on, and what it is busy with just now. */
export function currentMachine(): Machine {
  const processors = cpus();
  const stable = {
    platform: platform(),
    arch: arch(),
    cpuModel: processors[0]?.model.trim() ?? 'unknown',
    cpus: processors.length,
  };
  const memoryBytes = totalmem();
  const load = loadavg()[0];
  return {
    ...stable,
    memoryBytes,
    ...(load !== undefined && platform() !== 'win32' ? { loadAverage: load } : {}),
    ...powerState(),
    // Kernels keep a little memory for themselves, and not all the same.
    fingerprint: contentHash(JSON.stringify({ ...stable, memory: Math.round(memoryBytes / GIB) }), 12),
  };
}

/** A one-minute load above this for each processor means that something else was running. */
const BUSY_LOAD = 0.7;

/** What must be said with times of a machine that was busy when the run began; none where it was not. */
export function busyCaveats({ loadAverage = 0, cpus: processors }: Machine): string[] {
  if (loadAverage / processors <= BUSY_LOAD) return [];
  return [`the machine was busy with something else (load ${formatCount(loadAverage)} on ${processors} processors), so the times are longer than they need be`];
}
