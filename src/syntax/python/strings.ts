import type { EmbeddedPiece } from '../sql/embedded';
import { calleeOf, memberOf, operatorOf, unwrap } from './expressions';
import type { PythonNode } from './node';

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', a: '\x07', '\\': '\\', "'": "'", '"': '"', '\n': '', '\r': '',
};
const ESCAPE = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[0-7]{1,3}|\r\n|[^])/y;
const FORMAT_FIELD = /\{[^{}]*\}/g;

/**
 * The text of a string expression: a literal, an f-string, implicit or `+` concatenation, and the
 * template of `%` and `.format()`. What is interpolated becomes a hole; undefined for anything else.
 */
export function stringPieces(expression: PythonNode): readonly EmbeddedPiece[] | undefined {
  const node = unwrap(expression);
  switch (node.kind) {
    case 'String':
    case 'FormatString':
      return literalPieces(node);
    case 'ContinuedString':
      return node.children.flatMap(literalPieces);
    case 'BinaryExpression':
      return operatorPieces(node);
    case 'CallExpression': {
      const member = memberOf(calleeOf(node));
      const template = member?.name === 'format' ? stringPieces(member.object) : undefined;
      return template?.flatMap(formatFields);
    }
    default:
      return undefined;
  }
}

/** The text of a string expression without interpolations; undefined for any other expression. */
export function literalText(expression: PythonNode | undefined): string | undefined {
  const pieces = expression && stringPieces(expression);
  if (pieces === undefined || pieces.some((piece) => piece.kind === 'hole')) return undefined;
  return pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
}

function operatorPieces(node: PythonNode): readonly EmbeddedPiece[] | undefined {
  const left = node.firstChild;
  const right = node.lastChild;
  if (left === undefined || right === undefined || left === right) return undefined;
  const operator = operatorOf(node);
  if (operator === '%') return stringPieces(left);
  if (operator !== '+') return undefined;
  const before = stringPieces(left);
  const after = stringPieces(right);
  if (before === undefined && after === undefined) return undefined;
  return [...(before ?? [hole(left)]), ...(after ?? [hole(right)])];
}

function hole(node: PythonNode): EmbeddedPiece {
  return { kind: 'hole', span: { start: node.start, end: node.end } };
}

function literalPieces(node: PythonNode): EmbeddedPiece[] {
  const source = node.text;
  const open = /^([a-zA-Z]*)("""|'''|"|')/.exec(source);
  if (open === null) return [];
  const isRaw = /r/i.test(open[1]!);
  const quote = open[2]!;
  const from = node.start + open[0].length;
  const closed = source.length >= open[0].length + quote.length && source.endsWith(quote);
  const to = node.end - (closed ? quote.length : 0);
  const isFormat = node.kind === 'FormatString';
  const pieces: EmbeddedPiece[] = [];
  let at = from;
  for (const field of node.children) {
    if (field.kind !== 'FormatReplacement') continue;
    pieces.push(textPiece(node.tree.text, at, field.start, isRaw, isFormat), hole(field));
    at = field.end;
  }
  pieces.push(textPiece(node.tree.text, at, to, isRaw, isFormat));
  return pieces.filter((piece) => piece.kind === 'hole' || piece.text !== '');
}

function textPiece(source: string, from: number, to: number, isRaw: boolean, isFormat: boolean): EmbeddedPiece {
  const raw = source.slice(from, to);
  if ((isRaw || !raw.includes('\\')) && !(isFormat && /\{\{|\}\}/.test(raw))) {
    return { kind: 'text', text: raw, toDocument: (offset) => from + offset };
  }
  return cookedPiece(raw, from, isRaw, isFormat);
}

function cookedPiece(raw: string, from: number, isRaw: boolean, isFormat: boolean): EmbeddedPiece {
  const parts: string[] = [];
  const offsets: number[] = [];
  let at = 0;
  while (at < raw.length) {
    const { text, length } = nextCharacter(raw, at, isRaw, isFormat);
    for (let i = 0; i < text.length; i++) offsets.push(from + at);
    parts.push(text);
    at += length;
  }
  offsets.push(from + raw.length);
  return { kind: 'text', text: parts.join(''), toDocument: (offset) => offsets[Math.min(offset, offsets.length - 1)]! };
}

function nextCharacter(raw: string, at: number, isRaw: boolean, isFormat: boolean): { text: string; length: number } {
  if (isFormat && (raw.startsWith('{{', at) || raw.startsWith('}}', at))) return { text: raw[at]!, length: 2 };
  if (isRaw || raw[at] !== '\\') return { text: raw[at]!, length: 1 };
  ESCAPE.lastIndex = at;
  const escape = ESCAPE.exec(raw)?.[0];
  return escape === undefined ? { text: '\\', length: 1 } : { text: cook(escape), length: escape.length };
}

function cook(escape: string): string {
  const key = escape[1]!;
  if (Object.hasOwn(SIMPLE_ESCAPES, key)) return SIMPLE_ESCAPES[key]!;
  if (key === 'x' || key === 'u' || key === 'U') return codePoint(parseInt(escape.slice(2), 16));
  if (/[0-7]/.test(key)) return codePoint(parseInt(escape.slice(1), 8));
  return key === 'N' ? '\ufffd' : escape;
}

function codePoint(value: number): string {
  return value >= 0 && value <= 0x10ffff ? String.fromCodePoint(value) : '\ufffd';
}

/** `{}` and `{name!r}` in a template for `.format()` are holes too. */
function formatFields(piece: EmbeddedPiece): EmbeddedPiece[] {
  if (piece.kind === 'hole') return [piece];
  const parts: EmbeddedPiece[] = [];
  let at = 0;
  for (const field of piece.text.matchAll(FORMAT_FIELD)) {
    parts.push(slice(piece, at, field.index));
    at = field.index + field[0].length;
    parts.push({ kind: 'hole', span: { start: piece.toDocument(field.index), end: piece.toDocument(at) } });
  }
  parts.push(slice(piece, at, piece.text.length));
  return parts;
}

function slice(piece: Extract<EmbeddedPiece, { kind: 'text' }>, from: number, to: number): EmbeddedPiece {
  return { kind: 'text', text: piece.text.slice(from, to), toDocument: (offset) => piece.toDocument(from + offset) };
}
