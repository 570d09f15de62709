import type { SpanEdit } from '../../../core/text';
import { closing, type Token } from '../tokens';

/** The tokens of one statement while another dialect's syntax is edited into PostgreSQL's. */
export class DialectCursor {
  readonly edits: SpanEdit[] = [];
  /** The statement's first word. */
  readonly verb: string;
  private readonly edited: Uint8Array;

  constructor(
    readonly sql: string,
    readonly tokens: readonly Token[],
  ) {
    this.verb = tokens[0]?.text ?? '';
    this.edited = new Uint8Array(tokens.length);
  }

  text(i: number): string {
    return this.tokens[i]?.text ?? '';
  }

  /** The words from `i` on are these. */
  at(i: number, ...words: readonly string[]): boolean {
    return words.every((word, offset) => this.tokens[i + offset]?.text === word);
  }

  closing(open: number): number {
    return closing(this.tokens, open);
  }

  /** Replaces the tokens from `first` to `last`, both included, unless one of them was replaced already. */
  replace(first: number, last: number, newText: string): number {
    if (!this.edited.subarray(first, last + 1).includes(1)) {
      this.edited.fill(1, first, last + 1);
      this.edits.push({ start: this.tokens[first]!.start, end: this.tokens[last]!.end, newText });
    }
    return last;
  }

  drop(first: number, last: number): number {
    return this.replace(first, last, ' ');
  }

  /** The last token before the next comma or closing bracket at this depth. */
  endOfItem(from: number): number {
    for (let i = from; i < this.tokens.length; i++) {
      if (this.text(i) === '(') i = this.closing(i);
      else if (this.text(i) === ',' || this.text(i) === ')') return i - 1;
    }
    return this.tokens.length - 1;
  }
}

/** A name in the quotes of any dialect as PostgreSQL writes it. */
export function quotedName(name: string): string {
  return /^[`"[]/.test(name) ? `"${name.slice(1, -1).replace(/"/g, '""')}"` : name;
}
