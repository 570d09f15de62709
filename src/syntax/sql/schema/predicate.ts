import type { PredicateTerm } from '../../../core/facts';
import { constantTexts } from '../query/canonical';
import { operatorName } from '../query/expressions';
import { columnPath } from '../query/scope';
import type { SqlNode } from '../tree';

/** The conditions of a partial index, all of which hold for its rows; undefined where one of them is not plain. */
export function predicateTerms(node: SqlNode): PredicateTerm[] | undefined {
  const bool = node.as('BoolExpr')?.boolop;
  if (bool === 'AND_EXPR') return all(node.in('args').map(predicateTerms));
  if (bool === 'NOT_EXPR') return flag(node.first('args'), 'false');
  switch (node.tag) {
    case 'ColumnRef':
      return flag(node, 'true');
    case 'NullTest':
      return term(node.first('arg'), node.as('NullTest')!.nulltesttype === 'IS_NULL' ? 'is-null' : 'is-not-null');
    case 'BooleanTest':
      return booleanTest(node);
    case 'A_Expr':
      return comparison(node);
    default:
      return undefined;
  }
}

function all(lists: readonly (PredicateTerm[] | undefined)[]): PredicateTerm[] | undefined {
  return lists.includes(undefined) ? undefined : (lists as PredicateTerm[][]).flat();
}

function flag(column: SqlNode | undefined, value: string): PredicateTerm[] | undefined {
  return term(column, '=', [value]);
}

function booleanTest(node: SqlNode): PredicateTerm[] | undefined {
  const test = node.as('BooleanTest')!.booltesttype;
  if (test === 'IS_TRUE') return flag(node.first('arg'), 'true');
  return test === 'IS_FALSE' ? flag(node.first('arg'), 'false') : undefined;
}

function comparison(node: SqlNode): PredicateTerm[] | undefined {
  const operator = operatorName(node);
  const values = constantTexts(node.first('rexpr'));
  const column = node.first('lexpr');
  switch (node.as('A_Expr')!.kind) {
    case 'AEXPR_OP':
      if (/^(?:<|>|<=|>=)$/.test(operator)) return term(column, 'range', values);
      return operator === '=' || operator === '<>' ? term(column, operator, values) : undefined;
    case 'AEXPR_IN':
      return operator === '=' ? term(column, 'in', values) : undefined;
    case 'AEXPR_OP_ANY':
      // PostgreSQL prints `IN ('a', 'b')` as `= ANY (ARRAY['a', 'b'])`.
      return operator === '=' ? term(column, 'in', values) : undefined;
    default:
      return undefined;
  }
}

/** A condition on a plain column; a cast around it, as PostgreSQL prints them, does not matter. */
function term(of: SqlNode | undefined, test: PredicateTerm['test'], values?: readonly string[]): PredicateTerm[] | undefined {
  const column = of?.tag === 'TypeCast' ? of.first('arg') : of;
  const name = column?.tag === 'ColumnRef' ? columnPath(column)?.at(-1) : undefined;
  const needsValues = test !== 'is-null' && test !== 'is-not-null';
  if (name === undefined || (needsValues && values === undefined)) return undefined;
  return [{ column: name, test, ...(needsValues && { values }) }];
}
