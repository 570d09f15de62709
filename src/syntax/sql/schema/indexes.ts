import type { IndexDefinition, IndexOrder } from '../../../core/facts';
import { canonicalText } from '../query/canonical';
import { functionName } from '../query/expressions';
import { direction } from '../query/outputs';
import { relationName } from '../query/scope';
import type { SqlNode } from '../tree';
import { names } from './columns';
import { predicateTerms } from './predicate';

/** How index facts read source text: the parser gives expressions as trees only. */
export type TextOf = (node: SqlNode) => string;

/** An IndexStmt. An index without a name gets the one PostgreSQL would give it. */
export function indexOfStatement(node: SqlNode, textOf: TextOf): IndexDefinition {
  const statement = node.as('IndexStmt')!;
  const table = relationName(statement.relation);
  const elements = node.in('indexParams');
  const columns = elements.map((element) => indexedColumn(element, textOf));
  const classes = elements.map((element) => names(element, 'opclass').at(-1));
  const predicate = node.first('whereClause');
  const terms = predicate && predicateTerms(predicate);
  const order = orderOf(elements);
  const include = node.in('indexIncludingParams').flatMap((element) => element.as('IndexElem')?.name ?? []);
  return {
    name: statement.idxname ?? `${statement.relation?.relname ?? ''}_${columns.join('_')}_idx`,
    table,
    columns,
    unique: statement.unique ?? false,
    method: statement.accessMethod ?? 'btree',
    ...(predicate && { where: textOf(predicate) }),
    ...(terms && { predicate: terms }),
    ...(classes.some((name) => name !== undefined) && { operatorClasses: classes }),
    ...(order && { order }),
    ...(include.length > 0 && { include }),
  };
}

function orderOf(elements: readonly SqlNode[]): IndexOrder[] | undefined {
  const order = elements.map((element) => direction(element.as('IndexElem')?.ordering, element.as('IndexElem')?.nulls_ordering));
  return order.some(({ descending, nulls }) => descending || nulls !== undefined) ? order : undefined;
}

/** The index behind a named UNIQUE, or behind an EXCLUDE, which also stands for the indexes MySQL declares in a table. */
export function indexOfConstraint(node: SqlNode, table: string): IndexDefinition {
  const constraint = node.as('Constraint')!;
  const isUnique = constraint.contype === 'CONSTR_UNIQUE';
  const excluded = (constraint.exclusions ?? []).flatMap((pair) => ('List' in pair ? (pair.List.items?.[0] ?? []) : []));
  const columns = isUnique ? names(node, 'keys') : excluded.flatMap((item) => ('IndexElem' in item ? (item.IndexElem.name ?? []) : []));
  const method = constraint.access_method ?? 'btree';
  return {
    name: constraint.conname ?? `${table}_${columns.join('_')}_idx`,
    table,
    columns,
    unique: isUnique,
    method,
    ...(isUnique ? { constraint: 'unique' } : !/^(?:btree|hash|fulltext|spatial)$/.test(method) && { constraint: 'exclusion' }),
  };
}

/** A plain column's name, or an expression in its one spelling: "lower(name)". */
function indexedColumn(element: SqlNode, textOf: TextOf): string {
  const { name } = element.as('IndexElem')!;
  const expression = element.first('expr');
  if (name !== undefined || expression === undefined) return name ?? '';
  // MySQL's prefix length, `name(10)`, looks like a call.
  const args = expression.tag === 'FuncCall' ? expression.in('args') : [];
  if (args.length === 1 && args[0]!.as('A_Const')?.ival !== undefined) return functionName(expression);
  return canonicalText(expression) ?? textOf(expression).toLowerCase();
}
