import { ts } from 'ts-morph';
import type { QueryFact } from '../../../core/facts';
import type { OrmQuery } from '../../../core/ormQuery';
import type { TypeScriptFile } from '../file';
import { methodName, propertyOf, receiverOf, unwrap } from '../nodes';
import { elementsOf, objectOf, propertiesOf } from '../models/literals';
import { isDescending, QueryReader, type WhereStyle } from './conditions';

const { isPropertyAccessExpression } = ts;

const STYLE: WhereStyle = {
  operators: {
    equals: '=', in: 'in', lt: 'range', lte: 'range', gt: 'range', gte: 'range', not: 'other', notIn: 'other', startsWith: 'like-prefix', contains: 'like-infix', endsWith: 'like-infix',
    has: 'other', hasSome: 'other', hasEvery: 'other', isEmpty: 'other', search: 'other', path: 'other', array_contains: 'other', string_contains: 'other', isSet: 'other',
  },
  through: ['is'],
  and: ['AND'],
  or: ['OR', 'NOT'],
  many: ['some', 'every', 'none', 'isNot'],
};

const VERBS: Readonly<Record<string, QueryFact['verb']>> = { updateMany: 'update', update: 'update', deleteMany: 'delete', delete: 'delete', updateManyAndReturn: 'update' };

/** `prisma.order.findMany({ where, orderBy, take, select })`. */
export function prismaQuery(call: ts.CallExpression, file: TypeScriptFile): OrmQuery | undefined {
  const receiver = receiverOf(call);
  const method = methodName(call)!;
  if (!receiver || !isPropertyAccessExpression(receiver) || /^(?:create|upsert)/.test(method)) return undefined;
  const [argument] = call.arguments;
  const options = objectOf(argument);
  if (argument !== undefined && options === undefined) return undefined;
  // What a spread or a variable adds may be any condition.
  if (options?.properties.some(ts.isSpreadAssignment)) return undefined;
  const reader = new QueryReader(file);
  if (!reader.where(options && propertyOf(options, 'where'), STYLE)) return undefined;
  const order = options && propertyOf(options, 'orderBy');
  if (order && !readOrder(order, reader)) return undefined;
  reader.hasLimit = /^findFirst/.test(method) || (options !== undefined && propertyOf(options, 'take') !== undefined);
  reader.hasOffset = options !== undefined && propertyOf(options, 'skip') !== undefined;
  reader.isReduced = options !== undefined && propertyOf(options, 'distinct') !== undefined;
  const selected = propertiesOf(objectOf(options && propertyOf(options, 'select'))).map(([name]) => name);
  if (selected.length > 0) reader.columns = selected;
  const name = modelOf(receiver.name.text);
  return reader.query({ name, library: 'prisma' }, name, call, VERBS[method] ?? 'select');
}

/** The client calls a model by its name with a small first letter. */
export const modelOf = (property: string): string => property.charAt(0).toUpperCase() + property.slice(1);

/** False where the order is only known when it runs, or is no column's. */
function readOrder(order: ts.Expression, reader: QueryReader): boolean {
  const node = unwrap(order);
  const items = objectOf(node) ? [node] : elementsOf(node);
  if (items.length === 0) return false;
  reader.orderSpan = reader.file.span(node);
  return items.every((item) => propertiesOf(objectOf(item)).length > 0 && propertiesOf(objectOf(item)).every(([name, value]) => readSort(name, value, reader)));
}

function readSort(path: string, value: ts.Expression, reader: QueryReader): boolean {
  if (/(?:^|\.)_/.test(path)) return false;
  const descending = isDescending(value);
  if (descending !== undefined) {
    reader.orderBy.push({ column: path, descending });
    return true;
  }
  const nested = propertiesOf(objectOf(value));
  return nested.length > 0 && nested.every(([name, inner]) => readSort(`${path}.${name}`, inner, reader));
}
