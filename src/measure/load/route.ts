import { join } from 'node:path';
import { version } from 'autocannon/package.json';
import type { PerformanceConfig } from '../../core/config';
import type { Run } from '../../core/evidence';
import { type Failure, FailureError } from '../../core/failures';
import type { ServiceLoad } from '../../core/service';
import { benchmarkResult } from '../../evidence/benchmarks/result';
import { currentMachine } from '../../evidence/machine';
import { newRunId } from '../../evidence/runId';
import type { DriverChoice } from '../drivers/choice';
import { codeState } from '../git';
import type { PlanContext } from '../makePlan';
import { NOTHING } from '../outputs';
import type { MeasurePlan } from '../plan';
import { drive, type LoadRequest } from './drive';
import { serviceCommand, type ServiceOptions, startService } from './service';
import { ProcessWatch } from './watch';

export interface RouteRequest {
  /** The app's own script: "npm run start". */
  readonly choice: DriverChoice;
  /** "GET /orders": what performance.json calls it, and the name of the result. */
  readonly route: string;
  /** The path with its values, where the route has parameters. */
  readonly path?: string;
  readonly load?: Partial<Pick<LoadRequest, 'ratePerSecond' | 'seconds' | 'connections' | 'headers' | 'body'>>;
}

const DEFAULTS = { ratePerSecond: 20, seconds: 10, connections: 10 };
const WARM_UP_SECONDS = 2;

/** The rate at which a route has to hold its targets; undefined where performance.json names none. */
export function declaredRate({ requirements }: PerformanceConfig, route: string): number | undefined {
  const rates = requirements.flatMap((requirement) => (requirement.route?.toLowerCase() === route.toLowerCase() && requirement.throughput ? [requirement.throughput] : []));
  return rates.length > 0 ? Math.max(...rates) : undefined;
}

/**
 * Starts the app, drives one of its routes at a bounded rate on this machine, stops the app, and stores what it did.
 * A failure is in the run; throws FailureError only where the run cannot be stored.
 */
export async function loadRoute(request: RouteRequest, context: PlanContext, options: ServiceOptions): Promise<Run> {
  const id = newRunId(new Date());
  const plan = await planOf(id, request, context);
  const startedAt = new Date().toISOString();
  const began = performance.now();
  let outcome: { readonly load?: ServiceLoad; readonly latencies?: readonly number[]; readonly failure?: Failure };
  try {
    outcome = await measured(request, plan, options);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    outcome = { failure: error.failure };
  }
  const { load, latencies = [], failure } = outcome;
  const isCancelled = options.signal?.aborted === true;
  const run: Run = {
    version: 1,
    id,
    kind: 'load',
    tool: plan.tool,
    startedAt,
    durationMs: performance.now() - began,
    machine: plan.machine,
    driver: plan.driver,
    ...plan.code,
    status: isCancelled ? 'cancelled' : failure ? 'failed' : 'completed',
    failure: failure && { code: failure.code, message: failure.message },
    ...NOTHING,
    ...(load && !isCancelled && { load, benchmarks: [benchmarkResult(request.route, latencies)], caveats: caveatsOf(load) }),
  };
  await context.store.append(run);
  return run;
}

async function planOf(id: string, { choice }: RouteRequest, context: PlanContext): Promise<MeasurePlan> {
  const rawFolder = await context.store.rawFolder(id);
  const { workspace } = context.workspace;
  const command = await serviceCommand(choice, rawFolder, context);
  const { language, runner, file, script } = choice;
  return {
    id,
    kind: 'load',
    machine: currentMachine(),
    code: await codeState(workspace),
    rawFolder,
    ...command,
    tool: { name: 'autocannon', version },
    format: 'process-time',
    driver: { kind: choice.kind, label: choice.label, argv: command.argv, cwd: choice.cwd, again: { language, runner, file, script } },
    workspace,
    cwd: join(workspace, choice.cwd),
  };
}

async function measured({ choice, route, path, load }: RouteRequest, plan: MeasurePlan, options: ServiceOptions) {
  const service = await startService(choice, plan, options);
  try {
    const [method = 'GET', ownPath = '/'] = route.split(/\s+/);
    const url = `http://127.0.0.1:${service.port}${path ?? ownPath}`;
    const asked = { ...DEFAULTS, ...load };
    const request = { ...asked, url, method: method.toUpperCase() };
    await drive({ ...request, seconds: WARM_UP_SECONDS }, options.signal);
    const watch = service.pid === undefined ? undefined : new ProcessWatch(service.pid);
    await watch?.start();
    const result = await drive(request, options.signal);
    const used = (await watch?.stop()) ?? {};
    const { ratePerSecond, seconds, connections } = asked;
    const figures: ServiceLoad = {
      route,
      url,
      asked: { ratePerSecond, seconds, connections },
      answeredPerSecond: result.latencies.length / result.seconds,
      answers: result.latencies.length,
      errors: result.errors,
      refusals: result.refusals,
      ...used,
      network: { received: result.receivedBytes },
    };
    return { load: figures, latencies: result.latencies };
  } finally {
    await service.stop();
  }
}

/** A rate that was not reached makes the latencies look better than they were: what could not be sent did not wait. */
const REACHED = 0.95;

function caveatsOf({ asked, answeredPerSecond, refusals, answers, cpu }: ServiceLoad): string[] {
  return [
    'driven on this machine, which the service had to share with its load',
    ...(answeredPerSecond < REACHED * asked.ratePerSecond ? [`only ${Math.round(answeredPerSecond)} of ${asked.ratePerSecond} requests a second were answered, so the latencies are those of a lower rate`] : []),
    ...(refusals > 0 ? [`${refusals} of ${answers} answers were no success`] : []),
    ...(cpu ? [] : ['processor and memory were not watched: which process answers is not known']),
  ];
}
