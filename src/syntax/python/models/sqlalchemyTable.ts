import type { ModelField, ModelIndex } from '../../../core/models';
import { argumentAt, argumentsOf, calleeOf, displayItems, keywordArgument, memberOf, unwrap } from '../expressions';
import type { PythonNode } from '../node';
import { literalText } from '../strings';
import { calledKind } from './sqlalchemyColumns';

/** What stands beside the columns of a table: `__table_args__`, or the arguments of `Table(...)`. */
export interface TableArguments {
  readonly indexes: readonly ModelIndex[];
  readonly primaryKey: readonly string[];
  /** By column. */
  readonly foreignKeys: ReadonlyMap<string, NonNullable<ModelField['references']>>;
}

/** @param value a tuple or list of constraints, a call that holds them as arguments, or one constraint itself */
export function tableArguments(value: PythonNode | undefined): TableArguments {
  const items = itemsOf(value);
  return {
    indexes: items.flatMap((item) => indexOf(item) ?? []),
    primaryKey: items.filter((item) => calledKind(item) === 'PrimaryKeyConstraint').flatMap(columnNames),
    foreignKeys: new Map(items.flatMap(foreignKeysOf)),
  };
}

function itemsOf(value: PythonNode | undefined): readonly PythonNode[] {
  if (value === undefined) return [];
  const node = unwrap(value);
  if (node.kind !== 'CallExpression') return displayItems(node);
  return /^(?:Index|\w+Constraint)$/.test(calledKind(node)) ? [node] : argumentsOf(node).map((argument) => argument.value);
}

/**
 * `Index("name", "a", "b")` and `UniqueConstraint("a", "b", name="...")`; undefined for anything else.
 * @param listed the columns of a call that has them in a list of their own, as `op.create_index` does
 */
export function indexOf(call: PythonNode, listed?: readonly PythonNode[]): ModelIndex | undefined {
  const kind = calledKind(call);
  const isUnique = kind === 'UniqueConstraint';
  if (!isUnique && kind !== 'Index' && listed === undefined) return undefined;
  const [first, ...rest] = argumentsOf(call).filter(({ name, unpacks }) => name === undefined && unpacks === undefined);
  const written = listed ?? (isUnique ? [first, ...rest] : rest).flatMap((argument) => argument?.value ?? []);
  const columns = written.flatMap(indexedColumn);
  if (columns.length === 0) return undefined;
  const classes = keywordArgument(call, 'postgresql_ops')?.text ?? '';
  const operatorClasses = columns.map((column) => new RegExp(`["']${column}["']\\s*:\\s*["'](\\w+)["']`).exec(classes)?.[1]);
  return {
    name: constraintName(isUnique ? keywordArgument(call, 'name') : first?.value),
    fields: columns,
    unique: isUnique || keywordArgument(call, 'unique')?.text === 'True',
    method: literalText(keywordArgument(call, 'postgresql_using'))?.toLowerCase(),
    where: (keywordArgument(call, 'postgresql_where') ?? keywordArgument(call, 'sqlite_where'))?.text,
    operatorClasses: operatorClasses.some((each) => each !== undefined) ? operatorClasses : undefined,
  };
}

/** A name as text, or as `op.f("ix_orders_created")`, which says that no convention applies to it. */
export function constraintName(node: PythonNode | undefined): string | undefined {
  const inner = node?.kind === 'CallExpression' ? argumentAt(node, 0) : node;
  return literalText(inner);
}

/** "created_at" of `"created_at"`, `Order.created_at.desc()`, `sa.desc("created_at")`; "lower(name)" of a function. */
function indexedColumn(expression: PythonNode): string[] {
  const text = literalText(expression);
  if (text !== undefined) return [text];
  if (expression.kind === 'VariableName') return [expression.text];
  const callee = calleeOf(expression);
  if (callee === undefined) return expression.kind === 'MemberExpression' ? [memberOf(expression)?.name ?? expression.text.toLowerCase()] : [];
  const member = memberOf(callee);
  const name = member?.name ?? callee.text;
  const inner = argumentAt(expression, 0);
  if (/^(?:desc|asc|nulls_?(?:first|last)|op)$/.test(name)) return indexedColumn(inner !== undefined && name !== 'op' ? inner : member!.object);
  if (/^(?:text|literal_column)$/.test(name)) return [literalText(inner)?.toLowerCase() ?? expression.text.toLowerCase()];
  const [column = ''] = inner ? indexedColumn(inner) : [];
  return [`${name.toLowerCase()}(${column})`];
}

const columnNames = (call: PythonNode): string[] => argumentsOf(call).flatMap(({ name, value }) => (name === undefined ? (literalText(value) ?? []) : []));

/** `ForeignKeyConstraint(["a"], ["t.a"])`; a key of several columns is taken for its first. */
function foreignKeysOf(call: PythonNode): (readonly [string, NonNullable<ModelField['references']>])[] {
  if (calledKind(call) !== 'ForeignKeyConstraint') return [];
  const [columns, targets] = [argumentAt(call, 0, 'columns'), argumentAt(call, 1, 'refcolumns')].map((list) => displayItems(list).map((item) => literalText(item) ?? ''));
  const [column] = columns ?? [];
  const [table, target] = targets?.[0]?.split('.').slice(-2) ?? [];
  return column && table && target ? [[column, { table, column: target }]] : [];
}
