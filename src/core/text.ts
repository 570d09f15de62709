/** A place in a text: zero-based line and UTF-16 column, as the Language Server Protocol counts. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A place inside a notebook as its reader sees it: zero-based, `cell` counts all cells. */
export interface CellPosition extends Position {
  readonly cell: number;
}

/** UTF-16 offsets into one text; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replace `span` of the text by `newText`. */
export interface SpanEdit extends Span {
  readonly newText: string;
}

/** Turns offsets into positions and back for one text. Lines end at \n, \r\n or \r. */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    // Searching is native code; only old files have a carriage return that stands alone.
    if (text.includes('\r')) {
      for (const match of text.matchAll(/\r\n?|\n/g)) this.starts.push(match.index + match[0].length);
    } else {
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
    }
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** The offset at which a zero-based line begins; past the end it is the length of the text. */
  lineStart(line: number): number {
    return line < this.starts.length ? this.starts[Math.max(line, 0)]! : this.text.length;
  }

  /** The text of a span. */
  textOf(span: Span): string {
    return this.text.slice(span.start, span.end);
  }

  /** The text of a zero-based line without its line break. */
  lineText(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineStart(line + 1)).replace(/[\r\n]+$/, '');
  }

  positionAt(offset: number): Position {
    const clamped = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: clamped - this.starts[low]! };
  }

  offsetAt(position: Position): number {
    const start = this.lineStart(position.line);
    return Math.min(start + position.character, this.lineStart(position.line + 1));
  }

  range(span: Span): Range {
    return { start: this.positionAt(span.start), end: this.positionAt(span.end) };
  }

  span(range: Range): Span {
    return { start: this.offsetAt(range.start), end: this.offsetAt(range.end) };
  }
}

export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

export function contains(range: Range, position: Position): boolean {
  return comparePositions(range.start, position) <= 0 && comparePositions(position, range.end) <= 0;
}

/** Applies edits that do not overlap; their offsets refer to the text as it was before any of them. */
export function applyEdits(text: string, edits: readonly SpanEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  let at = 0;
  for (const edit of ordered) {
    if (edit.start < at) throw new RangeError(`overlapping edits at offset ${edit.start}`);
    parts.push(text.slice(at, edit.start), edit.newText);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** A text without its white space. By hand, because replacing by a pattern takes several times as long, and each finding asks. */
export function withoutWhiteSpace(text: string): string {
  let kept = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 126) return text.replace(/\s+/g, '');
    if (code !== 32 && (code < 9 || code > 13)) continue;
    if (from < at) kept += text.slice(from, at);
    from = at + 1;
  }
  return from === 0 ? text : kept + text.slice(from);
}

/** The white space at the beginning of the line that holds `offset`. */
export function indentationAt(text: string, offset: number): string {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))![0];
}

/** Where two texts differ: `start` to `endBefore` of the one was replaced by `start` to `endAfter` of the other. */
export interface TextChange {
  readonly start: number;
  readonly endBefore: number;
  readonly endAfter: number;
}

/** The smallest single change that makes `after` of `before`; undefined where they are the same. */
export function changeBetween(before: string, after: string): TextChange | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let common = 0;
  while (common < shorter - start && before.charCodeAt(before.length - 1 - common) === after.charCodeAt(after.length - 1 - common)) common++;
  return { start, endBefore: before.length - common, endAfter: after.length - common };
}

/** The span with its line's indentation and line break, where nothing else stands on its lines. */
export function wholeLines({ start, end }: Span, text: string): Span {
  const lineStart = start - indentationAt(text, start).length;
  const after = /^[ \t]*(?:\r?\n)?/.exec(text.slice(end))![0];
  const isAlone = (lineStart === 0 || /[\r\n]/.test(text[lineStart - 1]!)) && after.includes('\n');
  return isAlone ? { start: lineStart, end: end + after.length } : { start, end };
}
