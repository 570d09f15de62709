import type { IndexDefinition } from '../../../core/facts';
import { functionName } from '../query/expressions';
import { columnPath } from '../query/scope';
import { walk, type SqlNode } from '../tree';
import { names } from './columns';

/** How index facts read source text: the parser gives expressions as trees only. */
export type TextOf = (node: SqlNode) => string;

/** An IndexStmt. An index without a name gets the one PostgreSQL would give it. */
export function indexOfStatement(node: SqlNode, textOf: TextOf): IndexDefinition {
  const statement = node.as('IndexStmt')!;
  const table = statement.relation?.relname ?? '';
  const elements = node.in('indexParams');
  const columns = elements.map((element) => indexedColumn(element, textOf));
  const classes = elements.map((element) => names(element, 'opclass').at(-1));
  const predicate = node.first('whereClause');
  const include = node.in('indexIncludingParams').flatMap((element) => element.as('IndexElem')?.name ?? []);
  return {
    name: statement.idxname ?? `${table}_${columns.join('_')}_idx`,
    table,
    columns,
    unique: statement.unique ?? false,
    method: statement.accessMethod ?? 'btree',
    where: predicate && textOf(predicate),
    operatorClasses: classes.some((name) => name !== undefined) ? classes : undefined,
    include: include.length > 0 ? include : undefined,
  };
}

/** The index behind a named UNIQUE, or behind an EXCLUDE, which also stands for the indexes MySQL declares in a table. */
export function indexOfConstraint(node: SqlNode, table: string): IndexDefinition {
  const constraint = node.as('Constraint')!;
  const excluded = (constraint.exclusions ?? []).flatMap((pair) => ('List' in pair ? (pair.List.items?.[0] ?? []) : []));
  const columns =
    constraint.contype === 'CONSTR_EXCLUSION'
      ? excluded.flatMap((item) => ('IndexElem' in item ? (item.IndexElem.name ?? []) : []))
      : names(node, 'keys');
  return {
    name: constraint.conname ?? `${table}_${columns.join('_')}_idx`,
    table,
    columns,
    unique: constraint.contype === 'CONSTR_UNIQUE',
    method: constraint.access_method ?? 'btree',
  };
}

/** A plain column's name, or an expression's lower-case text: "lower(name)". */
function indexedColumn(element: SqlNode, textOf: TextOf): string {
  const { name } = element.as('IndexElem')!;
  const expression = element.first('expr');
  if (name !== undefined || expression === undefined) return name ?? '';
  if (expression.tag !== 'FuncCall') return textOf(expression).toLowerCase();
  const called = functionName(expression);
  const column = firstColumn(expression);
  // MySQL's prefix length, `name(10)`, looks like a call without a column.
  return column === undefined ? called : `${called}(${column})`.toLowerCase();
}

function firstColumn(expression: SqlNode): string | undefined {
  let found: string | undefined;
  walk(expression, (node) => {
    if (node.tag === 'ColumnRef') found ??= columnPath(node)?.at(-1);
  });
  return found;
}
