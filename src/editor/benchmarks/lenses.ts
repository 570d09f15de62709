import * as vscode from 'vscode';
import type { CommandArguments, CommandId } from '../contributions/commands';
import { PROFILED_LANGUAGES } from '../names';
import { setting } from '../settings';
import type { Benchmarks } from './benchmarks';
import { lastText, rowsOf } from './words';

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
    const places = rows.some(({ line }) => line !== undefined) ? rows.filter(({ line }) => line !== undefined) : [{ ...rows[0], line: 0 }];
    const now = new Date();
    return places.flatMap(({ line = 0, result }) => {
      const last = lastText(result, file.newest, now);
      return [
        lens(line, '$(play) Run benchmark', 'performanceEngineer.runBenchmark', [uri.toString()]),
        ...(last === undefined ? [] : [lens(line, last, 'performanceEngineer.showReport', [uri.toString()])]),
      ];
    });
  }

  dispose(): void {
    for (const each of this.disposables) each.dispose();
    this.changed.dispose();
  }
}

function lens<Id extends CommandId>(line: number, title: string, command: Id, args: Partial<CommandArguments[Id]>): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command, arguments: [...args] });
}
