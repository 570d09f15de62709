import { integerConstant, stringConstant } from '../../syntax/sql/query/expressions';
import type { LocatedQuery } from '../../syntax/sql/query/queries';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import { walk } from '../../syntax/sql/tree';
import type { SqlMatcher } from '../matchers';
import { keysetFix } from './sqlFix';
import type { Facts } from './rule';

/** A constant offset below this skips less than a database reads in one go. */
const SHALLOW = 1_000;

export const matcher: SqlMatcher<Facts> = {
  kinds: ['SelectStmt'],

  find(node, statement) {
    const select = node.as('SelectStmt')!;
    const offset = node.first('limitOffset');
    if (offset === undefined || select.limitCount === undefined || !isDeep(offset) || picksOneRow(node)) return undefined;
    const query = pagedQuery(node, statement);
    if (query === undefined || isReduced(query, node)) return undefined;
    const [table] = query.fact.tables;
    return {
      span: statement.span(offset),
      facts: { form: 'OFFSET', table: query.fact.tables.length === 1 ? table : undefined, depth: integerConstant(offset) },
      // Pages of one parent's rows are as deep as that parent is large, which is not the table's size.
      confidence: query.fact.filters.some(({ operator }) => operator === '=') ? 'possible' : 'likely',
    };
  },

  fix: keysetFix,
};

/** A parameter, an expression of one, or a large constant. */
function isDeep(offset: SqlNode): boolean {
  const constant = integerConstant(offset) ?? Number(stringConstant(offset) ?? Number.NaN);
  if (!Number.isNaN(constant)) return constant >= SHALLOW;
  return offset.tag !== 'A_Const' && dependsOnParameter(offset);
}

function dependsOnParameter(offset: SqlNode): boolean {
  let depends = false;
  walk(offset, (node) => {
    if (node.tag === 'ParamRef' || node.tag === 'ColumnRef' || node.tag === 'FuncCall') depends = true;
    return node.tag !== 'SelectStmt';
  });
  return depends;
}

/** `LIMIT 1 OFFSET n` asks for the n-th row, as a median does; it pages through nothing. */
const picksOneRow = (node: SqlNode): boolean => integerConstant(node.first('limitCount')) === 1;

/** The query whose rows are skipped; undefined where they come from a function or the catalogue, and not from tables. */
function pagedQuery(node: SqlNode, statement: SqlStatement): LocatedQuery | undefined {
  const query = statement.queries.find((candidate) => candidate.node === node || isArmOf(candidate.node, node));
  const readsTables = statement.queries.some(({ sources }) => sources.some(({ kind }) => kind === 'table'));
  return readsTables && query?.sources.some(({ kind }) => kind === 'table' || kind === 'derived') ? query : undefined;
}

/**
 * Groups are paged, not rows: all of them are computed for every page, and no key of theirs is known to an index.
 * Where the rows come from subqueries, those decide.
 */
function isReduced(query: LocatedQuery, node: SqlNode): boolean {
  const select = query.node.as('SelectStmt')!;
  if (select.groupClause !== undefined || select.distinctClause !== undefined) return true;
  if (query.sources.some(({ kind }) => kind === 'table')) return false;
  let found = false;
  walk(node, (inner) => {
    if (inner.as('SelectStmt')?.groupClause !== undefined) found = true;
  });
  return found;
}

/** The arms of a UNION whose result is paged. */
function isArmOf(arm: SqlNode, union: SqlNode): boolean {
  for (let at = arm; at.field === 'larg' || at.field === 'rarg'; at = at.parent!) if (at.parent === union) return true;
  return false;
}
