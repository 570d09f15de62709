import { ts } from 'ts-morph';
import { parseCondition, parseEmbeddedSql, type EmbeddedPiece } from '../sql/embedded';
import type { SqlStatement } from '../sql/statement';
import { boundValues } from './boundValues';
import type { TypeScriptFile } from './file';
import { unwrap } from './nodes';

const Kind = ts.SyntaxKind;
const {
  isBinaryExpression, isClassElement, isIdentifier, isNoSubstitutionTemplateLiteral, isParenthesizedExpression, isPropertyAccessExpression, isStatement,
  isStringLiteral, isTaggedTemplateExpression, isTemplateExpression, isVariableDeclaration,
} = ts;

type TextNode = ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail;

/** Kinds at which a string begins; parts of a concatenation are read at its outermost `+`. */
export const STRING_KINDS: readonly ts.SyntaxKind[] = [
  Kind.StringLiteral,
  Kind.NoSubstitutionTemplateLiteral,
  Kind.TemplateExpression,
];

/** The shortest statement worth reading is longer than this. */
const SHORTEST_STATEMENT = 12;

/** The SQL statements in a string, template or concatenation; empty for any other text. */
export function sqlIn(node: ts.Expression, file: TypeScriptFile): readonly SqlStatement[] {
  if (node.end - node.pos < SHORTEST_STATEMENT || !mayBeginSql(node, file)) return [];
  const pieces = piecesOf(node, file.source);
  return pieces ? parseEmbeddedSql(pieces, file.lines, () => boundValues(node, file.source)) : [];
}

/**
 * The condition in a string or tagged template that a query builder puts behind WHERE; undefined where it is none.
 * An interpolated `table.column` of an imported table is that column, and anything else a value. With `compared`
 * the text is one side of a comparison.
 */
export function conditionIn(node: ts.Expression, file: TypeScriptFile, compared = false): SqlStatement | undefined {
  const text = unwrap(node);
  const pieces = piecesOf(isTaggedTemplateExpression(text) ? text.template : text, file.source, (hole) => columnName(hole, file));
  if (pieces === undefined) return undefined;
  const end = node.getEnd();
  return parseCondition(compared ? [...pieces, { kind: 'text', text: ' = 1', toDocument: () => end }] : pieces, file.lines);
}

/** `users.email` of an imported table, or of one that this file declares at its top. */
function columnName(hole: ts.Expression, file: TypeScriptFile): string | undefined {
  const node = unwrap(hole);
  if (!isPropertyAccessExpression(node) || !isIdentifier(node.expression)) return undefined;
  const name = node.expression.text;
  const declaration = file.scopes.resolve(node.expression)?.node;
  const isTable = file.imports.has(name) || (declaration !== undefined && isVariableDeclaration(declaration) && declaration.parent.parent.parent === file.source);
  return isTable ? `${name}.${node.name.text}` : undefined;
}

/** Nearly every string is no SQL, and its first word tells before anything is built. */
const SQL_BEGINS = /^["'`][\s(]*(?:\\[nrt]|select|with|insert|replace|update|delete|create|alter|drop|--|\/\*)/i;

function mayBeginSql(node: ts.Expression, file: TypeScriptFile): boolean {
  const start = node.getStart(file.source);
  return SQL_BEGINS.test(file.text.slice(start, start + 80)) || file.text[start] === '(';
}

/** The outermost concatenation around a literal that is its first part, or the literal itself. */
export function wholeString(literal: ts.Expression): ts.Expression | undefined {
  let node: ts.Expression = literal;
  for (;;) {
    const parent: ts.Node = node.parent;
    if (isParenthesizedExpression(parent)) {
      node = parent;
    } else if (isBinaryExpression(parent) && parent.operatorToken.kind === Kind.PlusToken) {
      // Only the leftmost literal speaks for the concatenation; the others are parts of it.
      if (parent.left !== node) return undefined;
      node = parent;
    } else {
      return node;
    }
  }
}

/** The zero-based lines at which the expressions around a string begin, up to the statement or class member that holds it. */
export function linesAround(string: ts.Expression, file: TypeScriptFile): readonly number[] {
  const lines = new Set<number>();
  for (let at: ts.Node | undefined = string; at !== undefined; at = isStatement(at) || isClassElement(at) ? undefined : at.parent) lines.add(file.lineOf(at));
  return [...lines];
}

/** `nameOf` gives the SQL that an interpolation stands for, where that is known. */
function piecesOf(expression: ts.Expression, source: ts.SourceFile, nameOf: (hole: ts.Expression) => string | undefined = () => undefined): EmbeddedPiece[] | undefined {
  const node = unwrap(expression);
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return [textPiece(node, source)];
  if (isTemplateExpression(node)) {
    const pieces: EmbeddedPiece[] = [textPiece(node.head, source)];
    for (const span of node.templateSpans) {
      pieces.push(holePiece(span.expression, source, nameOf(span.expression)), textPiece(span.literal, source));
    }
    return pieces;
  }
  if (isBinaryExpression(node) && node.operatorToken.kind === Kind.PlusToken) {
    const left = piecesOf(node.left, source, nameOf);
    if (!left) return undefined;
    return [...left, ...(piecesOf(node.right, source, nameOf) ?? [holePiece(node.right, source)])];
  }
  return undefined;
}

function holePiece(expression: ts.Expression, source: ts.SourceFile, name?: string): EmbeddedPiece {
  const span = { start: expression.getStart(source), end: expression.end };
  return name === undefined ? { kind: 'hole', span } : { kind: 'text', text: name, toDocument: (offset) => (offset < name.length ? span.start : span.end) };
}

function textPiece(node: TextNode, source: ts.SourceFile): EmbeddedPiece {
  const begin = node.getStart(source) + 1;
  const raw = source.text.slice(begin, node.end);
  if (raw.startsWith(node.text)) return { kind: 'text', text: node.text, toDocument: (offset) => begin + offset };
  const offsets = cookedOffsets(raw, node.text.length);
  return { kind: 'text', text: node.text, toDocument: (offset) => begin + (offsets[Math.min(offset, offsets.length - 1)] ?? 0) };
}

/** For each cooked character, where it begins in the raw text between the quotes. */
function cookedOffsets(raw: string, cookedLength: number): number[] {
  const offsets: number[] = [];
  let at = 0;
  while (offsets.length < cookedLength && at < raw.length) {
    const length = escapeLength(raw, at);
    const isLineContinuation = raw[at] === '\\' && /[\r\n\u2028\u2029]/.test(raw[at + 1] ?? '');
    if (!isLineContinuation) offsets.push(at);
    // A template's \r\n is cooked to one \n.
    at += raw[at] === '\r' && raw[at + 1] === '\n' ? 2 : length;
  }
  offsets.push(at);
  return offsets;
}

function escapeLength(raw: string, at: number): number {
  if (raw[at] !== '\\') return 1;
  const rest = raw.slice(at);
  return /^\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|u\{[\da-fA-F]+\}|\r\n|[\s\S])/.exec(rest)?.[0].length ?? 1;
}
