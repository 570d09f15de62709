import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CancellationTokenSource,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type CodeAction,
  type CodeLens,
  type Diagnostic,
  type Hover,
  type InitializeResult,
  type InlayHint,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Notifications, Requests, ServerSettings, ServerStatus } from '../../src/lsp/protocol';

const ROOT = resolve(__dirname, '../..');
const FROM_SOURCES = ['--liftoff-only', '--import', 'tsx', resolve(ROOT, 'src/server.ts')];
const WAIT_MS = 45_000;

export interface StartOptions {
  readonly folders?: readonly string[];
  readonly settings?: Partial<ServerSettings>;
  /** Sent as they are, instead of the settings. */
  readonly initializationOptions?: unknown;
  /** Arguments for Node; the sources are run where they are absent. */
  readonly argv?: readonly string[];
  /** Variables of the server's environment, beside our own. */
  readonly env?: NodeJS.ProcessEnv;
}

const CAPABILITIES = {
  workspace: {
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'], changeAnnotationSupport: {} },
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
};

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const server of running) server.kill('SIGKILL');
});

/** A server that a failed test has left behind neither keeps the test run waiting nor outlives it. */
function endWithTests(server: ChildProcess): void {
  running.add(server);
  server.once('exit', () => running.delete(server));
  for (const handle of [server, server.stdin, server.stdout]) (handle as { unref?(): void }).unref?.();
}

/** A language client over stdio against the real server, in a process of its own. */
export class Client {
  readonly diagnostics = new Map<string, PublishDiagnosticsParams>();
  readonly statuses: ServerStatus[] = [];
  readonly logged: string[] = [];
  readonly watched: string[] = [];
  /** Folders that were said to have changed, and what the client was asked to draw again. */
  readonly changed: string[] = [];
  readonly redrawn: string[] = [];
  initialized!: InitializeResult;
  /** Resolves when the server's end is seen; what was asked for until then is rejected. */
  readonly closed: Promise<void>;
  private readonly documents = new Map<string, TextDocument>();
  private readonly listeners = new Set<() => void>();

  private constructor(
    readonly server: ChildProcess,
    readonly connection: ProtocolConnection,
  ) {
    this.closed = new Promise((fulfil) => {
      connection.onClose(() => {
        connection.dispose();
        fulfil();
      });
    });
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.diagnostics.set(params.uri, params);
      this.arrived();
    });
    connection.onNotification('performance/status' satisfies keyof Notifications, (status: ServerStatus) => {
      this.statuses.push(status);
      this.arrived();
    });
    connection.onNotification('performance/changed' satisfies keyof Notifications, ({ folder }: { folder: string }) => {
      this.changed.push(folder);
      this.arrived();
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => void this.logged.push(message));
    connection.onRequest('client/registerCapability', ({ registrations }) => {
      for (const { registerOptions } of registrations) {
        for (const { globPattern } of registerOptions?.watchers ?? []) this.watched.push(globPattern);
      }
      this.arrived();
      return null;
    });
    for (const refresh of ['workspace/codeLens/refresh', 'workspace/inlayHint/refresh']) {
      connection.onRequest(refresh, () => {
        this.redrawn.push(refresh);
        this.arrived();
        return null;
      });
    }
  }

  /** Starts a server and initialises it. */
  static async start({ folders = [], settings, initializationOptions, argv = FROM_SOURCES, env }: StartOptions = {}): Promise<Client> {
    const server = spawn(process.execPath, [...argv, '--stdio'], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
    endWithTests(server);
    const connection = createProtocolConnection(new StreamMessageReader(server.stdout!), new StreamMessageWriter(server.stdin!));
    const client = new Client(server, connection);
    connection.listen();
    client.initialized = await connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: folders.length === 0 ? null : folders.map((uri) => ({ uri, name: uri.split('/').at(-1)! })),
      capabilities: CAPABILITIES,
      initializationOptions: initializationOptions ?? { settings },
    });
    await connection.sendNotification('initialized', {});
    return client;
  }

  request<Name extends keyof Requests>(method: Name, params: Requests[Name]['params']): Promise<Requests[Name]['result']> {
    return this.connection.sendRequest(method, params);
  }

  /** Asks and takes it back at once. */
  cancelled<Name extends keyof Requests>(method: Name, params: Requests[Name]['params']): Promise<unknown> {
    const source = new CancellationTokenSource();
    const answer = this.connection.sendRequest(method, params, source.token);
    source.cancel();
    return answer;
  }

  configure(settings: Partial<ServerSettings>): Promise<void> {
    return this.connection.sendNotification('workspace/didChangeConfiguration', { settings });
  }

  open(uri: string, languageId: string, text: string): Promise<void> {
    this.documents.set(uri, TextDocument.create(uri, languageId, 1, text));
    return this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Replaces one range, as typing does. */
  edit(uri: string, range: Range, text: string): Promise<void> {
    const document = this.documents.get(uri)!;
    const version = document.version + 1;
    TextDocument.update(document, [{ range, text }], version);
    return this.connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ range, text }] });
  }

  /** Replaces the first place of `from`. */
  replace(uri: string, from: string, to: string): Promise<void> {
    return this.edit(uri, this.rangeOf(uri, from), to);
  }

  close(uri: string): Promise<void> {
    this.documents.delete(uri);
    this.diagnostics.delete(uri);
    return this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** Tells the server what its file watcher would. */
  changedOnDisk(uri: string, how: 'created' | 'changed' | 'deleted'): Promise<void> {
    const type = { created: 1, changed: 2, deleted: 3 }[how];
    return this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
  }

  text(uri: string): string {
    return this.documents.get(uri)!.getText();
  }

  rangeOf(uri: string, part: string): Range {
    const document = this.documents.get(uri)!;
    const start = document.getText().indexOf(part);
    if (start < 0) throw new Error(`"${part}" is not in ${uri}`);
    return { start: document.positionAt(start), end: document.positionAt(start + part.length) };
  }

  lenses(uri: string): Promise<CodeLens[]> {
    return this.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } });
  }

  hints(uri: string): Promise<InlayHint[]> {
    const range = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };
    return this.connection.sendRequest('textDocument/inlayHint', { textDocument: { uri }, range });
  }

  hover(uri: string, part: string): Promise<Hover | null> {
    return this.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: this.rangeOf(uri, part).start });
  }

  actions(uri: string, range: Range, only?: string[]): Promise<CodeAction[]> {
    const diagnostics = this.diagnosticsOf(uri).filter((diagnostic) => diagnostic.range.start.line === range.start.line);
    return this.connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics, only } });
  }

  /** Applies the edits of an action to the document, as the editor would. */
  async apply(uri: string, edit: CodeAction['edit']): Promise<void> {
    const changes = (edit?.documentChanges ?? []).filter((change) => 'textDocument' in change && change.textDocument.uri === uri);
    const edits = changes.flatMap((change) => ('edits' in change ? change.edits : [])) as { range: Range; newText: string }[];
    if (edits.length === 0) throw new Error('the edit has nothing for this document');
    const last = [...edits].sort((a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character);
    for (const { range, newText } of last) await this.edit(uri, range, newText);
  }

  diagnosticsOf(uri: string): readonly Diagnostic[] {
    return this.diagnostics.get(uri)?.diagnostics ?? [];
  }

  codes(uri: string): (string | number | undefined)[] {
    return this.diagnosticsOf(uri).map(({ code }) => code);
  }

  ready(): Promise<void> {
    return this.until('the scan is over', () => this.statuses.at(-1)?.state === 'ready');
  }

  /** Waits until the server has said something that makes `isSo` true. */
  async until(what: string, isSo: () => boolean): Promise<void> {
    if (isSo()) return;
    await new Promise<void>((fulfil, reject) => {
      const state = (): string => JSON.stringify({ statuses: this.statuses.slice(-3), logged: this.logged.slice(-5), diagnostics: [...this.diagnostics.values()] });
      const timer = setTimeout(() => end(() => reject(new Error(`waited in vain until ${what}: ${state()}`))), WAIT_MS);
      const check = (): void => {
        if (isSo()) end(fulfil);
      };
      const end = (then: () => void): void => {
        clearTimeout(timer);
        this.listeners.delete(check);
        then();
      };
      this.listeners.add(check);
    });
  }

  async stop(): Promise<number | null> {
    const exit = once(this.server, 'exit') as Promise<[number | null]>;
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const [code] = await exit;
    await this.closed;
    return code;
  }

  /** Asks again and again until the answer is yes. */
  async eventually(what: string, ask: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + WAIT_MS;
    while (!(await ask())) {
      if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
      await delay(50);
    }
  }

  private arrived(): void {
    for (const listener of this.listeners) listener();
  }
}
