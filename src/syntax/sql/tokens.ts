/** `hole` stands for an interpolated expression of the host language. Comments and white space yield no tokens. */
export type TokenKind = 'word' | 'string' | 'quoted' | 'number' | 'parameter' | 'hole' | 'symbol';

export interface Token {
  readonly kind: TokenKind;
  /** Lower case for words; as written for everything else. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Stands for one interpolated expression; a private-use character, so that no real SQL contains it. */
export const HOLE = '\uE000';

const DASH = 45;
const SLASH = 47;
const QUOTE = 39;

/** What begins with neither a letter nor white space. */
const OTHER =
  /--[^\n]*|\/\*|'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`(?:[^`]|``)*`?|\$([A-Za-z_\x80-\uDFFF][\w\x80-\uDFFF]*)?\$[^]*?(?:\$\1\$|$)|\$\d+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+|::|:=|\|\||->>|->|#>>|#>|@>|<@|@@|@\?|\?\|(?!\|)|\?&|<=|>=|<>|!=|[^]/y;
/** The same with backslash escapes in every string, as MySQL reads them. */
const OTHER_WITH_BACKSLASHES = new RegExp(
  OTHER.source.replace("'(?:[^']|'')*'?", "'(?:[^'\\\\]|''|\\\\[^])*'?").replace('"(?:[^"]|"")*"?', '"(?:[^"\\\\]|""|\\\\[^])*"?'),
  'y',
);
const ESCAPED_STRING = /'(?:[^'\\]|''|\\[^])*'?/y;

/** Splits SQL into tokens. It cannot fail: what no dialect knows becomes a symbol, an open string ends with the text. */
export function tokenise(sql: string, backslashEscapes = false): Token[] {
  const other = backslashEscapes ? OTHER_WITH_BACKSLASHES : OTHER;
  const tokens: Token[] = [];
  let start = 0;
  while (start < sql.length) {
    const first = sql.charCodeAt(start);
    let end = start + 1;
    if (isSpace(first)) {
      while (isSpace(sql.charCodeAt(end))) end++;
    } else if (isWordStart(first)) {
      while (isWordPart(sql.charCodeAt(end))) end++;
      if (sql.charCodeAt(end) === QUOTE && end === start + 1) {
        end = matchEnd(/[eE]/.test(sql[start]!) ? ESCAPED_STRING : other, sql, end);
        tokens.push({ kind: 'string', text: sql.slice(start, end), start, end });
      } else {
        const text = sql.slice(start, end);
        tokens.push({ kind: text === HOLE ? 'hole' : 'word', text: text.toLowerCase(), start, end });
      }
    } else {
      end = matchEnd(other, sql, start);
      if (first === SLASH && end === start + 2) end = endOfComment(sql, start);
      else if (first !== DASH || sql.charCodeAt(start + 1) !== DASH) {
        const text = sql.slice(start, end);
        tokens.push({ kind: kindOf(text), text, start, end });
      }
    }
    start = end;
  }
  return tokens;
}

function matchEnd(pattern: RegExp, sql: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(sql);
  return pattern.lastIndex;
}

function kindOf(text: string): TokenKind {
  switch (text[0]) {
    case "'":
      return 'string';
    case '"':
    case '`':
      return 'quoted';
    case '$':
      return text.length === 1 ? 'symbol' : isDigit(text.charCodeAt(1)) ? 'parameter' : 'string';
    case '.':
      return text.length > 1 ? 'number' : 'symbol';
    default:
      return isDigit(text.charCodeAt(0)) ? 'number' : 'symbol';
  }
}

/** The offset behind a block comment that begins at `start`; PostgreSQL nests them. */
export function endOfComment(sql: string, start: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start + 2;
  for (let depth = 1; depth > 0; ) {
    const found = mark.exec(sql);
    if (found === null) return sql.length;
    depth += found[0] === '/*' ? 1 : -1;
  }
  return mark.lastIndex;
}

/** The index of the token that closes the bracket at `open`, or the last token where it stays open. */
export function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const { kind, text } = tokens[i]!;
    if (kind !== 'symbol') continue;
    if (text === '(' || text === '[') depth++;
    else if ((text === ')' || text === ']') && --depth === 0) return i;
  }
  return tokens.length - 1;
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128;
}

function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code) || code === 36;
}
