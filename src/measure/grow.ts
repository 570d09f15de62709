import { join } from 'node:path';
import type { Run } from '../core/evidence';
import { type Failure, failures } from '../core/failures';
import type { Growth, GrowthPoint, GrowthProjection } from '../core/growth';
import { FEWEST_SIZES, fitGrowth, project } from '../evidence/growth';
import { type GrowthLines, parseGrowthLines } from '../evidence/growthLines';
import { busyCaveats } from '../evidence/machine';
import type { DriverChoice } from './drivers/choice';
import { type PlanContext, planGrowth } from './makePlan';
import { NOTHING } from './outputs';
import type { Exit, MeasurePlan, Target } from './plan';
import { readText } from './readProfiles';
import { type RunOptions, runPlan } from './runPlan';
import type { GrowthTask } from './task';

export interface GrowOptions extends RunOptions {
  readonly start?: number;
  readonly largest?: number;
  /** No size is begun whose call would take longer. */
  readonly longestCallMs?: number;
  readonly mostBytes?: number;
  /** Sizes to say the time of, beside those that are measured. */
  readonly projectTo?: Pick<GrowthProjection, 'n' | 'basis' | 'name'>;
}

export interface GrowRequest {
  readonly choice: DriverChoice;
  readonly target: Target;
  /** Absolute. */
  readonly generatedFile: string;
}

const DEFAULTS = { start: 8, largest: 2 ** 22, longestCallMs: 1000, mostBytes: 2 ** 30 };
/** Processes that measure the sizes which the first one has found; one process alone may have had a bad day. */
const FURTHER_PROCESSES = 2;

interface Measured {
  readonly plan: MeasurePlan;
  readonly exit: Exit;
  readonly lines: GrowthLines;
}

/**
 * Calls a driver with larger and larger sizes, finds how its time grows, and stores the run. The time limit is that of
 * the whole. A failure is in the run; throws FailureError where nothing could begin or be stored.
 */
export async function grow(request: GrowRequest, context: PlanContext, options: GrowOptions): Promise<Run> {
  const began = performance.now();
  const left = () => Math.max(1, options.timeoutMs - (performance.now() - began));
  const first = await planGrowth(request, context, exploring(options));
  const measure = async (plan: MeasurePlan, name: string): Promise<Measured> => {
    const exit = await runPlan(plan, { ...options, timeoutMs: left() / 2 });
    return { plan, exit, lines: linesOf(plan, name) };
  };
  const next = (task: GrowthTask, name: string) => planGrowth(request, context, task, { plan: first, name });
  const explored = [await measure(first, FIRST)];
  const steep = sizesToStepTo(explored[0]!);
  if (steep) explored.push(await measure(await next(steep, 'growth-steps.jsonl'), 'growth-steps.jsonl'));
  const sizes = [...new Set(explored.flatMap(({ lines }) => lines.sizes.map(({ n }) => n)))].sort((a, b) => a - b);
  const processes = [...explored];
  for (let i = 0; i < FURTHER_PROCESSES && sizes.length >= FEWEST_SIZES && !isCancelled(processes); i++) {
    const name = `growth-${i + 2}.jsonl`;
    processes.push(await measure(await next({ sizes }, name), name));
  }
  const run = runOf(processes, explored, request, options, performance.now() - began);
  await context.store.append(run);
  return run;
}

const FIRST = 'growth.jsonl';

function exploring({ start, largest, longestCallMs, mostBytes }: GrowOptions): GrowthTask {
  const { start: from, largest: to, longestCallMs: call, mostBytes: bytes } = DEFAULTS;
  return { start: start ?? from, largest: largest ?? to, longestCallMs: longestCallMs ?? call, mostBytes: mostBytes ?? bytes };
}

/** Where doubling the size came to one that never ended, the sizes just above the last good one say how steep it is. */
function sizesToStepTo({ lines: { sizes, begun = 0 }, exit }: Measured): GrowthTask | undefined {
  const last = sizes.at(-1)?.n;
  if (exit.ending !== 'timed-out' || last === undefined || begun <= last + 1) return undefined;
  const steps = Array.from({ length: 6 }, (_, i) => last + Math.max(1, Math.round((begun - last) / 16)) * (i + 1));
  const below = steps.filter((size) => size < begun);
  return below.length > 0 ? { sizes: below } : undefined;
}

function isCancelled(processes: readonly Measured[]): boolean {
  return processes.some(({ exit }) => exit.ending === 'cancelled');
}

function linesOf({ rawFolder }: MeasurePlan, name: string): GrowthLines {
  return parseGrowthLines(readText(join(rawFolder, name)) ?? '', name);
}

function runOf(processes: readonly Measured[], explored: readonly Measured[], request: GrowRequest, options: GrowOptions, durationMs: number): Run {
  const { plan, exit } = processes[0]!;
  const points = pointsOf(processes);
  const failure = isCancelled(processes) ? undefined : failureOf(explored, points);
  const isWhole = !failure && !isCancelled(processes);
  return {
    version: 1,
    id: plan.id,
    kind: 'growth',
    tool: plan.tool,
    startedAt: exit.startedAt,
    durationMs,
    machine: plan.machine,
    driver: plan.driver,
    ...plan.code,
    status: isCancelled(processes) ? 'cancelled' : failure ? 'failed' : 'completed',
    failure: failure && { code: failure.code, message: failure.message },
    target: request.target,
    ...NOTHING,
    ...(isWhole && { growth: growthOf(points, explored, options), caveats: [...caveatsOf(points), ...busyCaveats(plan.machine)] }),
  };
}

/** Sizes that the first process measured, with the times of all processes that came to them. */
function pointsOf(processes: readonly Measured[]): GrowthPoint[] {
  const all = processes.flatMap(({ lines }) => lines.sizes);
  return [...new Set(all.map(({ n }) => n))]
    .sort((a, b) => a - b)
    .map((n) => {
      const own = all.filter((size) => size.n === n);
      const memoryBytes = Math.max(...own.map(({ bytes }) => bytes));
      return { n, ms: own.map(({ ms }) => ms), fastestMs: Math.min(...own.map(({ fastest }) => fastest)), ...(memoryBytes > 0 && { memoryBytes }) };
    });
}

function failureOf(explored: readonly Measured[], points: readonly GrowthPoint[]): Failure | undefined {
  if (points.length >= FEWEST_SIZES) return undefined;
  const { plan: { driver, argv }, exit } = explored[0]!;
  if (exit.ending === 'not-started') return failures.programNotStarted(driver.label, argv[0]!, exit.cause);
  if (exit.ending === 'exited' && exit.code !== 0) return failures.programFailed(driver.label, exit.code === undefined ? `signal ${exit.signal ?? 'unknown'}` : `exit code ${exit.code}`);
  return failures.tooFewSizes(driver.label, points.map(({ n }) => n), FEWEST_SIZES);
}

function growthOf(points: readonly GrowthPoint[], explored: readonly Measured[], { projectTo }: GrowOptions): Growth {
  const { lines, exit } = explored[0]!;
  const growth = { points, ...fitGrowth(points) };
  const stoppedBy = lines.end ?? (exit.ending === 'timed-out' ? 'time' : 'failure');
  return { ...growth, stoppedBy, ...(projectTo && { projection: { ...projectTo, ...project(growth, projectTo.n) } }) };
}

function caveatsOf(points: readonly GrowthPoint[]): string[] {
  const processes = Math.min(...points.map(({ ms }) => ms.length));
  return [
    `${points.length} sizes, each measured in ${processes} ${processes === 1 ? 'process' : 'processes'}; n is the size that the driver's arguments are made with`,
  ];
}
