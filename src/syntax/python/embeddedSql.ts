import { parseEmbeddedSql } from '../sql/embedded';
import type { Span } from '../../core/text';
import type { SqlStatement } from '../sql/statement';
import { argumentsOf, calleeOf, itemsOf, memberOf, operatorOf } from './expressions';
import type { PythonFile } from './file';
import type { PythonNode } from './node';
import { stringPieces } from './strings';

/** The shortest statement worth reading is longer than this. */
const SHORTEST_STATEMENT = 12;
/** Prefix, quote, white space as written or escaped, then a verb or a comment. Tried on the source, before anything is unquoted. */
const BEGINS_LIKE_SQL = /[a-zA-Z]{0,2}(?:"""|'''|"|')(?:\s|\\[nrt\n]|\()*(?:--|\/\*|select\b|with\b|insert\b|replace\b|update\b|delete\b|create\b|alter\b|drop\b)/iy;

/** Kinds at which a string begins. */
export const STRING_KINDS = ['String', 'FormatString', 'ContinuedString'] as const;

/** Whether the literal at a row begins like a statement; cheap, because it is asked for every string of a file. */
export function mayHoldSql(text: string, start: number, end: number): boolean {
  if (end - start < SHORTEST_STATEMENT) return false;
  BEGINS_LIKE_SQL.lastIndex = start;
  return BEGINS_LIKE_SQL.test(text);
}

/** The SQL statements in a string expression; empty for any other expression. */
export function sqlIn(expression: PythonNode, file: PythonFile): readonly SqlStatement[] {
  const pieces = stringPieces(expression);
  return pieces === undefined ? [] : parseEmbeddedSql(pieces, file.lines, () => boundValues(expression));
}

/** The places of the values in `execute(sql, [a, b])` and `execute(sql, (a, b))`; undefined where they are not written out one by one. */
function boundValues(string: PythonNode): readonly Span[] | undefined {
  const call = string.parent?.kind === 'ArgList' ? string.parent.parent : undefined;
  const [sql, values] = call?.kind === 'CallExpression' ? argumentsOf(call) : [];
  if (sql?.value !== string || values === undefined || values.unpacks !== undefined) return undefined;
  if (values.value.kind !== 'ArrayExpression' && values.value.kind !== 'TupleExpression') return undefined;
  return itemsOf(values.value)?.map(({ start, end }) => ({ start, end }));
}

/**
 * The outermost string expression that a literal is the beginning of: a concatenation, or the
 * template of `%` or `.format()`. Undefined for docstrings and for later parts of a concatenation.
 */
export function wholeString(literal: PythonNode): PythonNode | undefined {
  let node = literal;
  for (;;) {
    const parent = node.parent;
    if (parent === undefined || parent.kind === 'ExpressionStatement' || parent.kind === 'ContinuedString') return undefined;
    if (parent.kind === 'ParenthesizedExpression') {
      node = parent;
    } else if (parent.kind === 'BinaryExpression' && /^[+%]$/.test(operatorOf(parent))) {
      if (parent.firstChild !== node) return undefined;
      node = parent;
    } else if (memberOf(parent)?.name === 'format' && calleeOf(parent.parent!) === parent) {
      node = parent.parent!;
    } else {
      return node;
    }
  }
}

/** The zero-based lines at which the expressions around a string begin, up to the statement that holds it. */
export function linesAround(string: PythonNode, file: PythonFile): readonly number[] {
  const lines = new Set<number>();
  for (let at: PythonNode | undefined = string; at !== undefined && at.kind !== 'Body' && at.kind !== 'Script'; at = at.parent) lines.add(file.lineOf(at));
  return [...lines];
}
