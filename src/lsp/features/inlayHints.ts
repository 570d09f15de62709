import { MarkupKind, type InlayHint } from 'vscode-languageserver';
import { comparePositions, type Position, type Range } from '../../core/text';
import { shown, type DocumentView, type Judged } from '../documentView';
import { escapeMarkdown } from '../markdown';
import { costSentence, estimateNote } from '../wording';

/** The cost at the declared scale, beside each costly expression inside `range`. */
export function inlayHintsOf(view: DocumentView, range: Range): InlayHint[] {
  return shown(view)
    .filter(({ finding }) => finding.hint !== '' && finding.confidence !== 'possible')
    .map((judged) => inlayHintOf(view, judged))
    .filter(({ position }) => comparePositions(range.start, position) <= 0 && comparePositions(position, range.end) <= 0);
}

function inlayHintOf(view: DocumentView, { finding }: Judged): InlayHint {
  const value = `**${escapeMarkdown(costSentence(finding.cost))}**\n\n${escapeMarkdown(estimateNote(finding.cost))}`;
  return {
    position: placeOf(view, finding.range),
    label: finding.hint,
    paddingLeft: true,
    tooltip: { kind: MarkupKind.Markdown, value },
  };
}

/** Behind the expression, or at the end of its first line, where the reader's eye enters it. */
function placeOf(view: DocumentView, { start, end }: Range): Position {
  if (start.line === end.line) return end;
  const line = view.text.getText({ start: { line: start.line, character: 0 }, end: { line: start.line + 1, character: 0 } });
  return { line: start.line, character: line.replace(/[\r\n]+$/, '').length };
}
