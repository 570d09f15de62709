import * as vscode from 'vscode';
import type { CommandArguments, CommandId } from '../contributions/commands';
import { PROFILED_LANGUAGES } from '../names';
import { setting } from '../settings';
import type { Benchmarks } from './benchmarks';
import { type BenchmarkRow, lastText, rowsOf } from './words';

const MOST_AT_HEAD = 3;

/** Above each benchmark: a way to run it, and what its last run has found. */
export class BenchmarkLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: vscode.Disposable[];
  readonly onDidChangeCodeLenses = this.changed.event;

  /** @param onChanged something that was measured may have changed. */
  constructor(private readonly benchmarks: Benchmarks, onChanged: vscode.Event<unknown>) {
    const selector = PROFILED_LANGUAGES.map((language) => ({ scheme: 'file', language }));
    this.disposables = [vscode.languages.registerCodeLensProvider(selector, this), onChanged(() => this.changed.fire())];
  }

  async provideCodeLenses({ uri }: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const file = setting('codeLens') ? await this.benchmarks.inDocument(uri).catch(() => undefined) : undefined;
    if (file === undefined) return [];
    const rows = rowsOf(file, file.newest);
    const now = new Date();
    const run = (line: number): vscode.CodeLens => lens(line, '$(play) Run benchmark', 'performanceEngineer.runBenchmark', [uri.toString()]);
    const last = ({ name, line, result }: BenchmarkRow): vscode.CodeLens[] => {
      const text = lastText(result, file.newest, now);
      // What the file does not name in plain words stands at its head, and so with its name.
      return text === undefined ? [] : [lens(line ?? 0, line === undefined ? `${name}: ${text}` : text, 'performanceEngineer.showReport', [uri.toString()])];
    };
    const placed = rows.filter(({ line }) => line !== undefined);
    if (placed.length > 0) return placed.flatMap((row) => [run(row.line!), ...last(row)]);
    return [run(0), ...rows.slice(0, MOST_AT_HEAD).flatMap(last)];
  }

  dispose(): void {
    for (const each of this.disposables) each.dispose();
    this.changed.dispose();
  }
}

function lens<Id extends CommandId>(line: number, title: string, command: Id, args: Partial<CommandArguments[Id]>): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command, arguments: [...args] });
}
