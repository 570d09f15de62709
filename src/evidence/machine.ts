import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import type { Machine } from '../core/evidence';
import { contentHash } from '../core/hash';

/** Describes the machine this process runs on. */
export function currentMachine(): Machine {
  const processors = cpus();
  const stable = {
    platform: platform(),
    arch: arch(),
    cpuModel: processors[0]?.model.trim() ?? 'unknown',
    cpus: processors.length,
    memoryBytes: totalmem(),
  };
  const load = loadavg()[0];
  return {
    ...stable,
    ...(load !== undefined && platform() !== 'win32' ? { loadAverage: load } : {}),
    fingerprint: contentHash(JSON.stringify(stable), 12),
  };
}
