/** Statements that say what a database is made of; all others of a dump are rows, grants, routines and settings. */
const KEPT = /^(?:create\s+(?:\w+\s+){0,4}?(?:table|index|view)|alter\s+(?:table|index|view|materialized\s+view)|drop\s+(?:table|index|view|materialized\s+view)|rename\s+table)\b/i;
const COPY_FROM_INPUT = /^copy\b[^;]*\bfrom\s+stdin\b/i;
const DELIMITER = /^delimiter[ \t]+(\S+)/i;
/** MySQL reads a backslash as an escape in every string. */
const MYSQL = /^[^\n']*`|\bENGINE\s*=|\bAUTO_INCREMENT\b/im;
const USUAL_DELIMITER = /\ndelimiter[ \t]+;/gi;
const DOLLAR_QUOTE = /^\$(?:[A-Za-z_\x80-\uFFFF][\w\x80-\uFFFF]*)?\$/;

/** So much of what follows is looked at to tell what begins; the end of a chunk waits for the next one. */
const LOOK_AHEAD = 200;
/** From so much of a dump its dialect can be told. */
const HEAD_LENGTH = 64_000;
/** A longer statement is data, whatever it begins with. */
const LONGEST_STATEMENT = 100_000;
/** Past so many lines their numbers are no longer kept: an index of them would take more memory than the schema. */
const MOST_LINES = 4_000_000;

const SPECIAL = new Uint8Array(128);
for (const char of '\'"`;$\\-/\n') SPECIAL[char.charCodeAt(0)] = 1;

type Mode = 'code' | 'quote' | 'dollar' | 'line' | 'block' | 'copy' | 'foreign';

/**
 * Reads a dump of any size in chunks and keeps its DDL alone; of everything else only the line breaks are kept, so
 * that what is kept stands on its own lines. It cannot fail, and holds one chunk and the DDL at a time.
 */
export class DumpReducer {
  private readonly kept: string[] = [];
  private lines = 0;
  private text = '';
  /** Where the statement begins that is being read, and how far it was read. */
  private start = 0;
  private at = 0;
  private mode: Mode = 'code';
  private kind: 'open' | 'kept' | 'skipped' = 'open';
  /** What ends the quote, the dollar quote or the foreign text that is being read. */
  private close = '';
  private isEscaped = false;
  private backslashes?: boolean;
  private endsInData = false;
  private gone = '';

  push(chunk: string): void {
    this.text += chunk;
    if (this.backslashes === undefined && this.text.length < HEAD_LENGTH) return;
    this.backslashes ??= MYSQL.test(this.text);
    this.readUpTo(LOOK_AHEAD);
  }

  /** The DDL, with line breaks for what was left out. */
  end(): string {
    this.backslashes ??= MYSQL.test(this.text);
    this.readUpTo(0);
    if (this.kind === 'kept') this.kept.push(this.text.slice(this.start));
    return this.kept.join('');
  }

  /** Reads on to so many characters before the end; what has been read is let go of meanwhile. */
  private readUpTo(rest: number): void {
    while (this.at < this.text.length - rest) this.step(this.text.length - rest);
    this.release();
  }

  private step(limit: number): void {
    switch (this.mode) {
      case 'code':
        return this.code(limit);
      case 'quote':
        return this.quoted(limit);
      case 'line':
        return this.skipTo('\n', 0, limit);
      case 'block':
        return this.skipTo('*/', 2, limit);
      case 'dollar':
        return this.skipTo(this.close, this.close.length, limit);
      case 'copy':
        return this.skipTo('\n\\.', 3, limit);
      case 'foreign':
        return this.skipForeign(limit);
    }
  }

  /** MySQL's routines stand between two changes of the delimiter. */
  private skipForeign(limit: number): void {
    USUAL_DELIMITER.lastIndex = this.at;
    const found = USUAL_DELIMITER.exec(this.text);
    if (found === null || found.index >= limit) this.at = limit;
    else {
      this.at = found.index + found[0].length;
      this.mode = 'code';
    }
  }

  private code(limit: number): void {
    const { text } = this;
    let at = this.at;
    while (at < limit) {
      const code = text.charCodeAt(at);
      if (this.kind === 'open' && code > 32 && !isCommentAt(text, at)) return this.begin(at);
      if (this.kind === 'open' && text[at] === '#') {
        this.at = at;
        this.mode = 'line';
        return;
      }
      if (code < 128 && SPECIAL[code] === 1) break;
      at++;
    }
    this.at = at;
    if (at < limit) this.special(text[at]!, at);
  }

  /** Decides by its first words what becomes of a statement. */
  private begin(at: number): void {
    const head = this.text.slice(at, at + LOOK_AHEAD);
    this.skipUpTo(at);
    this.at = 0;
    const delimiter = DELIMITER.exec(head);
    if (delimiter !== null || head.startsWith('\\')) {
      this.mode = delimiter !== null && delimiter[1] !== ';' ? 'foreign' : 'line';
      return;
    }
    this.kind = KEPT.test(head) ? 'kept' : 'skipped';
    this.endsInData = COPY_FROM_INPUT.test(head);
  }

  private special(char: string, at: number): void {
    const next = this.text[at + 1];
    this.at = at + 1;
    switch (char) {
      case ';':
        return this.endStatement();
      case "'":
      case '"':
      case '`':
        this.mode = 'quote';
        this.close = char;
        this.isEscaped = char !== '`' && (this.backslashes === true || (char === "'" && /(?:^|[^\w$])[eE]$/.test(this.before(at))));
        return;
      case '-':
        if (next === '-') this.mode = 'line';
        return;
      case '/':
        if (next === '*') this.mode = 'block';
        return;
      case '$': {
        const tag = /[\w$]$/.test(this.before(at)) ? undefined : DOLLAR_QUOTE.exec(this.text.slice(at, at + 80))?.[0];
        if (tag === undefined) return;
        this.mode = 'dollar';
        this.close = tag;
        this.at = at + tag.length;
      }
    }
  }

  private quoted(limit: number): void {
    const { text, close } = this;
    for (let at = this.at; at < limit; at++) {
      const char = text[at];
      if (char === '\\' && this.isEscaped) at++;
      else if (char === close) {
        if (text[at + 1] !== close) {
          this.at = at + 1;
          this.mode = 'code';
          return;
        }
        at++;
      }
      this.at = at + 1;
    }
    this.at = Math.max(this.at, limit);
  }

  /** Goes on behind a mark, or as far as has been read. */
  private skipTo(mark: string, length: number, limit: number): void {
    const found = this.text.indexOf(mark, this.at);
    if (found === -1 || found >= limit) {
      this.at = limit;
      return;
    }
    this.at = found + length;
    this.mode = 'code';
  }

  private endStatement(): void {
    if (this.kind === 'kept') {
      this.keep(this.text.slice(this.start, this.at));
      this.gone = this.before(this.at);
      this.text = this.text.slice(this.at);
      this.start = this.at = 0;
    } else this.skipUpTo(this.at);
    this.mode = this.endsInData ? 'copy' : 'code';
    this.kind = 'open';
    this.endsInData = false;
    this.at = 0;
  }

  /** Lets go of what was read and is not kept. */
  private release(): void {
    if (this.kind === 'kept' && this.at - this.start > LONGEST_STATEMENT) this.kind = 'skipped';
    if (this.kind !== 'kept') this.skipUpTo(this.at);
    if (this.kind !== 'kept') this.at = 0;
  }

  /** The two characters before a place, which may have been let go of. */
  private before(at: number): string {
    return at >= 2 ? this.text.slice(at - 2, at) : (this.gone + this.text.slice(0, at)).slice(-2);
  }

  private skipUpTo(end: number): void {
    let breaks = 0;
    for (let at = this.text.indexOf('\n', this.start); at !== -1 && at < end; at = this.text.indexOf('\n', at + 1)) breaks++;
    if (breaks > 0) this.keep(this.lines + breaks > MOST_LINES ? '\n' : '\n'.repeat(breaks));
    this.lines += breaks;
    this.gone = this.before(end);
    this.text = this.text.slice(end);
    this.start = 0;
  }

  /** A copy: a part of a string keeps the whole of it in memory, and a chunk is large. */
  private keep(text: string): void {
    this.kept.push(Buffer.from(text, 'utf16le').toString('utf16le'));
  }
}

/** The DDL of a dump that is in memory already. */
export function reduceDump(text: string): string {
  const reducer = new DumpReducer();
  reducer.push(text);
  return reducer.end();
}

function isCommentAt(text: string, at: number): boolean {
  return text.startsWith('--', at) || text.startsWith('/*', at) || text[at] === '#';
}
