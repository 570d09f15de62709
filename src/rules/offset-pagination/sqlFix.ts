import type { Fix, Match } from '../../core/rule';
import { applyEdits, type SpanEdit } from '../../core/text';
import { parseNormalised } from '../../syntax/sql/normalise';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import type { Token } from '../../syntax/sql/tokens';
import { Clauses, sortKeys } from './clauses';
import { boundParameters, ownParameters, placeholderLength } from './keyParameters';
import type { Facts } from './rule';

/** What would end a string of the host language, or mean something else in it. */
const ENDS_STRING = /['"`\\\n{}]/;

/**
 * Rewrites a page by offset into one that continues after the last row, where that can be written honestly: a plain
 * query of one table, sorted in one direction up to a unique column, whose offset is a parameter; in program code
 * together with the values that are bound to it.
 */
export function keysetFix(_match: Match<Facts>, node: SqlNode, statement: SqlStatement): Fix | undefined {
  if (node !== statement.root || !isPlainQuery(node)) return undefined;
  const keys = sortKeys(node, statement);
  if (keys === undefined) return undefined;
  const clauses = new Clauses(statement.tokens);
  const parameters = statement.embedded ? boundParameters(clauses, keys, statement) : ownParameters(clauses, keys);
  if (parameters === undefined) return undefined;
  const descending = node.first('sortClause')!.as('SortBy')!.sortby_dir === 'SORTBY_DESC';
  const condition = `${row(keys.map(({ text }) => text))} ${descending ? '<' : '>'} ${row(parameters.names)}`;
  const edits = editsFor(clauses, condition, node.first('whereClause'));
  if (edits === undefined || !canBePlaced(edits, statement) || parseNormalised(applyEdits(statement.text, edits), false) === undefined) return undefined;
  const columns = keys.map(({ column }) => column).join(' and ');
  return {
    title: 'Continue after the last row instead of skipping rows',
    kind: 'suggestion',
    edits: [...edits.map((edit) => ({ ...statement.documentSpan(edit), newText: edit.newText })), ...parameters.edits],
    caveat: statement.embedded
      ? `\`last\` is the last row of the page before and has to be passed in instead of the offset, with its ${columns}, which the query must return and which must not be NULL. The first page has no such row, and page numbers are gone.`
      : `The parameters change: instead of the offset the caller passes ${columns} of the last row it has, which the query must return and which must not be NULL. The first page has no such row, and page numbers are gone.`,
  };
}

const row = (items: readonly string[]): string => (items.length === 1 ? items[0]! : `(${items.join(', ')})`);

/** In a string the text must stand as it is read, and what is put in must not end the string. */
function canBePlaced(edits: readonly SpanEdit[], statement: SqlStatement): boolean {
  return !statement.embedded || edits.every((edit) => statement.isVerbatim(edit) && !ENDS_STRING.test(edit.newText));
}

function isPlainQuery(node: SqlNode): boolean {
  const select = node.as('SelectStmt')!;
  const [source, ...others] = node.in('fromClause');
  const isReduced = [select.groupClause, select.havingClause, select.distinctClause, select.windowClause, select.withClause].some((clause) => clause !== undefined);
  return source?.tag === 'RangeVar' && others.length === 0 && !isReduced;
}

function editsFor(clauses: Clauses, condition: string, where: SqlNode | undefined): SpanEdit[] | undefined {
  const { tokens } = clauses;
  const [order, offset, whereAt] = [clauses.indexOf('order'), clauses.indexOf('offset'), clauses.indexOf('where')];
  if (order < 0 || offset < order || (where !== undefined && whereAt < 0)) return undefined;
  const orderStart = tokens[order]!.start;
  const isAlternative = where?.as('BoolExpr')?.boolop === 'OR_EXPR';
  const edits: SpanEdit[] = [];
  if (where === undefined) edits.push({ start: orderStart, end: orderStart, newText: `WHERE ${condition} ` });
  else {
    const whereEnd = tokens[order - 1]!.end;
    if (isAlternative) edits.push({ start: tokens[whereAt + 1]!.start, end: tokens[whereAt + 1]!.start, newText: '(' });
    edits.push({ start: whereEnd, end: whereEnd, newText: `${isAlternative ? ')' : ''} AND ${condition}` });
  }
  const last = lastOfOffset(tokens, offset);
  edits.push({ start: tokens[offset - 1]!.end, end: tokens[last]!.end, newText: '' });
  return edits;
}

/** `OFFSET $1`, `OFFSET ?`, `OFFSET :skip ROWS`. */
function lastOfOffset(tokens: readonly Token[], offset: number): number {
  const isNumbered = tokens[offset + 1]!.kind === 'parameter';
  const operand = offset + (isNumbered ? 1 : placeholderLength(tokens, offset + 1) || 2);
  return /^rows?$/.test(tokens[operand + 1]?.text ?? '') ? operand + 1 : operand;
}
