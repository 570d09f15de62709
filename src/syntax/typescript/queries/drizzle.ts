import { ts } from 'ts-morph';
import type { ColumnUse, FilterOperator, QueryFact } from '../../../core/facts';
import type { ModelReference } from '../../../core/models';
import type { OrmQuery } from '../../../core/ormQuery';
import type { TypeScriptFile } from '../file';
import { methodName, propertyOf, receiverOf, unwrap } from '../nodes';
import { elementsOf, objectOf, propertiesOf, referenceTo } from '../models/literals';
import { QueryReader } from './conditions';

const { isArrowFunction, isCallExpression, isIdentifier, isPropertyAccessExpression } = ts;

const OPERATORS: Readonly<Record<string, FilterOperator>> = {
  eq: '=', inArray: 'in', gt: 'range', gte: 'range', lt: 'range', lte: 'range', between: 'range', isNull: 'is-null', isNotNull: 'other', ne: 'other', notInArray: 'other', notBetween: 'other',
  like: 'other', ilike: 'other', notLike: 'other', notIlike: 'other', arrayContains: 'other', arrayContained: 'other', arrayOverlaps: 'other',
};

/** After one of these the rows are no longer the table's. */
const OPAQUE = /^(?:union|unionAll|intersect|except|groupBy|having|with|\$dynamic)$/;

/** `db.select().from(orders).where(eq(orders.status, s)).limit(10)` and `db.query.orders.findMany({ where })`. */
export function drizzleQuery(call: ts.CallExpression, file: TypeScriptFile): OrmQuery | undefined {
  const method = methodName(call);
  return method === 'findMany' || method === 'findFirst' ? relationalQuery(call, method, file) : builtQuery(call, file);
}

function builtQuery(call: ts.CallExpression, file: TypeScriptFile): OrmQuery | undefined {
  const links: { name: string; call: ts.CallExpression }[] = [];
  for (let at: ts.Expression | undefined = call; at && isCallExpression(at); at = receiverOf(at)) links.unshift({ name: methodName(at) ?? '', call: at });
  const source = links.find(({ name }) => name === 'from' || name === 'update' || name === 'delete');
  const table = referenceTo(source?.call.arguments[0], file);
  if (source === undefined || table === undefined || links.some(({ name }) => OPAQUE.test(name))) return undefined;
  const reader = new QueryReader(file);
  for (const link of links) if (!readLink(link.name, link.call, table, reader)) return undefined;
  return reader.query({ ...table, library: 'drizzle' }, table.name, call, VERBS[source.name] ?? 'select');
}

/** `count()`, `sum(orders.total)`, sql`max(…)`. */
function isAggregate(value: ts.Expression): boolean {
  const node = unwrap(value);
  if (ts.isTaggedTemplateExpression(node)) return true;
  return isCallExpression(node) && /^(?:count|countDistinct|sum|sumDistinct|avg|avgDistinct|min|max)\b/.test(node.expression.getText().replace(/^.*\(/, ''));
}

const VERBS: Readonly<Record<string, QueryFact['verb']>> = { update: 'update', delete: 'delete' };

/** False where the call hides a condition. */
function readLink(name: string, call: ts.CallExpression, table: ModelReference, reader: QueryReader): boolean {
  const [first, second] = call.arguments;
  if (name === 'where') return readCondition(first, table, reader, false);
  if (/^(?:inner|left|right|full)Join$/.test(name)) return second !== undefined && readCondition(second, table, reader, false);
  if (name === 'orderBy') {
    reader.orderSpan = reader.file.span(call);
    return call.arguments.every((argument) => readSort(argument, table, reader));
  }
  if (/^select(?:Distinct)?$/.test(name)) {
    // An aggregate makes one row of many.
    if (propertiesOf(objectOf(first)).some(([, value]) => isAggregate(value))) return false;
    const selected = propertiesOf(objectOf(first)).flatMap(([, value]) => columnOf(value, table, reader.file)?.column ?? []);
    if (selected.length > 0) reader.columns = selected;
    reader.isReduced ||= name === 'selectDistinct';
  }
  reader.hasLimit ||= name === 'limit' || name === 'get';
  reader.hasOffset ||= name === 'offset';
  return true;
}

function relationalQuery(call: ts.CallExpression, method: string, file: TypeScriptFile): OrmQuery | undefined {
  const receiver = receiverOf(call);
  const options = objectOf(call.arguments[0]);
  if (!receiver || !isPropertyAccessExpression(receiver) || (call.arguments.length > 0 && !options)) return undefined;
  const table = { name: receiver.name.text };
  const reader = new QueryReader(file);
  if (!readCondition(bodyOf(options && propertyOf(options, 'where')), table, reader, false)) return undefined;
  const order = bodyOf(options && propertyOf(options, 'orderBy'));
  const sorted = order === undefined ? [] : elementsOf(order).length > 0 ? elementsOf(order) : [order];
  if (!sorted.every((each) => readSort(each, table, reader))) return undefined;
  reader.hasLimit = method === 'findFirst' || (options !== undefined && propertyOf(options, 'limit') !== undefined);
  reader.hasOffset = options !== undefined && propertyOf(options, 'offset') !== undefined;
  return reader.query({ ...table, library: 'drizzle' }, table.name, call);
}

/** `(orders, { eq }) => eq(orders.status, s)` says the same as its body. */
function bodyOf(node: ts.Expression | undefined): ts.Expression | undefined {
  const value = node && unwrap(node);
  return value && isArrowFunction(value) ? (ts.isExpression(value.body) ? value.body : undefined) : value;
}

function readCondition(node: ts.Expression | undefined, table: ModelReference, reader: QueryReader, isLoose: boolean): boolean {
  if (node === undefined) return true;
  const call = unwrap(node);
  if (!isCallExpression(call)) return false;
  const name = isIdentifier(call.expression) ? call.expression.text : (methodName(call) ?? '');
  if (name === 'and' || name === 'or' || name === 'not') return call.arguments.every((each) => readCondition(each, table, reader, isLoose || name !== 'and'));
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name]! : undefined;
  const [left, right] = call.arguments;
  const column = left && columnOf(left, table, reader.file);
  if (operator === undefined || column === undefined) return false;
  const other = right && columnOf(right, table, reader.file);
  // Both sides are columns only where the right one is of a table too.
  if (other !== undefined && operator === '=' && isTableColumn(right, reader.file)) {
    if (!isLoose) reader.joins.push([column, other]);
    return true;
  }
  reader.add(column, isLoose ? 'other' : operator, call, right);
  return true;
}

/** The right side of a comparison is most often a value such as `input.id`; a table is known by where it comes from. */
function isTableColumn(node: ts.Expression | undefined, file: TypeScriptFile): boolean {
  const access = node && unwrap(node);
  if (!access || !isPropertyAccessExpression(access)) return false;
  const owner = unwrap(access.expression);
  if (isPropertyAccessExpression(owner)) return isIdentifier(owner.expression) && file.imports.get(owner.expression.text)?.name === '*';
  return isIdentifier(owner) && (file.imports.has(owner.text) || file.scopes.topLevel(owner.text) !== undefined);
}

/** `orders.status` and `schema.orders.status`. */
function columnOf(node: ts.Expression, table: ModelReference, file: TypeScriptFile): ColumnUse | undefined {
  const access = unwrap(node);
  if (!isPropertyAccessExpression(access)) return undefined;
  const owner = referenceTo(access.expression, file);
  if (owner === undefined) return undefined;
  return owner.name === table.name ? { column: access.name.text } : { table: owner.name, column: access.name.text };
}

/** `orders.created`, `desc(orders.created)`; false for SQL of its own. */
function readSort(node: ts.Expression, table: ModelReference, reader: QueryReader): boolean {
  const value = unwrap(node);
  const isCall = isCallExpression(value);
  const direction = isCall && isIdentifier(value.expression) ? value.expression.text : '';
  if (isCall && direction !== 'desc' && direction !== 'asc') return false;
  const inner = isCall ? value.arguments[0] : value;
  const column = inner && columnOf(inner, table, reader.file);
  if (column !== undefined) reader.orderBy.push({ ...column, descending: direction === 'desc' });
  return column !== undefined;
}
