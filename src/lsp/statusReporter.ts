import type { ServerStatus } from './protocol';

const EVERY_MS = 250;

interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Tells the client how far the scans are, a few times a second at most, and at once when all have ended. */
export class StatusReporter {
  private readonly scans = new Map<unknown, Progress>();
  private lastSent = 0;

  constructor(
    private readonly send: (status: ServerStatus) => void,
    private readonly ready: () => ServerStatus,
  ) {}

  progress(scan: unknown, progress: Progress): void {
    this.scans.set(scan, progress);
    if (Date.now() - this.lastSent < EVERY_MS) return;
    this.lastSent = Date.now();
    const sum = (key: keyof Progress): number => [...this.scans.values()].reduce((total, one) => total + one[key], 0);
    this.send({ state: 'scanning', done: sum('done'), total: sum('total') });
  }

  ended(scan: unknown): void {
    this.scans.delete(scan);
    if (this.scans.size === 0) this.send(this.ready());
  }

  failed(scan: unknown, message: string): void {
    this.scans.delete(scan);
    this.send({ state: 'failed', message });
  }
}
