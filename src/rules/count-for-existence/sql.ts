import type { Fix, Match } from '../../core/rule';
import { functionName, integerConstant, operatorName } from '../../syntax/sql/query/expressions';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import type { SqlMatcher } from '../matchers';
import type { Facts } from './rule';

const TESTS: Readonly<Record<string, 'some' | 'none'>> = { '> 0': 'some', '>= 1': 'some', '<> 0': 'some', '!= 0': 'some', '= 0': 'none', '< 1': 'none', '<= 0': 'none' };
const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

export const matcher: SqlMatcher<Facts> = {
  kinds: ['A_Expr'],

  find(node, statement) {
    const test = testOf(node);
    const counting = test && countedQuery(test.counted);
    if (counting === undefined) return undefined;
    const [table] = statement.queries.find((query) => query.node === counting)?.fact.tables ?? [];
    return {
      span: statement.span(node),
      facts: { call: 'count(*)', how: 'counted', table, instead: 'EXISTS (SELECT 1 …)' },
      size: table === undefined ? undefined : { kind: 'table', name: table },
    };
  },

  fix: existsFix,
};

interface Test {
  readonly asks: 'some' | 'none';
  /** The side that counts. */
  readonly counted: SqlNode;
}

/** `(SELECT count(*) …) > 0` or the same the other way round. */
function testOf(node: SqlNode): Test | undefined {
  const [left, right] = [node.first('lexpr'), node.first('rexpr')];
  if (left === undefined || right === undefined) return undefined;
  // Subqueries are rarer than comparisons.
  if (left.tag === 'SubLink') {
    const asks = TESTS[`${operatorName(node)} ${integerConstant(right)}`];
    if (asks !== undefined) return { asks, counted: left };
  }
  if (right.tag !== 'SubLink') return undefined;
  const operator = operatorName(node);
  const mirrored = TESTS[`${MIRRORED[operator] ?? operator} ${integerConstant(left)}`];
  return mirrored && { asks: mirrored, counted: right };
}

/** The plain `SELECT count(*) FROM …` of a subquery: one count, and no groups of which each would have its own. */
function countedQuery(node: SqlNode): SqlNode | undefined {
  if (node.as('SubLink')?.subLinkType !== 'EXPR_SUBLINK') return undefined;
  const select = node.first('subselect');
  const fields = select?.as('SelectStmt');
  const targets = select?.in('targetList') ?? [];
  if (select === undefined || fields === undefined || targets.length !== 1 || select.in('fromClause').length === 0) return undefined;
  if (fields.groupClause !== undefined || fields.havingClause !== undefined || fields.distinctClause !== undefined || fields.op !== 'SETOP_NONE') return undefined;
  const count = targets[0]!.first('val');
  const isCount = count?.tag === 'FuncCall' && functionName(count) === 'count' && countsRows(count);
  return isCount && fields.limitCount === undefined ? select : undefined;
}

/** `count(*)` and `count(1)`: a count of a column leaves out its NULLs. */
function countsRows(call: SqlNode): boolean {
  const fields = call.as('FuncCall')!;
  return fields.agg_filter === undefined && (fields.agg_star === true || call.in('args').every(({ tag }) => tag === 'A_Const'));
}

function existsFix(_match: Match<Facts>, node: SqlNode, statement: SqlStatement): Fix | undefined {
  const test = testOf(node);
  const whole = statement.spanInText(node);
  if (test === undefined || whole === undefined) return undefined;
  const text = statement.text.slice(whole.start, whole.end);
  const subquery = /\(\s*select\s+count\s*\(\s*(?:\*|\d+)\s*\)(?:\s+as\s+\w+)?\s+(from[\s\S]*)\)\s*(?:[<>=!]+\s*\d+)?$/i.exec(text);
  if (subquery === null || /^\s*\d/.test(text)) return undefined;
  return {
    title: 'Ask with EXISTS',
    kind: 'safe',
    edits: [{ ...statement.documentSpan(whole), newText: `${test.asks === 'none' ? 'NOT ' : ''}EXISTS (SELECT 1 ${subquery[1]!.trimEnd()})` }],
  };
}
