import * as vscode from 'vscode';
import {
  CloseAction, DidChangeConfigurationNotification, ErrorAction, LanguageClient, RevealOutputChannelOn, TransportKind,
  type CloseHandlerResult,
} from 'vscode-languageclient/node';
import type { WorkspaceEdit } from 'vscode-languageclient';
import { FailureError, failures } from '../../core/failures';
import { Method, type InitializationOptions, type Notifications, type Requests, type ServerStatus } from '../../lsp/protocol';
import { LINKED_COMMANDS } from '../names';
import { onServerSettings, serverSettings } from '../settings';
import { CrashHistory } from './crashes';
import { SELECTOR } from './selector';

/** A moment for the operating system to clear away what the last process held. */
const RESTART_MS = 500;

/**
 * The language server and the connection to it. It runs in a process of its own:
 * whatever it does, the extension host goes on answering.
 */
export class Server implements vscode.Disposable {
  private readonly client: LanguageClient;
  private readonly crashes = new CrashHistory();
  private readonly statusChanged = new vscode.EventEmitter<ServerStatus>();
  private readonly folderChanged = new vscode.EventEmitter<Notifications['performance/changed']>();
  private readonly disposables: vscode.Disposable[];
  private hasSaidRestart = false;
  private restarting?: NodeJS.Timeout;
  private current: ServerStatus = { state: 'starting' };

  readonly onStatus = this.statusChanged.event;
  /** What is on screen of a folder may be out of date. */
  readonly onChanged = this.folderChanged.event;

  /**
   * @param module absolute path of the server's program.
   * @param cacheFolder where the server may keep its analyses from one start to the next.
   */
  constructor(
    module: string,
    private readonly log: vscode.LogOutputChannel,
    cacheFolder?: string,
  ) {
    const program = { module, transport: TransportKind.ipc };
    // Its SQL parser is WebAssembly, whose optimising compiler costs hundreds of megabytes and gains next to nothing.
    const execArgv = ['--liftoff-only'];
    this.client = new LanguageClient(
      'performanceEngineer',
      'Performance Engineer',
      {
        run: { ...program, options: { execArgv } },
        debug: { ...program, options: { execArgv: [...execArgv, '--inspect=0'] } },
      },
      {
        documentSelector: SELECTOR,
        outputChannel: log,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        initializationOptions: (): InitializationOptions => ({ settings: serverSettings(), cacheFolder }),
        markdown: { isTrusted: { enabledCommands: LINKED_COMMANDS }, supportThemeIcons: true },
        errorHandler: {
          error: (error) => ({ action: ErrorAction.Continue, message: `Connection: ${error.message}`, handled: true }),
          closed: () => this.crashed(),
        },
        // `start` says what is to be said, once.
        initializationFailedHandler: () => false,
      },
    );
    this.disposables = [
      this.statusChanged,
      this.folderChanged,
      this.client.onNotification(Method.status, (status: ServerStatus) => this.setStatus(status)),
      this.client.onNotification(Method.changed, (change: Notifications['performance/changed']) => this.folderChanged.fire(change)),
      onServerSettings(() => void this.sendSettings()),
    ];
  }

  get status(): ServerStatus {
    return this.current;
  }

  /** For tests: the operating system's id of the server's process while there is one. */
  get processId(): number | undefined {
    return this.client.serverProcess?.pid;
  }

  /** Starts the server without waiting for its first answer. */
  start(): void {
    this.setStatus({ state: 'starting' });
    const crashesBefore = this.crashes.total;
    this.client.start().catch((error: unknown) => {
      // The end of its process is a crash, and what follows that has been decided already.
      if (this.crashes.total === crashesBefore) this.failed(error);
    });
  }

  async restart(): Promise<void> {
    clearTimeout(this.restarting);
    this.crashes.forget();
    // A server that hangs does not stop when it is asked to; the client then ends its process.
    await this.client.stop().catch((error: unknown) => this.log.warn(`Stopping the server: ${String(error)}`));
    this.start();
  }

  /** @throws what the server answers; `tell` of ../tell.ts knows how to say it. */
  async request<Name extends keyof Requests>(
    method: Name,
    params: Requests[Name]['params'],
    token?: vscode.CancellationToken,
  ): Promise<Requests[Name]['result']> {
    if (this.current.state === 'failed' && !this.client.isRunning()) throw new FailureError(failures.serverStopped());
    return token ? this.client.sendRequest(method, params, token) : this.client.sendRequest(method, params);
  }

  /** Resolves when the server has been through the workspace. @throws FailureError when it stops, or the signal's reason */
  async ready(signal?: AbortSignal): Promise<void> {
    while (this.current.state !== 'ready') {
      signal?.throwIfAborted();
      if (this.current.state === 'failed') throw new FailureError(failures.serverStopped());
      await new Promise<void>((resolve) => {
        const listener = this.onStatus(go);
        signal?.addEventListener('abort', go, { once: true });
        function go(): void {
          listener.dispose();
          signal?.removeEventListener('abort', go);
          resolve();
        }
      });
    }
    signal?.throwIfAborted();
  }

  asEdit(edit: WorkspaceEdit): Promise<vscode.WorkspaceEdit> {
    return this.client.protocol2CodeConverter.asWorkspaceEdit(edit);
  }

  dispose(): Promise<void> {
    clearTimeout(this.restarting);
    for (const each of this.disposables) each.dispose();
    return this.client.isRunning() ? this.client.dispose() : Promise.resolve();
  }

  private setStatus(status: ServerStatus): void {
    this.current = status;
    this.statusChanged.fire(status);
  }

  private async sendSettings(): Promise<void> {
    if (!this.client.isRunning()) return;
    await this.client.sendNotification(DidChangeConfigurationNotification.type, { settings: serverSettings() });
  }

  private failed(error: unknown): void {
    const message = `The server did not start (${error instanceof Error ? error.message : String(error)}).`;
    this.log.error(message);
    this.setStatus({ state: 'failed', message });
    this.offerRestart(message);
  }

  /**
   * Called when the connection has ended without having been asked to. The client's own restart would
   * tell of each failing attempt, so the restart is ours.
   */
  private crashed(): CloseHandlerResult {
    if (this.crashes.record() === 'give-up') {
      const message = 'The server has stopped several times in a few minutes and is not started again.';
      this.setStatus({ state: 'failed', message });
      this.offerRestart(message);
      return { action: CloseAction.DoNotRestart, message, handled: true };
    }
    const message = 'The server has stopped unexpectedly and was started again. The log says more.';
    if (!this.hasSaidRestart) {
      this.hasSaidRestart = true;
      void this.say(vscode.window.showWarningMessage, message, 'Show Log');
    }
    this.setStatus({ state: 'starting' });
    this.restarting = setTimeout(() => this.start(), RESTART_MS);
    return { action: CloseAction.DoNotRestart, message, handled: true };
  }

  private offerRestart(message: string): void {
    void this.say(vscode.window.showErrorMessage, message, 'Restart', 'Show Log');
  }

  private async say(show: typeof vscode.window.showErrorMessage, message: string, ...offers: string[]): Promise<void> {
    const chosen = await show(`Performance Engineer: ${message}`, ...offers);
    if (chosen === 'Restart') await this.restart();
    if (chosen === 'Show Log') this.log.show();
  }
}
