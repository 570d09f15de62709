import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FailureError, failures } from '../../core/failures';
import type { DriverChoice } from '../drivers/choice';
import type { PlanContext } from '../makePlan';
import { scriptCommand, withPreload } from '../nodePrograms';
import type { Exit, MeasurePlan } from '../plan';
import { readText } from '../readProfiles';
import { type RunOptions, runPlan } from '../runPlan';
import { runtimeFiles } from '../runtimeFiles';

/** A service that answers on a port of this machine. */
export interface Service {
  readonly port: number;
  /** The process that listens; absent where only the port is known. */
  readonly pid?: number;
  /** Ends it with all that it has started. */
  stop(): Promise<Exit>;
}

export interface ServiceOptions extends Pick<RunOptions, 'signal' | 'onOutput'> {
  /** Where it listens, if it does not take the port from the environment and is not Node. */
  readonly port?: number;
  readonly startMs?: number;
}

/** A development server compiles first. */
const START_MS = 60_000;
const LOOK_EVERY_MS = 100;
/** How long a port that answers may be without a process that says so; a service that is no Node never does. */
const REPORT_MS = 1000;
const ADDRESS = /(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])[:](\d{2,5})\b/;

/**
 * Starts an app's own script in a process group of its own and waits until it listens. The port is what its Node
 * processes report, else what it prints, else the one that was given. Throws FailureError where none answers in time.
 */
export async function startService(choice: DriverChoice, plan: MeasurePlan, options: ServiceOptions): Promise<Service> {
  const stopping = new AbortController();
  const stopWith = () => stopping.abort();
  options.signal?.addEventListener('abort', stopWith);
  let printed = '';
  const exit = runPlan(plan, {
    timeoutMs: 2 ** 31 - 1,
    signal: stopping.signal,
    onOutput: (text) => {
      printed = (printed + text).slice(-10_000);
      options.onOutput?.(text);
    },
  });
  const stop = async () => {
    options.signal?.removeEventListener('abort', stopWith);
    stopping.abort();
    return exit;
  };
  let ended: Exit | undefined;
  void exit.then((result) => (ended = result));
  const deadline = performance.now() + (options.startMs ?? START_MS);
  while (performance.now() < deadline && !ended && !options.signal?.aborted) {
    for (const place of placesOf(plan, printed, options.port)) if (await answers(place.port)) return { ...(await withProcess(place, plan)), stop };
    await pause(LOOK_EVERY_MS);
  }
  await stop();
  const why = ended && ended.ending === 'exited' ? `it ended with exit code ${ended.code ?? ended.signal}` : 'nothing listened in time';
  throw new FailureError(failures.serviceNotStarted(choice.label, why));
}

/** Where Node processes of the service have said that they listen, the first one first. */
function reportsOf({ rawFolder }: MeasurePlan): { port: number; pid: number }[] {
  return (readText(join(rawFolder, LISTENING)) ?? '').split('\n').filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as { port: number; pid: number });
}

/** What may be the service, the surest first. */
function placesOf(plan: MeasurePlan, printed: string, port: number | undefined): { port: number; pid?: number }[] {
  const reported = reportsOf(plan);
  if (port !== undefined) return [reported.find((one) => one.port === port) ?? { port }];
  const shown = ADDRESS.exec(printed)?.[1];
  const asked = Number(plan.env.PORT);
  return [...reported.reverse(), ...(shown ? [{ port: Number(shown) }] : []), { port: asked }];
}

/** A port can answer a moment before the process that listens there has said so. */
async function withProcess(place: { port: number; pid?: number }, plan: MeasurePlan): Promise<{ port: number; pid?: number }> {
  const deadline = performance.now() + REPORT_MS;
  while (place.pid === undefined && performance.now() < deadline) {
    await pause(LOOK_EVERY_MS);
    place = reportsOf(plan).find(({ port }) => port === place.port) ?? place;
  }
  return place;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false)).once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

const LISTENING = 'listening.jsonl';

/** The script's command, and an environment that offers a free port and has Node processes say where they listen. */
export async function serviceCommand(choice: DriverChoice, rawFolder: string, { workspace: { workspace }, environment = process.env }: PlanContext): Promise<Pick<MeasurePlan, 'argv' | 'env'>> {
  return {
    argv: scriptCommand(choice, workspace, []),
    env: {
      PORT: String(await freePort()),
      HOST: '127.0.0.1',
      NODE_OPTIONS: withPreload(runtimeFiles.nodeListening, environment),
      PERFORMANCE_ENGINEER_LISTENING: join(rawFolder, LISTENING),
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
