/** An expression for an argument, in the language of the driver. */
export interface Value {
  readonly code: string;
  /** Whether it grows with `size`. */
  readonly grows: boolean;
  /** False where the type does not say what to pass: a person fills it in. */
  readonly known: boolean;
}

export const fixed = (code: string): Value => ({ code, grows: false, known: true });
export const growing = (code: string): Value => ({ code, grows: true, known: true });
export const unknown = (code: string): Value => ({ code, grows: false, known: false });

/** What the text of a named type is, where the sources around the function declare it. */
export type TypeLookup = (name: string) => string | undefined;

/** Types that name themselves, or each other, end somewhere. */
export const DEEPEST_TYPE = 8;

/** Splits at separators that stand in no bracket and no string. */
export function splitTopLevel(text: string, separators: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (quote) {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'" || character === '`') {
      quote = character;
    } else if ('([{<'.includes(character)) {
      depth++;
    } else if (')]}'.includes(character) || (character === '>' && text[i - 1] !== '=')) {
      depth--;
    } else if (depth === 0 && separators.includes(character)) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
