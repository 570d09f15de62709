import * as vscode from 'vscode';
import type { Exit } from '../../measure';
import { TASK_TYPE } from '../names';
import { goneWithin, killGroup } from './processes';

/** What a terminal runs, without a shell. */
export interface TerminalProgram {
  readonly id: string;
  /** The name of the task. */
  readonly label: string;
  readonly argv: readonly string[];
  /** Absolute, as is `workspace`. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly workspace: string;
}

export interface TerminalTaskOptions {
  readonly timeoutMs: number;
  readonly token: vscode.CancellationToken;
}

/** How long a terminal may take to start the program. One that cannot does not always say so. */
const START_MS = 20_000;
/** How long a program may take to end after its terminal has told it to. */
const GRACE_MS = 3000;
/** How long the operating system may take to end it after that. */
const LAST_MS = 2000;

/**
 * Runs a plan's program in a terminal, as a task and without a shell, and waits for its end. It never rejects.
 *
 * | state    | event                               | action                                  | next     |
 * |----------|-------------------------------------|-----------------------------------------|----------|
 * | starting | process started                     | keep its id; end the task if it was     | running, |
 * |          |                                     | cancelled meanwhile                     | stopping |
 * | starting | refused, ended, or none in time     | result: not-started, or cancelled       | ended    |
 * | starting | cancel or timeout                   | remember it: a task that is ended now   | starting |
 * |          |                                     | starts its program all the same         |          |
 * | running  | process ended with a code           | result: exited                          | ended    |
 * | running  | process ended without a code        | the person has closed the terminal:     | stopping |
 * |          |                                     | cancelled                               |          |
 * | running  | cancel or timeout                   | end the task                            | stopping |
 * | stopping | process is gone, or grace is over   | SIGKILL to what is left of its group    | stopping |
 * | stopping | process is gone                     | result: cancelled or timed-out          | ended    |
 *
 * While it is being stopped, the process itself is watched: a terminal says that it has ended when it
 * has let go of the program, which may go on all the same.
 */
export function runInTerminal(plan: TerminalProgram, { timeoutMs, token }: TerminalTaskOptions): Promise<Exit> {
  return new Promise((resolve) => new TerminalRun(plan, resolve).start(timeoutMs, token));
}

class TerminalRun {
  private began = Date.now();
  private readonly disposables: vscode.Disposable[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  private processId?: number;
  private stopped?: 'cancelled' | 'timed-out';
  private isStopping = false;

  constructor(
    private readonly plan: TerminalProgram,
    private readonly resolve: (exit: Exit) => void,
  ) {}

  start(timeoutMs: number, token: vscode.CancellationToken): void {
    this.disposables.push(
      vscode.tasks.onDidStartTaskProcess((event) => this.isMine(event) && this.processStarted(event)),
      vscode.tasks.onDidEndTaskProcess((event) => this.isMine(event) && this.processEnded(event.exitCode)),
      token.onCancellationRequested(() => this.stop('cancelled')),
    );
    this.timers.push(
      setTimeout(() => this.stop('timed-out'), timeoutMs),
      setTimeout(() => this.processId ?? this.end('not-started', { cause: 'the terminal did not start it' }), START_MS),
    );
    vscode.tasks.executeTask(taskOf(this.plan)).then(undefined, (error: Error) => this.end('not-started', { cause: error.message }));
    if (token.isCancellationRequested) this.stop('cancelled');
  }

  private isMine({ execution }: { readonly execution: vscode.TaskExecution }): boolean {
    return execution.task.definition.type === TASK_TYPE && execution.task.definition.run === this.plan.id;
  }

  /** VS Code tells of a start without an id when there was none. */
  private processStarted({ processId }: { readonly processId: number | undefined }): void {
    this.processId = processId;
    // What the terminal itself takes to begin is no time of the program.
    this.began = Date.now();
    if (this.stopped) this.endTask();
  }

  private processEnded(code: number | undefined): void {
    if (this.processId === undefined) {
      this.end('not-started', { cause: 'the terminal could not start it' });
    } else if (code !== undefined && this.stopped === undefined) {
      this.end('exited', { code });
    } else {
      this.stopped ??= 'cancelled';
      void this.seeItGone(this.processId);
    }
  }

  private stop(why: 'cancelled' | 'timed-out'): void {
    if (this.stopped) return;
    this.stopped = why;
    if (this.processId !== undefined) this.endTask();
  }

  private endTask(): void {
    vscode.tasks.taskExecutions.find((execution) => this.isMine({ execution }))?.terminate();
    void this.seeItGone(this.processId!);
  }

  private async seeItGone(processId: number): Promise<void> {
    if (this.isStopping) return;
    this.isStopping = true;
    await goneWithin(processId, GRACE_MS);
    killGroup(processId);
    await goneWithin(processId, LAST_MS);
    this.end('cancelled');
  }

  /** Why we have stopped it counts more than how it ended. The first call counts: a promise is resolved once. */
  private end(ending: Exit['ending'], more: Pick<Exit, 'code' | 'cause'> = {}): void {
    for (const timer of this.timers) clearTimeout(timer);
    for (const disposable of this.disposables) disposable.dispose();
    const durationMs = Date.now() - this.began;
    this.resolve({ ...more, ending: this.stopped ?? ending, startedAt: new Date(this.began).toISOString(), durationMs });
  }
}

function taskOf({ id, label, argv, cwd, env, workspace }: TerminalProgram): vscode.Task {
  const task = new vscode.Task(
    { type: TASK_TYPE, run: id },
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(workspace)) ?? vscode.TaskScope.Workspace,
    label,
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
