/** What follows a crash of the server. */
export type AfterCrash = 'restart' | 'give-up';

const CRASHES = 5;
const WITHIN_MS = 3 * 60_000;

/** A server that crashes now and then is started again; one that crashes again and again is left alone. */
export class CrashHistory {
  private times: number[] = [];
  private count = 0;

  constructor(private readonly now: () => number = Date.now) {}

  /** All that were ever recorded. */
  get total(): number {
    return this.count;
  }

  record(): AfterCrash {
    this.count++;
    this.times = [...this.times.filter((time) => this.now() - time < WITHIN_MS), this.now()];
    return this.times.length < CRASHES ? 'restart' : 'give-up';
  }

  /** A person has asked for another try. */
  forget(): void {
    this.times = [];
  }
}
