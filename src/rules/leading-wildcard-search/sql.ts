import { canonicalText } from '../../syntax/sql/query/canonical';
import { columnReferences, columnSide, operatorName, patternHead } from '../../syntax/sql/query/expressions';
import { resolveColumn } from '../../syntax/sql/query/scope';
import type { LocatedQuery } from '../../syntax/sql/query/queries';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import type { SqlMatcher } from '../matchers';
import type { Facts } from './rule';

const OPERATORS: Readonly<Record<string, string>> = { '~~': 'LIKE', '~~*': 'ILIKE' };
const LONGEST_PATTERN = 60;

export const matcher: SqlMatcher<Facts> = {
  kinds: ['A_Expr'],

  find(node, statement) {
    const operator = OPERATORS[operatorName(node)];
    const pattern = operator === undefined ? undefined : node.first('rexpr');
    if (operator === undefined || pattern === undefined || !beginsWithWildcard(pattern) || !isSearchCondition(node)) return undefined;
    const searched = searchedColumn(node.first('lexpr'));
    if (searched === undefined) return undefined;
    const query = readsTables(statement) ? statement.queryAround(node) : undefined;
    const column = query && resolveColumn(searched.reference, { sources: query.sources });
    if (query === undefined || column === undefined || column.source?.kind === 'system' || column.source?.kind === 'function') return undefined;
    return {
      span: statement.span(node),
      facts: { table: column.table, ...(searched.isAlone && { column: column.column, ...(searched.wrappedBy && { wrappedBy: searched.wrappedBy }) }), operator, pattern: shorten(statement.textOf(pattern)) },
      confidence: column.table === undefined || isNarrowed(query) ? 'possible' : 'likely',
    };
  },
};

/** A statement over the catalogue, functions and values alone searches little, whatever it calls its subqueries. */
const readsTables = (statement: SqlStatement): boolean => statement.queries.some(({ sources }) => sources.some(({ kind }) => kind === 'table'));

/** Other conditions leave fewer rows to compare. */
const isNarrowed = ({ fact }: LocatedQuery): boolean => fact.filters.some(({ operator }) => operator === '=' || operator === 'in');

/** The column that is searched, alone or under one function, or the first of a longer expression. */
function searchedColumn(node: SqlNode | undefined): { reference: SqlNode; isAlone: boolean; wrappedBy?: string } | undefined {
  const side = columnSide(node);
  const reference = side?.reference ?? (node && columnReferences(node)[0]);
  if (reference === undefined) return undefined;
  // An index on anything but a plain call of the column would have to be written by hand.
  const isCall = side?.wrappedBy === undefined || canonicalText(node) === `${side.wrappedBy}(${canonicalText(side.reference)})`;
  const isText = canonicalText(node) === canonicalText(reference);
  return { reference, isAlone: side !== undefined && (isCall || isText), ...(side?.wrappedBy !== undefined && !isText && { wrappedBy: side.wrappedBy }) };
}

/** A pattern of wildcards alone matches everything, and says nothing of what comes at run time. */
function beginsWithWildcard(pattern: SqlNode): boolean {
  const head = patternHead(pattern);
  return head !== undefined && /^[%_]/.test(head.text) && !(head.isWhole && /^[%_]+$/.test(head.text));
}

/** The comparison decides which rows a query returns; in a CHECK, a CASE or a select list it reads none. */
function isSearchCondition(node: SqlNode): boolean {
  let at: SqlNode = node;
  while (at.parent?.tag === 'BoolExpr') {
    if (at.parent.as('BoolExpr')!.boolop === 'NOT_EXPR') return false;
    at = at.parent;
  }
  const { parent } = at;
  if (parent?.tag === 'JoinExpr') return at.field === 'quals';
  return at.field === 'whereClause' && /^(?:Select|Update|Delete)Stmt$/.test(parent?.tag ?? '');
}

function shorten(pattern: string): string {
  const line = pattern.replace(/\s+/g, ' ').replace(/\uE000/g, '…');
  return line.length <= LONGEST_PATTERN ? line : `${line.slice(0, LONGEST_PATTERN - 1)}…`;
}
