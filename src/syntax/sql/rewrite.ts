import { applyEdits, type Span, type SpanEdit } from '../../core/text';

/** A text made from another, with the way back to the offsets it came from. */
export interface Rewritten {
  readonly text: string;
  /** The place in the source: of one character, or of all that a replacement stands for. */
  toSource(offset: number): Span;
}

export const unchanged = (text: string): Rewritten => ({ text, toSource: (offset) => ({ start: offset, end: offset + 1 }) });

/** Applies edits that do not overlap and remembers where everything came from. */
export function rewrite(source: string, edits: readonly SpanEdit[]): Rewritten {
  if (edits.length === 0) return unchanged(source);
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  return { text: applyEdits(source, ordered), toSource: (offset) => sourceSpan(ordered, offset) };
}

function sourceSpan(edits: readonly SpanEdit[], offset: number): Span {
  let shift = 0;
  for (const edit of edits) {
    const begin = edit.start + shift;
    if (offset < begin) break;
    if (offset < begin + edit.newText.length) return { start: edit.start, end: Math.max(edit.end, edit.start + 1) };
    shift += edit.newText.length - (edit.end - edit.start);
  }
  return { start: offset - shift, end: offset - shift + 1 };
}
