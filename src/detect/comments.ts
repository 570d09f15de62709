import type { Language } from '../core/language';
import type { Span } from '../core/text';

/** A quoted text. One that may not span lines ends with its line, so that a stray quote costs one line only. */
interface Quote {
  readonly open: string;
  readonly close: string;
  readonly spansLines: boolean;
  readonly escape: 'backslash' | 'doubling';
}

interface CommentSyntax {
  readonly line: string;
  readonly block?: { readonly open: string; readonly close: string };
  /** A longer opening stands before a shorter one that it begins with. */
  readonly quotes: readonly Quote[];
  readonly hasRegularExpressions?: boolean;
}

const quote = (open: string, spansLines: boolean, escape: Quote['escape'] = 'backslash'): Quote => ({
  open,
  close: open,
  spansLines,
  escape,
});

const SYNTAX: Readonly<Record<Language, CommentSyntax>> = {
  typescript: {
    line: '//',
    block: { open: '/*', close: '*/' },
    quotes: [quote('"', false), quote("'", false), quote('`', true)],
    hasRegularExpressions: true,
  },
  python: {
    line: '#',
    quotes: [quote('"""', true), quote("'''", true), quote('"', false), quote("'", false)],
  },
  sql: {
    line: '--',
    block: { open: '/*', close: '*/' },
    quotes: [quote("'", true, 'doubling'), quote('"', true, 'doubling')],
  },
};

/** After one of these a slash begins a regular expression and not a division. */
const BEFORE_REGULAR_EXPRESSION = /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield))$/;

/**
 * The spans of a file's comments, in order, without a parser. Quotes, templates and regular
 * expressions are skipped; in text that is none of these (JSX) a mistake ends with the line.
 */
export function findComments(text: string, language: Language): Span[] {
  const syntax = SYNTAX[language];
  const comments: Span[] = [];
  let at = 0;
  while (at < text.length) {
    const comment = commentAt(text, at, syntax);
    if (comment) comments.push(comment);
    at = comment?.end ?? endOfQuote(text, at, syntax) ?? endOfRegularExpression(text, at, syntax) ?? at + 1;
  }
  return comments;
}

function commentAt(text: string, start: number, { line, block }: CommentSyntax): Span | undefined {
  if (text.startsWith(line, start)) {
    return { start, end: endOfLine(text, start) };
  }
  if (block && text.startsWith(block.open, start)) {
    const close = text.indexOf(block.close, start + block.open.length);
    return { start, end: close === -1 ? text.length : close + block.close.length };
  }
  return undefined;
}

function endOfQuote(text: string, start: number, syntax: CommentSyntax): number | undefined {
  const found = syntax.quotes.find(({ open }) => text.startsWith(open, start));
  if (found === undefined) return undefined;
  const limit = found.spansLines ? text.length : endOfLine(text, start);
  let at = start + found.open.length;
  while (at < limit) {
    if (found.escape === 'backslash' && text[at] === '\\') at += 2;
    else if (found.open === '`' && text.startsWith('${', at)) at = endOfSubstitution(text, at + 2, syntax);
    else if (!text.startsWith(found.close, at)) at++;
    else if (found.escape === 'doubling' && text.startsWith(found.close, at + 1)) at += 2;
    else return at + found.close.length;
  }
  // An escaped line break continues a string of one line.
  return !found.spansLines && at > limit ? endOfLine(text, at) : limit;
}

/** The offset after the brace that closes a template's `${`; strings and templates inside are skipped. */
function endOfSubstitution(text: string, start: number, syntax: CommentSyntax): number {
  let depth = 1;
  let at = start;
  while (at < text.length && depth > 0) {
    if (text[at] === '{') depth++;
    if (text[at] === '}') depth--;
    at = endOfQuote(text, at, syntax) ?? at + 1;
  }
  return at;
}

function endOfRegularExpression(text: string, start: number, syntax: CommentSyntax): number | undefined {
  if (!syntax.hasRegularExpressions || text[start] !== '/') return undefined;
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  if (!BEFORE_REGULAR_EXPRESSION.test(text.slice(lineStart, start).trimEnd())) return undefined;
  const body = /^\/(?:\\.|\[(?:\\.|[^\]\\\r\n])*\]|[^/\\[\r\n])+\//.exec(text.slice(start, endOfLine(text, start)));
  return body ? start + body[0].length : undefined;
}

function endOfLine(text: string, offset: number): number {
  for (let at = offset; at < text.length; at++) {
    if (text[at] === '\n' || text[at] === '\r') return at;
  }
  return text.length;
}
