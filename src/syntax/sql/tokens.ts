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

const SLASH = 47;
const DASH = 45;
const DOLLAR = 36;
const QUOTE = 39;
const DOUBLE_QUOTE = 34;
const BACKTICK = 96;
const AMPERSAND = 38;

/** One token, white space or comment; which of them its first characters tell. */
const TOKEN =
  /\s+|--[^\n]*|\/\*|[eE]'(?:[^'\\]|''|\\[^])*'?|(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'?|\$([A-Za-z_\x80-\uDFFF][\w\x80-\uDFFF]*)?\$[^]*?(?:\$\1\$|$)|\$\d+|(?:[uU]&)?"(?:[^"]|"")*"?|`(?:[^`]|``)*`?|[A-Za-z_\x80-\uFFFF][\w$\x80-\uFFFF]*|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+|::|:=|\|\||->>|->|#>>|#>|@>|<@|@@|@\?|\?\|(?!\|)|\?&|<=|>=|<>|!=|[^]/y;

/** The same with backslash escapes in every string, as MySQL reads them. */
const BACKSLASH_TOKEN = new RegExp(
  TOKEN.source.replace("'(?:[^']|'')*'?", "'(?:[^'\\\\]|''|\\\\[^])*'?").replace('"(?:[^"]|"")*"?', '"(?:[^"\\\\]|""|\\\\[^])*"?'),
  'y',
);

/** Splits SQL into tokens. It cannot fail: what no dialect knows becomes a symbol, an open string ends with the text. */
export function tokenise(sql: string, backslashEscapes = false): Token[] {
  const pattern = backslashEscapes ? BACKSLASH_TOKEN : TOKEN;
  const tokens: Token[] = [];
  let start = 0;
  while (start < sql.length) {
    pattern.lastIndex = start;
    pattern.test(sql);
    let end = pattern.lastIndex;
    const first = sql.charCodeAt(start);
    if (first === SLASH && end === start + 2) end = endOfComment(sql, start);
    else if (!isSpace(first) && !(first === DASH && sql.charCodeAt(start + 1) === DASH)) {
      const text = sql.slice(start, end);
      const kind = kindOf(text, first);
      tokens.push({ kind, text: kind === 'word' ? text.toLowerCase() : text, start, end });
    }
    start = end;
  }
  return tokens;
}

function kindOf(text: string, first: number): TokenKind {
  const last = text.charCodeAt(text.length - 1);
  if (isWordStart(first)) return text === HOLE ? 'hole' : kindOfWord(text);
  if (first === QUOTE) return 'string';
  if (first === DOUBLE_QUOTE || first === BACKTICK) return 'quoted';
  if (isDigit(first) || (text.length > 1 && isDigit(last) && text[0] === '.')) return 'number';
  if (first !== DOLLAR || text.length === 1) return 'symbol';
  return isDigit(text.charCodeAt(1)) ? 'parameter' : 'string';
}

/** A letter may be the prefix of a string or of a quoted name: E'...', U&"...". */
function kindOfWord(text: string): TokenKind {
  const quote = text.charCodeAt(1) === AMPERSAND ? text.charCodeAt(2) : text.charCodeAt(1);
  if (quote === QUOTE) return 'string';
  return quote === DOUBLE_QUOTE ? 'quoted' : 'word';
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
