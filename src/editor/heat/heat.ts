import * as vscode from 'vscode';
import { Method, type RunReference } from '../../lsp/protocol';
import { registerCommand } from '../commands';
import { SECTION } from '../contributions/settings';
import { isMeasurable } from '../server/selector';
import { setting } from '../settings';
import type { Services } from '../services';
import { HeatColumn } from './column';
import { afterChange, isWorthAColumn, type LineHeat, withFunctions } from './lines';

interface DocumentHeat {
  readonly run: RunReference;
  lines: readonly LineHeat[];
}

/** Longer documents are left alone: every line needs a decoration of its own. */
const MOST_LINES = 20_000;

/** Shows where the time went in the editors on screen, once a run has measured them. */
export class Heat implements vscode.Disposable {
  private readonly column = new HeatColumn();
  private readonly byDocument = new Map<string, DocumentHeat>();
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly services: Services) {
    const all = () => void this.refreshAll();
    this.disposables = [
      services.server.onChanged(all),
      vscode.window.onDidChangeVisibleTextEditors(all),
      vscode.workspace.onDidChangeTextDocument((event) => this.follow(event)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.byDocument.delete(uri.toString())),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${SECTION}.heat`)) all();
      }),
      registerCommand('performanceEngineer.toggleHeat', services.log, () =>
        vscode.workspace.getConfiguration(SECTION).update('heat', !setting('heat'), vscode.ConfigurationTarget.Global),
      ),
    ];
  }

  /** The lines that are marked in a document. */
  linesOf(uri: vscode.Uri): readonly LineHeat[] {
    return this.byDocument.get(uri.toString())?.lines ?? [];
  }

  dispose(): void {
    for (const each of this.disposables) each.dispose();
    this.column.dispose();
  }

  private async refreshAll(): Promise<void> {
    await Promise.all(vscode.window.visibleTextEditors.map((editor) => this.refresh(editor)));
  }

  private async refresh(editor: vscode.TextEditor): Promise<void> {
    const { document } = editor;
    if (!isMeasurable(document)) return;
    const { version } = document;
    const heat = setting('heat') && document.lineCount <= MOST_LINES ? await this.ask(document.uri.toString()) : undefined;
    // An answer for an older text is worth nothing; the server tells of the newer one.
    if (document.version !== version) return;
    if (heat === undefined) {
      if (this.byDocument.delete(document.uri.toString())) this.column.clear(editor);
      return;
    }
    this.byDocument.set(document.uri.toString(), heat);
    this.column.show(editor, heat.run, heat.lines);
  }

  /** Lines that were measured, and the heads of functions that have changed since. */
  private async ask(uri: string): Promise<DocumentHeat | undefined> {
    try {
      const [heat, functions] = await Promise.all([
        this.services.server.request(Method.heat, { uri }),
        this.services.server.request(Method.functions, { uri }),
      ]);
      if (heat === null) return undefined;
      const stale = functions.filter(({ measurement }) => measurement?.stale).map(({ nameRange }) => ({ line: nameRange.start.line }));
      const lines = [...withFunctions(heat), ...stale];
      return isWorthAColumn(lines) ? { run: heat.run, lines } : undefined;
    } catch (error) {
      this.services.log.debug(`Heat of ${uri}: ${String(error)}`);
      return undefined;
    }
  }

  /** Moves the marks with the text while it is typed, until the server has looked at it. */
  private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const heat = this.byDocument.get(document.uri.toString());
    if (heat === undefined || contentChanges.length === 0) return;
    for (const { range, text } of contentChanges) {
      const change = { startLine: range.start.line, endLine: range.end.line, newLines: text.split(/\r\n|\r|\n/).length };
      heat.lines = afterChange(heat.lines, change);
    }
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === document) this.column.show(editor, heat.run, heat.lines);
    }
  }
}
