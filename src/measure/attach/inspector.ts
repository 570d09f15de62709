import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';
import { FailureError, failures } from '../../core/failures';
import type { CpuProfile } from '../../evidence/cpuProfile/parse';
import type { Script } from '../../evidence/cpuProfile/scriptMaps';

/** Where an inspector listens unless it was told otherwise. */
const DEFAULT_PORT = 9229;
const OPEN_MS = 5000;
const ANSWER_MS = 10_000;
const SAMPLING_INTERVAL_US = 1000;

/** What was recorded of a running Node process. */
export interface Attached {
  readonly profile: CpuProfile;
  readonly scripts: readonly Script[];
  readonly pid: number;
  /** "20.20.2". */
  readonly version: string;
}

/** A process by its id, whose inspector is opened for the time, or the port of an inspector that is open. */
export type NodeProcess = { readonly pid: number } | { readonly inspectorPort: number };

/** Records a running Node process of this machine for some seconds. Throws FailureError. */
export async function recordNode(target: NodeProcess, seconds: number, signal?: AbortSignal): Promise<Attached> {
  const port = 'pid' in target ? DEFAULT_PORT : target.inspectorPort;
  if ('pid' in target) openInspector(target.pid);
  const session = await Session.open(port, 'pid' in target ? `process ${target.pid}` : `port ${port}`);
  try {
    const { pid, version } = await session.identify();
    if ('pid' in target && pid !== target.pid) throw new FailureError(failures.cannotAttach(`process ${target.pid}`, `the inspector on port ${port} is that of process ${pid}`));
    const scripts = await session.scripts();
    await session.send('Profiler.enable');
    await session.send('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL_US });
    await session.send('Profiler.start');
    await pause(seconds * 1000, undefined, { signal }).catch(() => undefined);
    const { profile } = (await session.send('Profiler.stop')) as { profile: CpuProfile };
    return { profile, scripts, pid, version };
  } finally {
    // What was opened for this is closed again; an inspector that was open stays so.
    if ('pid' in target) await session.send('Runtime.evaluate', { expression: 'process._debugEnd?.()' }).catch(() => undefined);
    session.close();
  }
}

function openInspector(pid: number): void {
  try {
    if (process.platform === 'win32') (process as unknown as { _debugProcess(pid: number): void })._debugProcess(pid);
    else process.kill(pid, 'SIGUSR1');
  } catch (error) {
    throw new FailureError(failures.cannotAttach(`process ${pid}`, error));
  }
}

/** The inspector's protocol over its socket, which only this machine reaches. */
class Session {
  private nextId = 1;
  private readonly waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  private readonly parsed: Script[] = [];

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => this.receive(JSON.parse(String(data))));
    socket.on('close', () => this.waiting.forEach(({ reject }) => reject(new Error('the process has ended'))));
  }

  static async open(port: number, what: string): Promise<Session> {
    const deadline = performance.now() + OPEN_MS;
    for (let problem: unknown = 'nothing listens'; ; ) {
      try {
        const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { webSocketDebuggerUrl: string }[];
        const socket = new WebSocket(target!.webSocketDebuggerUrl, { perMessageDeflate: false, maxPayload: 2 ** 30 });
        await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject));
        return new Session(socket);
      } catch (error) {
        problem = error;
      }
      if (performance.now() > deadline) throw new FailureError(failures.cannotAttach(what, problem));
      await pause(50);
    }
  }

  async identify(): Promise<{ pid: number; version: string }> {
    const { result } = (await this.send('Runtime.evaluate', { expression: '[process.pid, process.versions.node].join(" ")' })) as { result: { value: string } };
    const [pid, version] = result.value.split(' ');
    return { pid: Number(pid), version: version! };
  }

  /** Which scripts run and where their source maps are; the debugger is off again before anything is measured. */
  async scripts(): Promise<readonly Script[]> {
    await this.send('Debugger.enable');
    await this.send('Debugger.disable');
    return this.parsed;
  }

  send(method: string, params: object = {}): Promise<unknown> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${method} has no answer`)), ANSWER_MS);
      const settle = <Value>(then: (value: Value) => void) => (value: Value) => {
        clearTimeout(late);
        this.waiting.delete(id);
        then(value);
      };
      this.waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }

  close(): void {
    this.socket.terminate();
  }

  private receive({ id, result, error, method, params }: { id?: number; result?: unknown; error?: { message: string }; method?: string; params?: Script }): void {
    if (method === 'Debugger.scriptParsed' && params?.sourceMapURL && !params.url.includes('/node_modules/')) {
      const { scriptId, url, sourceMapURL } = params;
      this.parsed.push({ scriptId, url, sourceMapURL });
    }
    const waiting = id === undefined ? undefined : this.waiting.get(id);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result);
  }
}
