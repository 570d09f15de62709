import type { Fix, Match } from '../../core/rule';
import { applyEdits, type SpanEdit } from '../../core/text';
import { parseNormalised } from '../../syntax/sql/normalise';
import { columnPath } from '../../syntax/sql/query/scope';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import type { Token } from '../../syntax/sql/tokens';
import type { Facts } from './rule';

/** A sort order that ends in one of these names every row. */
const UNIQUE_COLUMN = /^(?:id|uuid|guid|ulid|pk|rowid)$|_(?:id|uuid|guid)$/i;

interface SortKey {
  readonly text: string;
  readonly column: string;
}

/**
 * Rewrites a page by offset into one that continues after the last row, where that can be written honestly:
 * a plain query of one table in a file of SQL, sorted in one direction up to a unique column,
 * whose offset is a single numbered or named parameter. In program code the arguments would have to change too.
 */
export function keysetFix(_match: Match<Facts>, node: SqlNode, statement: SqlStatement): Fix | undefined {
  if (statement.embedded || node !== statement.root || !isPlainQuery(node)) return undefined;
  const keys = sortKeys(node, statement);
  if (keys === undefined) return undefined;
  const clauses = new Clauses(statement.tokens);
  const parameters = keyParameters(clauses, keys);
  if (parameters === undefined) return undefined;
  const descending = node.first('sortClause')!.as('SortBy')!.sortby_dir === 'SORTBY_DESC';
  const condition = `${row(keys.map(({ text }) => text))} ${descending ? '<' : '>'} ${row(parameters)}`;
  const edits = editsFor(clauses, condition, node.first('whereClause'));
  if (edits === undefined || parseNormalised(applyEdits(statement.text, edits), false) === undefined) return undefined;
  const columns = keys.map(({ column }) => column).join(' and ');
  return {
    title: 'Continue after the last row instead of skipping rows',
    kind: 'suggestion',
    edits: edits.map((edit) => ({ ...statement.documentSpan(edit), newText: edit.newText })),
    caveat: `The parameters change: instead of the offset the caller passes ${columns} of the last row it has, which the query must return and which must not be NULL. The first page has no such row, and page numbers are gone.`,
  };
}

const row = (items: readonly string[]): string => (items.length === 1 ? items[0]! : `(${items.join(', ')})`);

function isPlainQuery(node: SqlNode): boolean {
  const select = node.as('SelectStmt')!;
  const [source, ...others] = node.in('fromClause');
  const isReduced = [select.groupClause, select.havingClause, select.distinctClause, select.windowClause, select.withClause].some((clause) => clause !== undefined);
  return source?.tag === 'RangeVar' && others.length === 0 && !isReduced;
}

/** The columns of the sort order, all in one direction and the last of them unique by its name. */
function sortKeys(node: SqlNode, statement: SqlStatement): SortKey[] | undefined {
  const keys: SortKey[] = [];
  const directions = new Set<boolean>();
  for (const sort of node.in('sortClause')) {
    const reference = sort.first('node');
    const column = reference?.tag === 'ColumnRef' ? columnPath(reference)?.at(-1) : undefined;
    if (reference === undefined || column === undefined) return undefined;
    directions.add(sort.as('SortBy')!.sortby_dir === 'SORTBY_DESC');
    keys.push({ text: statement.textOf(reference), column });
  }
  return directions.size === 1 && UNIQUE_COLUMN.test(keys.at(-1)!.column) ? keys : undefined;
}

/** The clauses of a query without subqueries before ORDER BY, by their keywords at the outermost depth. */
class Clauses {
  constructor(readonly tokens: readonly Token[]) {}

  /** The index of a keyword outside all brackets; -1 where there is none. */
  indexOf(word: string): number {
    let depth = 0;
    return this.tokens.findIndex(({ kind, text }) => {
      if (kind === 'symbol') depth += text === '(' ? 1 : text === ')' ? -1 : 0;
      return depth === 0 && kind === 'word' && text === word;
    });
  }
}

/** The names of the new parameters: the offset's own number first, or names made from the columns. */
function keyParameters(clauses: Clauses, keys: readonly SortKey[]): string[] | undefined {
  const { tokens } = clauses;
  const offset = clauses.indexOf('offset');
  const [first, second] = [tokens[offset + 1], tokens[offset + 2]];
  if (first?.kind === 'parameter') {
    const highest = Math.max(...tokens.filter(({ kind }) => kind === 'parameter').map(({ text }) => Number(text.slice(1))));
    return keys.map((_, i) => (i === 0 ? first.text : `$${highest + i}`));
  }
  const isNamed = first !== undefined && /^[:@]$/.test(first.text) && second?.kind === 'word' && second.start === first.end;
  return isNamed ? keys.map(({ column }) => `${first.text}after_${column}`) : undefined;
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

/** `OFFSET $1`, `OFFSET :skip ROWS`. */
function lastOfOffset(tokens: readonly Token[], offset: number): number {
  const operand = tokens[offset + 1]!.kind === 'parameter' ? offset + 1 : offset + 2;
  return /^rows?$/.test(tokens[operand + 1]?.text ?? '') ? operand + 1 : operand;
}
