import { failures, FailureError } from '../../core/failures';
import type { Language } from '../../core/language';
import { applyEdits, indentationAt, LineIndex, type Position, type SpanEdit } from '../../core/text';
import { findSuppressions, isIncomplete } from '../../detect/suppressions';

/** What to suppress, where, and why. */
export interface SuppressionRequest {
  readonly file: string;
  readonly language: Language;
  readonly text: string;
  readonly rule: string;
  /** Where the finding begins. */
  readonly start: Position;
  /** Zero-based lines of the statements around it, where it is inside a string; the outermost last. */
  readonly holderLines?: readonly number[];
  readonly reason: string;
  /** ISO date, inclusive. */
  readonly until?: string;
}

const LINE_COMMENT: Readonly<Record<Language, string>> = { typescript: '//', python: '#', sql: '--' };

/** Files whose text may hold elements, in which a line comment would be shown as text. */
const MAY_HOLD_ELEMENTS = /\.(?:[jt]sx|[cm]?js)$/;

/**
 * The edit that writes a suppression: above the finding or, where nothing may stand there, beside it or above the
 * statement whose string holds it.
 * @throws FailureError where no comment can stand.
 */
export function suppressionEdit(request: SuppressionRequest): SpanEdit {
  const lines = new LineIndex(request.text);
  const edits = mayBeInElement(request, lines) ? [before(request, lines)] : [above(request, request.start.line, lines), behind(request, lines), ...aboveHolders(request, lines)];
  const works = edits.find((edit) => edit !== undefined && covers(request, edit));
  if (works === undefined) {
    throw new FailureError(failures.cannotSuppress(request.file, request.start.line + 1, request.rule));
  }
  return works;
}

function aboveHolders(request: SuppressionRequest, lines: LineIndex): (SpanEdit | undefined)[] {
  const { line: first } = request.start;
  return [...(request.holderLines ?? [])].filter((line) => line < first).sort((a, b) => b - a).map((line) => above(request, line, lines));
}

function above(request: SuppressionRequest, line: number, lines: LineIndex): SpanEdit | undefined {
  if (line > 0 && continues(request, lines.lineText(line - 1))) return undefined;
  const start = lines.lineStart(line);
  const indentation = indentationAt(request.text, start + lines.lineText(line).length);
  return { start, end: start, newText: `${indentation}${lineComment(request)}${lineBreakOf(request.text)}` };
}

function behind(request: SuppressionRequest, lines: LineIndex): SpanEdit | undefined {
  const lineText = lines.lineText(request.start.line);
  if (continues(request, lineText)) return undefined;
  const end = lines.lineStart(request.start.line) + lineText.trimEnd().length;
  return { start: end, end, newText: `  ${lineComment(request)}` };
}

/** Right before the expression: there a block comment is one, whatever is around. */
function before(request: SuppressionRequest, lines: LineIndex): SpanEdit {
  const start = lines.offsetAt(request.start);
  return { start, end: start, newText: `/* ${directive(request)} */ ` };
}

/** An expression among the children of an element has its brace, or a tag, before it on its line. */
function mayBeInElement({ file, start }: SuppressionRequest, lines: LineIndex): boolean {
  return MAY_HOLD_ELEMENTS.test(file) && /[{<]/.test(lines.lineText(start.line).slice(0, start.character));
}

function lineComment(request: SuppressionRequest): string {
  return `${LINE_COMMENT[request.language]} ${directive(request)}`;
}

function directive({ rule, reason, until }: SuppressionRequest): string {
  const oneLine = reason.replace(/\s+/g, ' ').replaceAll('*/', '* /').trim();
  return `performance-ignore ${rule}: ${oneLine}${until ? ` until ${until}` : ''}`;
}

/** A backslash at the end of a Python line joins it to the next one, and no comment may come between. */
function continues({ language }: SuppressionRequest, lineText: string): boolean {
  return language === 'python' && lineText.endsWith('\\');
}

/** The detector's own reading of the edited text decides whether the comment works. */
function covers(request: SuppressionRequest, edit: SpanEdit): boolean {
  const edited = applyEdits(request.text, [edit]);
  const added = edit.newText.match(/\r\n|\r|\n/g)?.length ?? 0;
  const lines = [request.start.line, ...(request.holderLines ?? [])].map((line) => line + added);
  return findSuppressions(edited, request.language, request.file).some(
    (suppression) =>
      lines.includes(suppression.codeLine) && suppression.rules.includes(request.rule) && !isIncomplete(suppression),
  );
}

function lineBreakOf(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
}
