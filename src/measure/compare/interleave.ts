import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchmarkResult } from '../../core/evidence';
import { FailureError, failures } from '../../core/failures';
import { mergeProcesses } from '../../evidence/benchmarks/result';
import { DEFAULT_PROCESSES, FEWEST_SAMPLES } from '../../evidence/compare';
import { parseDriven } from '../../evidence/driven';
import type { PlainResult } from '../../evidence/results';
import { type FunctionsOf, finish } from '../finish';
import type { MeasurePlan } from '../plan';
import { readText } from '../readProfiles';
import { type RunOptions, runPlan } from '../runPlan';

/** How much of what a process printed is held back until it is known whether it failed. */
const PRINTED_CHARACTERS = 4000;

export interface InterleaveOptions extends Omit<RunOptions, 'timeoutMs' | 'onOutput'> {
  /** The end of what a process printed that failed; that of dozens of good ones would hide it. */
  readonly onOutput?: RunOptions['onOutput'];
  readonly functionsOf: FunctionsOf;
  /** For all rounds together. What does not fit into it is left out, down to the fewest rounds that say something. */
  readonly timeoutMs: number;
  /** Processes of each side. */
  readonly rounds?: number;
  /** How long each process takes samples of a generated driver. */
  readonly secondsPerProcess?: number;
  readonly onRound?: (round: number, rounds: number) => void;
}

export interface SideResult {
  readonly benchmarks: readonly BenchmarkResult[];
  /** What the first call returned, where the plan's task asked for it. */
  readonly result?: PlainResult;
  readonly caveats: readonly string[];
}

export interface Interleaved {
  readonly before: SideResult;
  readonly after: SideResult;
  readonly rounds: number;
}

/**
 * Runs two plans in turn, each time in new processes (A B, B A, A B, ...), so that a machine whose speed drifts slows
 * both alike. A first round warms up disks and caches and is not counted. Throws FailureError where one of the
 * programs fails, or is so slow that too few rounds fit into the time; `undefined` is for a cancellation.
 */
export async function interleave(before: MeasurePlan, after: MeasurePlan, options: InterleaveOptions): Promise<Interleaved | undefined> {
  const { timeoutMs, rounds = DEFAULT_PROCESSES, signal, onRound } = options;
  const sides = [new Side(before, options), new Side(after, options)] as const;
  const began = performance.now();
  const left = () => timeoutMs - (performance.now() - began);
  let slowest = 0;
  let done = 0;
  for (let round = -1; round < rounds; round++) {
    if (left() < slowest) break;
    onRound?.(round + 1, rounds);
    const start = performance.now();
    for (const side of round % 2 === 0 ? sides : [...sides].reverse()) {
      // The last round may take as long as the slowest one so far.
      const isInTime = await side.run(left() + slowest, round >= 0);
      if (signal?.aborted) return undefined;
      if (!isInTime) throw new FailureError(failures.tooFewRounds(after.driver.label, done, FEWEST_SAMPLES));
    }
    slowest = Math.max(slowest, performance.now() - start);
    if (round >= 0) done++;
  }
  if (done < FEWEST_SAMPLES) throw new FailureError(failures.tooFewRounds(after.driver.label, done, FEWEST_SAMPLES));
  return { before: sides[0].result(), after: sides[1].result(), rounds: done };
}

/** One of the two, with what its processes have measured so far. */
class Side {
  private readonly processes: (readonly BenchmarkResult[])[] = [];
  private readonly caveats = new Set<string>();
  private kept?: PlainResult;

  constructor(private readonly plan: MeasurePlan, private readonly options: InterleaveOptions) {}

  /** @returns false where the process did not end in time. Throws FailureError where it failed. */
  async run(timeoutMs: number, isCounted: boolean): Promise<boolean> {
    const { plan } = this;
    const { functionsOf, signal, onOutput } = this.options;
    // What the process before has left there is read already.
    rmSync(plan.rawFolder, { recursive: true, force: true });
    mkdirSync(plan.rawFolder, { recursive: true });
    let printed = '';
    const holdBack = (text: string): void => void (printed = (printed + text).slice(-PRINTED_CHARACTERS));
    const exit = await runPlan(plan, { timeoutMs: Math.max(1, timeoutMs), signal, onOutput: holdBack });
    if (exit.ending === 'timed-out') return false;
    const run = await finish(plan, exit, functionsOf);
    if (run.status === 'failed') {
      onOutput?.(printed);
      throw new FailureError(run.failure!);
    }
    if (!isCounted) return true;
    this.processes.push(run.benchmarks);
    this.kept ??= this.keptResult();
    run.caveats.forEach((caveat) => this.caveats.add(caveat));
    return true;
  }

  result(): SideResult {
    return { benchmarks: mergeProcesses(this.processes), result: this.kept, caveats: [...this.caveats] };
  }

  private keptResult(): PlainResult | undefined {
    if (this.plan.format !== 'drive-json') return undefined;
    const text = readText(join(this.plan.rawFolder, 'drive.json'));
    return text === undefined ? undefined : parseDriven(text, 'drive.json').result;
  }
}
