import { readFile } from 'node:fs/promises';
import type pidusageType from 'pidusage';
import type { ServiceLoad } from '../../core/service';
import { percentile } from '../../evidence/percentiles';

const EVERY_MS = 250;

/** What a process used between `start` and `stop`. */
export class ProcessWatch {
  private readonly cpu: number[] = [];
  private readonly memory: number[] = [];
  private timer?: NodeJS.Timeout;
  private pidusage?: typeof pidusageType;
  private diskAtStart?: Disk;

  constructor(private readonly pid: number) {}

  async start(): Promise<void> {
    this.pidusage = (await import('pidusage')).default;
    this.diskAtStart = await diskOf(this.pid);
    // The first look gives the mean since the process began.
    await this.look(false);
    this.timer = setInterval(() => void this.look(true), EVERY_MS);
  }

  async stop(): Promise<Pick<ServiceLoad, 'cpu' | 'memory' | 'disk'>> {
    clearInterval(this.timer);
    const disk = await diskOf(this.pid);
    this.pidusage?.clear();
    if (this.cpu.length === 0) return {};
    return {
      cpu: figures(this.cpu),
      memory: figures(this.memory),
      ...(disk && this.diskAtStart && { disk: { read: disk.read - this.diskAtStart.read, written: disk.written - this.diskAtStart.written } }),
    };
  }

  private async look(isCounted: boolean): Promise<void> {
    try {
      const { cpu, memory } = await this.pidusage!(this.pid);
      if (!isCounted) return;
      this.cpu.push(cpu / 100);
      this.memory.push(memory);
    } catch {
      // It has ended, or the system does not let us look.
    }
  }
}

function figures(values: readonly number[]): { p50: number; max: number } {
  return { p50: percentile(values, 0.5), max: percentile(values, 1) };
}

interface Disk {
  readonly read: number;
  readonly written: number;
}

/** What reached the disk, as Linux counts it; undefined elsewhere. */
async function diskOf(pid: number): Promise<Disk | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/io`, 'utf8');
    const of = (name: string) => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(text)?.[1]);
    return { read: of('read_bytes'), written: of('write_bytes') };
  } catch {
    return undefined;
  }
}
