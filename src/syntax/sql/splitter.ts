import { endOfComment } from './tokens';

/** What a line can begin with that is no statement: MySQL's DELIMITER, T-SQL's GO, MySQL's comment. */
const LINE_COMMAND = /[ \t]*(?:delimiter[ \t]+\S+|go)[ \t]*(?=\r?\n|\r?$)|[ \t]*#(?![>-])/iy;
/** The characters at which something can end a statement or hide its end; a line's end, because of what can follow it. */
const SPECIAL = new Uint8Array(128);
for (const char of '\'"`;$\\-/\n') SPECIAL[char.charCodeAt(0)] = 1;
/** What a line's command begins with, once spaces are skipped. */
const COMMAND_START = /[dDgG# \t]/;
const COMPOUND = /^\s*create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?(?:definer\s*=\s*\S+\s+)?(?:trigger|procedure|function|event)\b/i;
const COPY_DATA = /^\s*copy\b[^;]*\bfrom\s+(?:stdin|stdout)\b/i;

export interface StatementSpan {
  /** Where the comments before the statement begin. */
  readonly start: number;
  /** The statement's first word. */
  readonly first: number;
  /** Without the terminator and white space before it. */
  readonly end: number;
}

/**
 * The statements of a script, without their terminators.
 * Understands quotes, dollar quotes, nested comments, psql's meta-commands and COPY data,
 * MySQL's DELIMITER, T-SQL's GO, and BEGIN ... END bodies of triggers and routines.
 */
export function splitStatements(script: string): StatementSpan[] {
  return new Splitter(script).run();
}

/** MySQL reads a backslash as an escape in every string, PostgreSQL and SQLite only after E. */
export function hasBackslashEscapes(script: string): boolean {
  return script.includes('\\') && /^[^\n']*`|\bENGINE\s*=|\bAUTO_INCREMENT\b/im.test(script);
}

class Splitter {
  private readonly spans: StatementSpan[] = [];
  private readonly backslashes: boolean;
  private start = 0;
  private delimiter = ';';

  constructor(private readonly script: string) {
    this.backslashes = hasBackslashEscapes(script);
  }

  run(): StatementSpan[] {
    const { script } = this;
    let at = this.afterLineStart(0);
    while (at < script.length) {
      const code = script.charCodeAt(at);
      at = code < 128 && SPECIAL[code] === 1 ? this.after(script[at]!, at) : at + 1;
    }
    this.end(script.length, script.length);
    return this.spans;
  }

  /** Handles what stands at `at` and returns the offset to go on from. */
  private after(mark: string, at: number): number {
    switch (mark) {
      case '\n':
        return this.afterLineStart(at + 1);
      case '-':
        return this.script[at + 1] === '-' ? this.endOfLine(at) : at + 1;
      case '/':
        return this.script[at + 1] === '*' ? endOfComment(this.script, at) : at + 1;
      case "'":
        return this.endOfQuote("'", at, this.backslashes || this.hasEscapePrefix(at));
      case '"':
        return this.endOfQuote('"', at, this.backslashes);
      case '`':
        return this.endOfQuote('`', at, false);
      case '$':
        return this.endOfDollarQuote(at);
      case '\\':
        return this.endOfMetaCommand(at);
      default:
        return this.delimiter === ';' ? this.endStatement(at) : at + 1;
    }
  }

  private afterLineStart(at: number): number {
    if (!COMMAND_START.test(this.script[at] ?? '')) return at;
    LINE_COMMAND.lastIndex = at;
    const command = LINE_COMMAND.exec(this.script)?.[0];
    if (command === undefined) return at;
    const word = command.trim().toLowerCase();
    if (word.startsWith('delimiter')) return this.changeDelimiter(command.trim().slice('delimiter'.length).trim(), at, at + command.length);
    if (word === 'go') return this.end(at, at + command.length);
    return this.endOfLine(at);
  }

  private endStatement(at: number): number {
    const first = offsetOfFirstWord(this.script, this.start);
    // Only CREATE and COPY may go on behind a semicolon.
    if (first >= at || !/[cC]/.test(this.script[first]!)) return this.end(at, at + 1, first);
    const text = this.script.slice(first, at);
    if (COMPOUND.test(text) && isOpenBlock(text)) return at + 1;
    if (!COPY_DATA.test(text)) return this.end(at, at + 1, first);
    const data = /^\\\.[ \t]*\r?$/m.exec(this.script.slice(at));
    return this.end(at, data === null ? this.script.length : at + data.index + data[0].length, first);
  }

  /** Records the statement before `end`, if there is one, and begins the next at `next`. */
  private end(end: number, next: number, first = offsetOfFirstWord(this.script, this.start)): number {
    let last = end;
    while (last > first && /\s/.test(this.script[last - 1]!)) last--;
    if (first < last) this.spans.push({ start: this.start, first, end: last });
    this.start = next;
    return next;
  }

  private endOfQuote(quote: string, at: number, backslashes: boolean): number {
    const script = this.script;
    if (!backslashes) return endOfDoubling(script, quote, at);
    for (let i = at + 1; i < script.length; i++) {
      const char = script[i];
      if (char === '\\') i++;
      else if (char === quote) {
        if (script[i + 1] !== quote) return i + 1;
        i++;
      }
    }
    return script.length;
  }

  private hasEscapePrefix(at: number): boolean {
    return /(?:^|[^\w$])[eE]$/.test(this.script.slice(Math.max(0, at - 2), at));
  }

  private endOfDollarQuote(at: number): number {
    // MySQL scripts choose $$ as their delimiter, which is no quote there.
    if (this.delimiter !== ';' || /[\w$]/.test(this.script[at - 1] ?? '')) return this.ifDelimiter(at) ?? at + 1;
    const tag = /^\$(?:[A-Za-z_\x80-\uFFFF][\w\x80-\uFFFF]*)?\$/.exec(this.script.slice(at, at + 70))?.[0];
    if (tag === undefined) return at + 1;
    const close = this.script.indexOf(tag, at + tag.length);
    return close === -1 ? this.script.length : close + tag.length;
  }

  private ifDelimiter(at: number): number | undefined {
    return this.delimiter !== ';' && this.script.startsWith(this.delimiter, at) ? this.end(at, at + this.delimiter.length) : undefined;
  }

  /** A psql command takes its line. Within a statement it (\g, \gexec, \crosstabview) also ends the statement. */
  private endOfMetaCommand(at: number): number {
    const lineEnd = this.endOfLine(at);
    return /^\\[a-z!?.]/i.test(this.script.slice(at, at + 2)) ? this.end(at, lineEnd) : at + 1;
  }

  /** Any other delimiter than `;` and `$$` is found here, by cutting the text up to the next DELIMITER line. */
  private changeDelimiter(delimiter: string, at: number, next: number): number {
    this.end(at, next);
    this.delimiter = delimiter || ';';
    if (this.delimiter === ';' || this.delimiter.startsWith('$')) return next;
    const rest = /^[ \t]*delimiter[ \t]/im.exec(this.script.slice(next));
    const stop = rest === null ? this.script.length : next + rest.index;
    for (let i = this.script.indexOf(this.delimiter, next); i !== -1 && i < stop; i = this.script.indexOf(this.delimiter, this.start)) {
      this.end(i, i + this.delimiter.length);
    }
    return this.afterLineStart(stop);
  }

  private endOfLine(at: number): number {
    const line = this.script.indexOf('\n', at);
    return line === -1 ? this.script.length : line;
  }
}

/** A quote inside its own quotes is doubled. */
function endOfDoubling(script: string, quote: string, at: number): number {
  for (let i = script.indexOf(quote, at + 1); i !== -1; i = script.indexOf(quote, i + 2)) {
    if (script[i + 1] !== quote) return i + 1;
  }
  return script.length;
}

/** A body of BEGIN ... END that has not ended; one in dollar quotes is past its end here, and ends with its quote. */
function isOpenBlock(routine: string): boolean {
  return /\bbegin\b/i.test(routine) && !/\$\w*\$/.test(routine) && !/\bend\b\s*\w*\s*$/i.test(routine);
}

/** The offset of the first thing that is neither white space nor a comment. */
export function offsetOfFirstWord(text: string, from = 0): number {
  let at = from;
  for (;;) {
    BEFORE_STATEMENT.lastIndex = at;
    BEFORE_STATEMENT.test(text);
    const skipped = BEFORE_STATEMENT.lastIndex;
    if (text.startsWith('/*', skipped)) at = endOfComment(text, skipped);
    else return skipped;
  }
}

const BEFORE_STATEMENT = /(?:\s+|--[^\n]*|#[^\n]*)*/y;
