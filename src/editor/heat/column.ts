import * as vscode from 'vscode';
import { formatShare } from '../../core/format';
import type { RunReference } from '../../lsp/protocol';
import { HEAT_LEVELS } from '../contributions/colors';
import { functionText, labelOf, levelOf, type LineHeat } from './lines';

/** Wide enough for "62.1 %", narrow enough to be forgotten. */
const WIDTH = '7ch';
const BEFORE = { width: WIDTH, margin: '0 1ch 0 0', textDecoration: 'none; display: inline-block; text-align: right; padding-right: 1ch; box-sizing: border-box' };

/**
 * The column of shares at the left of the text, as a blame view has it. Every line of the document
 * gets one, an empty one where nothing was measured, because text beside it would not be in line.
 */
export class HeatColumn implements vscode.Disposable {
  private readonly levels = HEAT_LEVELS.map(({ id }, level) =>
    vscode.window.createTextEditorDecorationType({
      before: { ...BEFORE, backgroundColor: new vscode.ThemeColor(id), color: new vscode.ThemeColor('editor.foreground') },
      ...(level < 3 && { overviewRulerColor: new vscode.ThemeColor(id), overviewRulerLane: vscode.OverviewRulerLane.Left }),
    }),
  );
  private readonly stale = vscode.window.createTextEditorDecorationType({
    before: { ...BEFORE, fontStyle: 'italic', color: new vscode.ThemeColor('descriptionForeground') },
  });
  private readonly empty = vscode.window.createTextEditorDecorationType({ before: { ...BEFORE, contentText: '' } });

  show(editor: vscode.TextEditor, run: RunReference, lines: readonly LineHeat[]): void {
    const byLine = new Map(lines.filter(({ line }) => line < editor.document.lineCount).map((heat) => [heat.line, heat]));
    const options: vscode.DecorationOptions[][] = HEAT_LEVELS.map(() => []);
    const stale: vscode.DecorationOptions[] = [];
    for (const heat of byLine.values()) {
      const level = heat.selfShare === undefined ? stale : options[levelOf(heat.selfShare)]!;
      level.push({ range: startOf(heat.line), hoverMessage: hoverOf(heat, run), renderOptions: { before: { contentText: labelOf(heat) } } });
    }
    const others: vscode.Range[] = [];
    for (let line = 0; line < editor.document.lineCount; line++) {
      if (!byLine.has(line)) others.push(startOf(line));
    }
    this.levels.forEach((type, level) => editor.setDecorations(type, options[level]!));
    editor.setDecorations(this.stale, stale);
    editor.setDecorations(this.empty, others);
  }

  clear(editor: vscode.TextEditor): void {
    for (const type of [...this.levels, this.stale, this.empty]) editor.setDecorations(type, []);
  }

  dispose(): void {
    for (const type of [...this.levels, this.stale, this.empty]) type.dispose();
  }
}

function startOf(line: number): vscode.Range {
  return new vscode.Range(line, 0, line, 0);
}

/** As text: names come from the code. */
function hoverOf({ selfShare, of }: LineHeat, { startedAt, tool }: RunReference): vscode.MarkdownString {
  const run = `run of ${new Date(startedAt).toLocaleString()} (${tool})`;
  const hover = new vscode.MarkdownString();
  if (selfShare === undefined) return hover.appendText(`This function has changed since the ${run}. Profile it again.`);
  hover.appendText(`${formatShare(selfShare)} of the time in the ${run}.`);
  return of === undefined ? hover : hover.appendMarkdown('\n\n').appendText(functionText(of));
}
