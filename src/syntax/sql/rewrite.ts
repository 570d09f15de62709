import type { SpanEdit } from '../../core/text';
import { applyEdits } from '../../core/text';

/** A text made from another, with the way back to the offsets it came from. */
export interface Rewritten {
  readonly text: string;
  /** The offset in the source; within a replacement it is the replacement's beginning. */
  toSource(offset: number): number;
}

export const unchanged = (text: string): Rewritten => ({ text, toSource: (offset) => offset });

/** Applies edits that do not overlap and remembers where everything came from. */
export function rewrite(source: string, edits: readonly SpanEdit[]): Rewritten {
  if (edits.length === 0) return unchanged(source);
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  return { text: applyEdits(source, ordered), toSource: (offset) => sourceOffset(ordered, offset) };
}

function sourceOffset(edits: readonly SpanEdit[], offset: number): number {
  let shift = 0;
  for (const edit of edits) {
    const begin = edit.start + shift;
    if (offset < begin) break;
    if (offset < begin + edit.newText.length) return edit.start;
    shift += edit.newText.length - (edit.end - edit.start);
  }
  return offset - shift;
}
