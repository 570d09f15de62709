import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { FailureError, failures } from '../../core/failures';
import type { Running } from '../../panel/protocol';
import { Method, type Experiment, type PlanParams, type RunSummary } from '../../lsp/protocol';
import type { Exit, MeasurePlan } from '../../measure';
import type { Server } from '../server/server';
import { setting } from '../settings';
import { recordSession } from './debugSession';
import { runInTerminal, type TerminalProgram } from './terminalTask';

const DOING: Readonly<Partial<Record<MeasurePlan['kind'], string>>> = { 'cpu-profile': 'Profiling', trace: 'Tracing', memory: 'Recording the memory of', benchmark: 'Benchmarking' };

/** Named as profiles of processes are: kind, process, thread and number. */
const DEBUGGED_PROFILE = 'CPU.debugged.0.0.0.cpuprofile';

const EXPERIMENTING: Readonly<Record<Experiment['kind'], string>> = {
  grow: 'Measuring at larger and larger sizes',
  again: 'Measuring before and after, in turn',
  compare: 'Measuring two implementations, in turn',
  load: 'Starting the app and driving a route of it',
  attach: 'Recording a running process',
};

/** What came of a request to measure. */
export type Outcome =
  | { readonly kind: 'measured'; readonly summary: RunSummary }
  /** The generated driver was written and waits for its arguments. */
  | { readonly kind: 'fill-in'; readonly driver: vscode.Uri }
  /** The plan was shown and not allowed, or cancelled before anything was measured. */
  | { readonly kind: 'refused' };

export interface MeasureOptions {
  /** Asks whether exactly this plan may run. Without it the person has just asked for it. */
  readonly confirm?: (plan: MeasurePlan) => Promise<boolean>;
  /** Aborting ends the program. */
  readonly signal?: AbortSignal;
}

/** Runs one measurement at a time: two at once would take the machine from each other and spoil both. */
export class Measuring implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Running | null>();
  private current: { readonly running: Running; readonly cancellation: AbortController } | null = null;

  /** What runs, or null when it has ended. */
  readonly onRunning = this.changed.event;

  constructor(private readonly server: Server) {}

  get running(): Running | null {
    return this.current?.running ?? null;
  }

  /** Ends what runs, as its own button does. Does nothing where nothing runs. */
  cancel(): void {
    this.current?.cancellation.abort();
  }

  /** Refuses, saying why, where nothing may be run. */
  ensureAllowed(): void {
    if (!vscode.workspace.isTrusted) throw new FailureError(failures.untrustedWorkspace());
    if (this.current !== null) throw new FailureError(failures.alreadyMeasuring(this.current.running.label));
  }

  /** @throws FailureError, or what the server answers, where nothing could be run or stored. */
  async measure(params: PlanParams, { confirm, signal }: MeasureOptions = {}): Promise<Outcome> {
    this.ensureAllowed();
    const planned = await this.server.request(Method.plan, params);
    if (planned.kind === 'fill-in') return { kind: 'fill-in', driver: vscode.Uri.parse(planned.driver, true) };
    if (confirm !== undefined && !(await confirm(planned.plan))) return { kind: 'refused' };
    // While the question was open another measurement may have begun, or the trust been taken back.
    // A second program is none that was shown and allowed.
    const unprofiled = confirm === undefined && setting('measureOverhead') ? planned.unprofiled : undefined;
    const { choice, target } = params;
    const work = async (cancelled: AbortSignal): Promise<Outcome> => ({
      kind: 'measured',
      summary: await this.run(planned.plan, unprofiled, signal ? AbortSignal.any([signal, cancelled]) : cancelled),
    });
    return this.exclusively(choice.label, work, target && { file: target.file, functionName: target.functionName });
  }

  /** What takes several programs: our own command line runs them, in one terminal. Throws as `measure` does. */
  async experiment(folder: string, experiment: Experiment): Promise<Outcome> {
    this.ensureAllowed();
    const planned = await this.server.request(Method.experimentPlan, { folder, experiment, timeLimitSeconds: setting('timeLimit'), rounds: setting('comparisonRounds') });
    if (planned.kind === 'fill-in') return { kind: 'fill-in', driver: vscode.Uri.parse(planned.driver, true) };
    const { plan } = planned;
    return this.exclusively(plan.label, async (cancelled) => {
      const summary = await this.inTerminal(plan, EXPERIMENTING[experiment.kind], plan.timeoutMs, (exit) => this.server.request(Method.experimentFinish, { plan, exit }), cancelled);
      return summary === null ? { kind: 'refused' } : { kind: 'measured', summary };
    });
  }

  /** Something that runs already, which VS Code's debugger records for some seconds. Throws as `measure` does. */
  async debugged(folder: string, session: vscode.DebugSession, seconds: number): Promise<Outcome> {
    const label = `debug session "${session.name}"`;
    return this.exclusively(label, (cancelled) =>
      vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: 'Recording a debug session', cancellable: true }, async (progress, token): Promise<Outcome> => {
        const plan = await this.server.request(Method.debuggedPlan, { folder, session: session.name });
        const began = Date.now();
        const stopClock = showClock(progress, `${label}, its breakpoints are off meanwhile`, seconds * 1000);
        const profile = await recordSession(session, seconds, eitherOf(token, cancelled)).finally(stopClock);
        if (profile === undefined) return { kind: 'refused' };
        progress.report({ message: 'reading what it measured' });
        await writeFile(join(plan.rawFolder, DEBUGGED_PROFILE), profile);
        const exit: Exit = { code: 0, ending: 'exited', startedAt: new Date(began).toISOString(), durationMs: Date.now() - began };
        return { kind: 'measured', summary: await this.server.request(Method.finish, { plan, exit }) };
      }),
    );
  }

  /**
   * Does work that nothing else may be measured beside. `label` says what it is, `about` what it is about; the work has to
   * end when its signal aborts. Throws FailureError where something runs.
   */
  async exclusively<Result>(label: string, work: (cancelled: AbortSignal) => Thenable<Result>, about: Omit<Running, 'label' | 'startedAt'> = {}): Promise<Result> {
    this.ensureAllowed();
    const cancellation = new AbortController();
    this.setCurrent({ running: { label, startedAt: Date.now(), ...about }, cancellation });
    try {
      return await work(cancellation.signal);
    } finally {
      this.setCurrent(null);
    }
  }

  dispose(): void {
    this.changed.dispose();
  }

  private run(plan: MeasurePlan, unprofiled: MeasurePlan | undefined, signal: AbortSignal): Thenable<RunSummary> {
    const { label } = plan.driver;
    const what = plan.target ? plan.target.functionName : label;
    return this.inProgress(`${DOING[plan.kind] ?? 'Measuring'} ${what}`, signal, async (runProgram) => {
      const timeoutMs = setting('timeLimit') * 1000;
      const exit = await runProgram({ ...plan, label }, timeoutMs);
      const isWorthIt = unprofiled !== undefined && exit.ending === 'exited' && exit.code === 0;
      const withoutIt = isWorthIt ? { plan: unprofiled, exit: await runProgram({ ...unprofiled, id: `${plan.id}-unprofiled`, label: `${label}, without the profiler` }, timeoutMs) } : undefined;
      return () => this.server.request(Method.finish, { plan, exit, unprofiled: withoutIt });
    });
  }

  /** Runs a program in the terminal and hands its end on. */
  private inTerminal<Result>(program: TerminalProgram, title: string, timeoutMs: number, finish: (exit: Exit) => Thenable<Result>, signal: AbortSignal): Thenable<Result> {
    return this.inProgress(title, signal, async (runProgram) => {
      const exit = await runProgram(program, timeoutMs);
      return () => finish(exit);
    });
  }

  /** Does work that runs programs in the terminal, with a clock and a button that cancels it. What the work answers reads what they have left. */
  private inProgress<Result>(title: string, signal: AbortSignal, work: (runProgram: (program: TerminalProgram, timeoutMs: number) => Promise<Exit>) => Promise<() => Thenable<Result>>): Thenable<Result> {
    return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
      const either = eitherOf(token, signal);
      const read = await work((program, timeoutMs) => {
        const stopClock = showClock(progress, program.label, timeoutMs);
        return runInTerminal(program, { timeoutMs, token: either }).finally(stopClock);
      });
      progress.report({ message: 'reading what it measured' });
      return read();
    });
  }

  private setCurrent(current: typeof this.current): void {
    this.current = current;
    this.changed.fire(this.running);
  }
}

/** Cancelled by the person's button or by the program that has asked. */
function eitherOf(token: vscode.CancellationToken, signal: AbortSignal): vscode.CancellationToken {
  const source = new vscode.CancellationTokenSource();
  token.onCancellationRequested(() => source.cancel());
  if (signal.aborted) source.cancel();
  else signal.addEventListener('abort', () => source.cancel(), { once: true });
  return source.token;
}

/** Says every second how long it has taken. @returns what stops that. */
function showClock(progress: vscode.Progress<{ message?: string }>, label: string, timeoutMs: number): () => void {
  const began = Date.now();
  const limit = Math.round(timeoutMs / 1000);
  const show = () => progress.report({ message: `${label}, ${Math.round((Date.now() - began) / 1000)} s of at most ${limit} s` });
  show();
  const clock = setInterval(show, 1000);
  return () => clearInterval(clock);
}
