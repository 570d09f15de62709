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

const SLASH = 47;
const DASH = 45;
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff;

function kindOf(text: string, first: number): TokenKind {
  const last = text.charCodeAt(text.length - 1);
  if (isWordStart(first)) {
    if (text === HOLE) return 'hole';
    // A letter may be the prefix of a string or of a quoted name.
    const quote = text.length > 1 && first < 128 ? /^(?:[a-z]|u&)(['"])/i.exec(text)?.[1] : undefined;
    return quote === undefined ? 'word' : quote === "'" ? 'string' : 'quoted';
  }
  if (first === QUOTE) return 'string';
  if (first === DOUBLE_QUOTE || first === BACKTICK) return 'quoted';
  if (isDigit(first) || (text.length > 1 && isDigit(last) && text[0] === '.')) return 'number';
  if (first !== DOLLAR || text.length === 1) return 'symbol';
  return isDigit(text.charCodeAt(1)) ? 'parameter' : 'string';
}

const QUOTE = 39;
const DOUBLE_QUOTE = 34;
const BACKTICK = 96;
const DOLLAR = 36;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isWordStart = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 128 && code !== 0xa0 && code !== 0xfeff);

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
