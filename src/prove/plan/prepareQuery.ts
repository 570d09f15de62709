import { FailureError } from '../../core/failures';
import { proofFailures } from '../../core/proofFailures';
import { LineIndex } from '../../core/text';
import type { Schema } from '../../core/workspaceView';
import { parseNormalised } from '../../syntax/sql/normalise';
import { columnSide, functionName, operatorName } from '../../syntax/sql/query/expressions';
import type { LocatedQuery } from '../../syntax/sql/query/queries';
import { hasBackslashEscapes } from '../../syntax/sql/splitter';
import { SqlStatement } from '../../syntax/sql/statement';
import { HOLE, tokenise } from '../../syntax/sql/tokens';
import { walk, type SqlNode } from '../../syntax/sql/tree';
import { ownerOfColumn, spelledColumn } from './names';
import type { ParameterSource, PreparedQuery } from './plan';

/** A statement with the query that can be run for it. */
export interface ReadStatement {
  readonly statement: SqlStatement;
  readonly prepared: PreparedQuery;
}

/** The column that a full-text search of the statement looks into. */
export interface Searched {
  readonly table: string;
  readonly column: string;
}

/**
 * Reads a statement of any dialect and with any kind of placeholder. `file` names it in failures.
 * Throws FailureError where it does not parse or its tables are only known when the program runs.
 */
export function readStatement(sql: string, file: string, schema: Schema, searched?: Searched): ReadStatement {
  const backslashEscapes = hasBackslashEscapes(sql);
  const source = { text: sql, toDocument: (offset: number) => offset, lines: new LineIndex(sql), embedded: true, backslashEscapes };
  const statement = SqlStatement.parse(source);
  const parsed = parseNormalised(sql, backslashEscapes);
  if (statement === undefined || parsed === undefined) throw new FailureError(proofFailures.queryNotRead(file));
  const { text } = parsed.parsed;
  if (text.includes(HOLE)) throw new FailureError(proofFailures.queryIncomplete(file));
  return { statement, prepared: { sql: text, parameters: parametersOf(statement, text, schema, searched) } };
}

function parametersOf(statement: SqlStatement, text: string, schema: Schema, searched: Searched | undefined): ParameterSource[] {
  const count = tokenise(text).reduce((highest, token) => (token.kind === 'parameter' ? Math.max(highest, Number(token.text.slice(1))) : highest), 0);
  const sources = new Array<ParameterSource>(count).fill({ kind: 'unknown' });
  const set = (number: number, source: ParameterSource): void => {
    if (sources[number - 1]?.kind === 'unknown') sources[number - 1] = source;
  };
  for (const query of statement.queries) {
    for (const { filter, node } of query.filters) readFilter(query, filter.column, filter.table, node, schema, set);
    readLimits(query.node, set);
  }
  if (searched !== undefined) walk(statement.root, (node) => readSearch(node, searched, set));
  return sources;
}

type SetSource = (number: number, source: ParameterSource) => void;

function readLimits(node: SqlNode, set: SetSource): void {
  for (const kind of ['limit', 'offset'] as const) {
    const part = node.first(kind === 'limit' ? 'limitCount' : 'limitOffset');
    if (part !== undefined) for (const number of parameterNumbers(part)) set(number, { kind });
  }
}

function readFilter(query: LocatedQuery, column: string, named: string | undefined, node: SqlNode, schema: Schema, set: SetSource): void {
  const table = named ?? ownerOfColumn(column, query.fact.tables, schema);
  const spelled = table === undefined ? undefined : spelledColumn(table, column, schema);
  if (spelled === undefined) return;
  const use = useOf(node);
  const numbers = parameterNumbers(valueSide(node, column));
  numbers.forEach((number, position) => {
    const wrappedBy = columnSide(node.first('lexpr'))?.wrappedBy ?? columnSide(node.first('rexpr'))?.wrappedBy;
    const ofPair = use === 'between' ? (position === 0 ? 'greater' : 'less') : use;
    set(number, { kind: 'column', ...spelled, use: ofPair, wrappedBy, ...(use === 'list' ? { position } : {}) });
  });
}

/** The part of a comparison that holds its values: of `(a, b) > ($1, $2)` the one that belongs to the column. */
function valueSide(node: SqlNode, column: string): SqlNode {
  const [left, right] = [node.first('lexpr'), node.first('rexpr')];
  if (left?.tag !== 'RowExpr' || right?.tag !== 'RowExpr') return node;
  const position = left.in('args').findIndex((part) => columnSide(part)?.reference !== undefined && JSON.stringify(part.value).includes(`"${column}"`));
  return right.in('args')[position] ?? node;
}

type Use = Extract<ParameterSource, { kind: 'column' }>['use'];

function useOf(node: SqlNode): Use | 'between' {
  const expression = node.as('A_Expr');
  const operator = operatorName(node);
  switch (expression?.kind) {
    case 'AEXPR_IN':
      return operator === '=' ? 'list' : 'different';
    case 'AEXPR_OP_ANY':
      return operator === '=' ? 'array' : 'different';
    case 'AEXPR_BETWEEN':
      return 'between';
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE':
      return likeUse(node.first('rexpr'));
  }
  const isFlipped = columnSide(node.first('lexpr')) === undefined;
  if (operator.startsWith('<') && operator !== '<>') return isFlipped ? 'greater' : 'less';
  if (operator.startsWith('>')) return isFlipped ? 'less' : 'greater';
  return operator === '=' || expression === undefined ? 'equal' : 'different';
}

/** A bare placeholder holds the whole pattern; one that the statement itself puts between wildcards is a word. */
function likeUse(pattern: SqlNode | undefined): Use {
  return pattern?.tag === 'ParamRef' || (pattern?.tag === 'TypeCast' && pattern.first('arg')?.tag === 'ParamRef') || pattern?.tag === 'FuncCall' ? 'infix' : 'word';
}

/** `search @@ websearch_to_tsquery('simple', $1)`, and `FROM name_fts($1)`, which is SQLite's FTS5. */
function readSearch(node: SqlNode, searched: Searched, set: SetSource): void {
  const use = /to_tsquery$/.test(functionName(node)) ? 'words' : /_fts$/.test(functionName(node)) ? 'phrase' : undefined;
  if (use !== undefined) for (const number of parameterNumbers(node)) set(number, { kind: 'column', ...searched, use });
}

/** The numbers of the placeholders below a node, in reading order, without those of subqueries. */
export function parameterNumbers(node: SqlNode): number[] {
  const numbers: number[] = [];
  walk(node, (child) => {
    const parameter = child.as('ParamRef');
    if (parameter !== undefined) numbers.push(parameter.number ?? 0);
    return child.tag !== 'SelectStmt';
  });
  return numbers;
}

