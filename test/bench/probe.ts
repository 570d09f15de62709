import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const SERVER = resolve(__dirname, '../../dist/server.js');

/** What a server says of itself, in bytes and microseconds. */
export interface Probed extends NodeJS.MemoryUsage {
  readonly cpu: NodeJS.CpuUsage;
}

/** Arguments for Node that run the built server as the editor does, and one that can be asked. */
export const SERVER_ARGV = ['--liftoff-only', SERVER];
export const PROBED_SERVER_ARGV = ['--liftoff-only', '--require', resolve(__dirname, 'probe.cjs'), SERVER];

/** Asks servers that are started after it was made. */
export class Probe {
  private readonly folder = mkdtempSync(join(tmpdir(), 'performance-bench-'));
  private readonly file = join(this.folder, 'probed.json');

  constructor() {
    process.env.PERFORMANCE_BENCH_PROBE = this.file;
  }

  async ask(pid: number): Promise<Probed> {
    rmSync(this.file, { force: true });
    process.kill(pid, 'SIGUSR2');
    while (!existsSync(this.file)) await delay(20);
    await delay(100);
    return JSON.parse(readFileSync(this.file, 'utf8')) as Probed;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
