import * as vscode from 'vscode';
import type { Exit, MeasurePlan } from '../../measure';
import { TASK_TYPE } from '../names';

export interface TerminalTaskOptions {
  readonly timeoutMs: number;
  readonly token: vscode.CancellationToken;
}

/** How long a program may take to end after its terminal has told it to. */
const GRACE_MS = 3000;
/** How long the operating system may take to end it after that. */
const LAST_MS = 2000;

/**
 * Runs a plan's program in a terminal, as a task and without a shell, and waits for its end. It never rejects.
 *
 * | state    | event                         | action                        | next     |
 * |----------|-------------------------------|-------------------------------|----------|
 * | starting | the task could not be started | result: not-started           | ended    |
 * | starting | task ended without a process  | result: not-started           | ended    |
 * | starting | process started               | keep its id                   | running  |
 * | running  | process ended with a code     | result: exited                | ended    |
 * | running  | process ended without a code  | result: cancelled (the person | ended    |
 * |          |                               | has closed the terminal)      |          |
 * | running  | cancel or timeout             | end the task                  | stopping |
 * | stopping | process ended                 | result: cancelled, timed-out  | ended    |
 * | stopping | grace is over                 | SIGKILL to all its processes  | stopping |
 * | stopping | last wait is over             | result: cancelled, timed-out  | ended    |
 */
export function runInTerminal(plan: MeasurePlan, { timeoutMs, token }: TerminalTaskOptions): Promise<Exit> {
  return new Promise((resolve) => new TerminalRun(plan, resolve).start(timeoutMs, token));
}

class TerminalRun {
  private readonly began = Date.now();
  private readonly disposables: vscode.Disposable[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  private execution?: vscode.TaskExecution;
  private processId?: number;
  private stoppedBecause?: 'cancelled' | 'timed-out';

  constructor(
    private readonly plan: MeasurePlan,
    private readonly resolve: (exit: Exit) => void,
  ) {}

  start(timeoutMs: number, token: vscode.CancellationToken): void {
    this.disposables.push(
      vscode.tasks.onDidStartTaskProcess((event) => {
        if (this.isMine(event)) this.processId = event.processId;
      }),
      vscode.tasks.onDidEndTaskProcess((event) => {
        if (this.isMine(event)) this.processEnded(event.exitCode);
      }),
      // The end of the process is told first; a task without one could not start its program.
      vscode.tasks.onDidEndTask((event) => {
        if (this.isMine(event)) this.end(this.stoppedBecause ?? 'not-started', { cause: 'the terminal could not start it' });
      }),
      token.onCancellationRequested(() => this.stop('cancelled')),
    );
    this.timers.push(setTimeout(() => this.stop('timed-out'), timeoutMs));
    vscode.tasks.executeTask(taskOf(this.plan)).then(
      (execution) => {
        this.execution = execution;
        if (this.stoppedBecause) execution.terminate();
      },
      (error: Error) => this.end('not-started', { cause: error.message }),
    );
    if (token.isCancellationRequested) this.stop('cancelled');
  }

  private isMine({ execution }: { readonly execution: vscode.TaskExecution }): boolean {
    return execution.task.definition.type === TASK_TYPE && execution.task.definition.run === this.plan.id;
  }

  private processEnded(code: number | undefined): void {
    if (this.stoppedBecause) this.end(this.stoppedBecause, { code });
    else if (code === undefined) this.end('cancelled');
    else this.end('exited', { code });
  }

  private stop(why: 'cancelled' | 'timed-out'): void {
    if (this.stoppedBecause) return;
    this.stoppedBecause = why;
    this.execution?.terminate();
    this.timers.push(
      setTimeout(() => this.kill(), GRACE_MS),
      setTimeout(() => this.end(why), GRACE_MS + LAST_MS),
    );
  }

  /** A terminal's program leads a process group of its own, so what it has started ends with it. */
  private kill(): void {
    if (this.processId === undefined) return;
    try {
      process.kill(process.platform === 'win32' ? this.processId : -this.processId, 'SIGKILL');
    } catch {
      // It has ended in the meantime.
    }
  }

  /** The first call counts; a promise is resolved once. */
  private end(ending: Exit['ending'], more: Pick<Exit, 'code' | 'cause'> = {}): void {
    for (const timer of this.timers) clearTimeout(timer);
    for (const disposable of this.disposables) disposable.dispose();
    this.resolve({ ...more, ending, startedAt: new Date(this.began).toISOString(), durationMs: Date.now() - this.began });
  }
}

function taskOf({ id, argv, cwd, env, driver, workspace }: MeasurePlan): vscode.Task {
  const task = new vscode.Task(
    { type: TASK_TYPE, run: id },
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(workspace)) ?? vscode.TaskScope.Workspace,
    driver.label,
    'Performance',
    new vscode.ProcessExecution(argv[0]!, argv.slice(1), { cwd, env: { ...env } }),
    [],
  );
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    focus: false,
    clear: true,
    showReuseMessage: false,
  };
  return task;
}
