import * as vscode from 'vscode';
import { Method, type BenchmarkFile, type NewestRun } from '../../lsp/protocol';
import type { Server } from '../server/server';

/** A benchmark file with the URI of its folder and what its newest run has found. */
export interface FolderBenchmark extends BenchmarkFile {
  readonly folder: string;
  readonly newest?: NewestRun;
}

/** Their names or their dependencies decide what runs as a benchmark. */
const WATCHED = ['**/*.{ts,mts,cts,tsx,js,mjs,cjs,jsx,py}', '**/{package,asv.conf}.json'];
/** Not ours to run, and too many to be told of. */
const IGNORED = /\/(?:node_modules|\.git|\.performance|\.venv|venv)\//;
const PAUSE_MS = 1000;

/** What is known of the workspace's benchmarks. Nothing is looked for before somebody asks. */
export class Benchmarks implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: vscode.Disposable[];
  private files: readonly FolderBenchmark[] = [];
  private hasLooked = false;
  private timer?: NodeJS.Timeout;

  readonly onChange = this.changed.event;

  constructor(
    private readonly server: Server,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const lookLater = ({ path }: vscode.Uri): void => {
      if (this.hasLooked && !IGNORED.test(path)) this.later(() => this.look());
    };
    // A benchmark may also have been added to a file that held none.
    const isWorthALook = ({ path }: vscode.Uri): boolean => /[.\-_]bench|bench_|test_[^/]*\.py$|_test\.py$|\.json$/.test(path) || this.all.some(({ uri }) => vscode.Uri.parse(uri).path === path);
    this.disposables = [
      ...WATCHED.flatMap((pattern) => {
        const watcher = vscode.workspace.createFileSystemWatcher(pattern);
        return [watcher, watcher.onDidCreate(lookLater), watcher.onDidDelete(lookLater), watcher.onDidChange((uri) => isWorthALook(uri) && lookLater(uri))];
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.hasLooked && this.later(() => this.look())),
      server.onChanged(() => this.hasLooked && void this.readResults()),
    ];
  }

  get all(): readonly FolderBenchmark[] {
    return this.files;
  }

  /** Looks through the folders for benchmarks. Rejects as the server does. */
  async look(): Promise<void> {
    this.hasLooked = true;
    const found = await Promise.all(this.folders.map((folder) => this.server.request(Method.benchmarkFiles, { folder })));
    this.files = found.flatMap(({ folder, files }) => files.map((file) => ({ ...file, folder })));
    await this.readResults();
  }

  /** The benchmarks of one document as it is typed now; undefined where it holds none. */
  async inDocument(uri: vscode.Uri): Promise<FolderBenchmark | undefined> {
    if (vscode.workspace.getWorkspaceFolder(uri) === undefined || IGNORED.test(uri.path)) return undefined;
    const { folder, files } = await this.server.request(Method.benchmarkFiles, { uri: uri.toString() });
    const file = files.find(({ choice }) => choice.kind === 'benchmark');
    return file && { ...file, folder, newest: newestOf(file, await this.runsOf(folder)) };
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const each of this.disposables) each.dispose();
    this.changed.dispose();
  }

  private get folders(): string[] {
    return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.toString());
  }

  private async readResults(): Promise<void> {
    const runs = new Map(await Promise.all(this.folders.map(async (folder) => [folder, await this.runsOf(folder)] as const)));
    this.files = this.files.map((file) => ({ ...file, newest: newestOf(file, runs.get(file.folder) ?? []) }));
    this.changed.fire();
  }

  private async runsOf(folder: string): Promise<readonly NewestRun[]> {
    return this.server.request(Method.benchmarkResults, { folder }).then(
      ({ runs }) => runs,
      (error: unknown) => {
        this.log.debug(`Results of benchmarks: ${String(error)}`);
        return [];
      },
    );
  }

  private later(work: () => Promise<void>): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void work().catch((error: unknown) => this.log.warn(`Looking for benchmarks: ${String(error)}`)), PAUSE_MS);
  }
}

function newestOf({ choice }: BenchmarkFile, runs: readonly NewestRun[]): NewestRun | undefined {
  return runs.find(({ file, script, runner }) => file === choice.file && script === choice.script && runner === choice.runner);
}
