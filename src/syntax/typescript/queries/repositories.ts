import { ts } from 'ts-morph';
import type { FilterOperator, QueryFact } from '../../../core/facts';
import type { ModelReference } from '../../../core/models';
import type { OrmQuery } from '../../../core/ormQuery';
import type { TypeScriptFile } from '../file';
import { methodName, propertyOf, unwrap } from '../nodes';
import { elementsOf, objectOf, propertiesOf, textOf } from '../models/literals';
import { isDescending, QueryReader, type WhereStyle } from './conditions';

const { isIdentifier } = ts;

const TYPEORM: WhereStyle = {
  operators: {},
  through: [],
  and: [],
  or: [],
  many: [],
  functions: {
    Equal: '=', In: 'in', Any: 'in', LessThan: 'range', LessThanOrEqual: 'range', MoreThan: 'range', MoreThanOrEqual: 'range', Between: 'range', IsNull: 'is-null', Not: 'other',
    Like: 'other', ILike: 'other', ArrayContains: 'other', ArrayOverlap: 'other', Raw: 'other', And: 'other', Or: 'other', JsonContains: 'other',
  },
};

const DOLLAR: Readonly<Record<string, FilterOperator>> = {
  $eq: '=', $in: 'in', $gt: 'range', $gte: 'range', $lt: 'range', $lte: 'range', $ne: 'other', $nin: 'other', $not: 'other', $like: 'other', $ilike: 'other', $re: 'other', $regex: 'other',
  $exists: 'other', $all: 'other', $size: 'other', $elemMatch: 'other', $options: 'other', $fulltext: 'other', $overlap: 'other', $contains: 'other',
};

const MIKRO: WhereStyle = { operators: DOLLAR, through: [], and: ['$and'], or: ['$or', '$nor', '$not'], many: ['$some', '$every', '$none'] };
const MONGO: WhereStyle = { operators: DOLLAR, through: [], and: ['$and'], or: ['$or', '$nor'], many: ['$text', '$expr', '$where', '$near'] };
const SEQUELIZE: WhereStyle = {
  operators: {
    'Op.eq': '=', 'Op.is': 'is-null', 'Op.in': 'in', 'Op.gt': 'range', 'Op.gte': 'range', 'Op.lt': 'range', 'Op.lte': 'range', 'Op.between': 'range', 'Op.startsWith': 'like-prefix',
    'Op.ne': 'other', 'Op.not': 'other', 'Op.notIn': 'other', 'Op.like': 'other', 'Op.iLike': 'other', 'Op.contains': 'other', 'Op.overlap': 'other', 'Op.substring': 'like-infix', 'Op.endsWith': 'like-infix',
    'Op.notBetween': 'other', 'Op.regexp': 'other', 'Op.iRegexp': 'other', 'Op.any': 'other', 'Op.match': 'other',
  },
  through: [],
  and: ['Op.and'],
  or: ['Op.or', 'Op.not'],
  many: [],
};

/** `repository.find({ where, order, take })`, `repository.findBy({…})` of TypeORM. */
export function typeOrmQuery(call: ts.CallExpression, entity: ModelReference, file: TypeScriptFile): OrmQuery | undefined {
  const method = methodName(call)!;
  if (/^(?:get|save|insert|restore|increment|decrement|upsert)/.test(method)) return undefined;
  const [first] = call.arguments;
  const takesWhere = /By(?:OrFail)?$/.test(method) || /^(?:delete|update|softDelete|findOneById)$/.test(method);
  const options = takesWhere ? undefined : objectOf(first);
  if (first !== undefined && !takesWhere && (options === undefined || hides(options))) return undefined;
  const reader = new QueryReader(file);
  // A key by itself is looked up as such.
  const where = takesWhere ? first : options && propertyOf(options, 'where');
  if (!reader.where(where, TYPEORM)) return undefined;
  if (options && !readOptions(options, 'order', 'take', reader)) return undefined;
  reader.hasLimit ||= /One/.test(method);
  return reader.query({ ...entity, library: 'typeorm' }, entity.name, call, verbOf(method));
}

/** `em.find(Order, { status }, { orderBy, limit })` of MikroORM, or without the entity on a repository. */
export function mikroOrmQuery(call: ts.CallExpression, entity: ModelReference, file: TypeScriptFile): OrmQuery | undefined {
  const method = methodName(call)!;
  if (!/^(?:find|findOne|findOneOrFail|findAll|findAndCount|count|nativeUpdate|nativeDelete)$/.test(method)) return undefined;
  const own = call.arguments[0] && isIdentifier(call.arguments[0]) && call.arguments[0].text === entity.name ? 1 : 0;
  const [where, options] = call.arguments.slice(own);
  const settings = objectOf(options);
  const reader = new QueryReader(file);
  if (hides(objectOf(where)) || !reader.where(where, MIKRO)) return undefined;
  if (settings && !readOptions(settings, 'orderBy', 'limit', reader)) return undefined;
  reader.hasLimit ||= /One/.test(method);
  return reader.query({ ...entity, library: 'mikro-orm' }, entity.name, call, verbOf(method));
}

/** `Order.findAll({ where, order: [['createdAt', 'DESC']], limit })` of Sequelize. */
export function sequelizeQuery(call: ts.CallExpression, entity: ModelReference, file: TypeScriptFile): OrmQuery | undefined {
  const method = methodName(call)!;
  if (!/^(?:findAll|findOne|findAndCountAll|count|sum|max|min|update|destroy)$/.test(method)) return undefined;
  const argument = call.arguments[method === 'update' || /^(?:sum|max|min)$/.test(method) ? 1 : 0];
  const options = objectOf(argument);
  if (argument !== undefined && (options === undefined || hides(options))) return undefined;
  const reader = new QueryReader(file);
  const where = options && propertyOf(options, 'where');
  if (hides(objectOf(where)) || !reader.where(where, SEQUELIZE)) return undefined;
  const order = options && propertyOf(options, 'order');
  if (order && !readPairs(order, reader)) return undefined;
  reader.hasLimit = method === 'findOne' || (options !== undefined && propertyOf(options, 'limit') !== undefined);
  reader.hasOffset = options !== undefined && propertyOf(options, 'offset') !== undefined;
  reader.isReduced = options !== undefined && (propertyOf(options, 'group') !== undefined || narrows(propertyOf(options, 'include')));
  return reader.query({ ...entity, library: 'sequelize' }, entity.name, call, verbOf(method));
}

/** Rows without a related one that meets a condition are left out; what an include of a variable says is not known. */
function narrows(include: ts.Expression | undefined): boolean {
  if (include === undefined) return false;
  const included = elementsOf(include).length > 0 ? elementsOf(include) : [include];
  return included.some((each) => {
    const options = objectOf(each);
    if (options === undefined) return !isIdentifier(unwrap(each)) && textOf(each) === undefined;
    return hides(options) || propertyOf(options, 'where') !== undefined || propertyOf(options, 'required') !== undefined || narrows(propertyOf(options, 'include'));
  });
}

/** `Order.find({ status }).sort({ createdAt: -1 }).limit(10)` of Mongoose; `call` is the find. */
export function mongooseQuery(call: ts.CallExpression, entity: ModelReference, file: TypeScriptFile): OrmQuery | undefined {
  const method = methodName(call)!;
  if (!/^(?:find|findOne|countDocuments|exists|distinct|updateOne|updateMany|deleteOne|deleteMany|findOneAnd\w+)$/.test(method)) return undefined;
  const where = call.arguments[method === 'distinct' ? 1 : 0];
  const reader = new QueryReader(file);
  if (hides(objectOf(where)) || !reader.where(where, MONGO)) return undefined;
  for (let at = outerCall(call); at; at = outerCall(at)) {
    const name = methodName(at)!;
    if (name === 'sort' && !readSorted(at.arguments[0], reader)) return undefined;
    if (/^(?:where|or|and|nor|equals|elemMatch|near)$/.test(name)) return undefined;
    reader.hasLimit ||= name === 'limit';
    reader.hasOffset ||= name === 'skip';
  }
  reader.hasLimit ||= /One|^exists$/.test(method);
  return reader.query({ ...entity, library: 'mongoose' }, entity.name, call, verbOf(method));
}

const verbOf = (method: string): QueryFact['verb'] => (/update/i.test(method) ? 'update' : /delete|destroy|remove/i.test(method) ? 'delete' : 'select');

/** Options that are a variable, or that a spread adds to, may hold any condition. */
const hides = (options: ts.ObjectLiteralExpression | undefined): boolean => options?.properties.some(ts.isSpreadAssignment) ?? false;

function outerCall(call: ts.CallExpression): ts.CallExpression | undefined {
  const { parent } = call;
  return ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent) && parent.parent.expression === parent ? parent.parent : undefined;
}

function readOptions(options: ts.ObjectLiteralExpression, orderKey: string, limitKey: string, reader: QueryReader): boolean {
  const order = propertyOf(options, orderKey);
  reader.hasLimit = propertyOf(options, limitKey) !== undefined;
  reader.hasOffset = propertyOf(options, 'skip') !== undefined || propertyOf(options, 'offset') !== undefined;
  return order === undefined || readSorted(order, reader);
}

/** `{ createdAt: 'DESC', customer: { name: 'ASC' } }`, or a list of such. */
function readSorted(order: ts.Expression | undefined, reader: QueryReader, prefix = ''): boolean {
  const node = order && unwrap(order);
  const text = textOf(node);
  if (text !== undefined && prefix === '') return readWords(text, node!, reader);
  const objects = node ? (objectOf(node) ? [objectOf(node)!] : elementsOf(node).map((element) => objectOf(element))) : [];
  if (objects.length === 0 || objects.includes(undefined)) return false;
  reader.orderSpan = reader.file.span(node!);
  return objects.every((object) =>
    propertiesOf(object).every(([name, value]) => {
      const descending = isDescending(value);
      if (descending === undefined) return readSorted(value, reader, `${prefix}${name}.`);
      reader.orderBy.push({ column: prefix + name, descending });
      return true;
    }),
  );
}

/** Mongoose's `sort('-createdAt name')`. */
function readWords(text: string, node: ts.Node, reader: QueryReader): boolean {
  reader.orderSpan = reader.file.span(node);
  for (const word of text.trim().split(/\s+/)) reader.orderBy.push({ column: word.replace(/^[-+]/, ''), descending: word.startsWith('-') });
  return true;
}

/** Sequelize's `[['createdAt', 'DESC'], 'name']`. */
function readPairs(order: ts.Expression, reader: QueryReader): boolean {
  const items = elementsOf(order);
  reader.orderSpan = reader.file.span(order);
  return items.length > 0 && items.every((item) => {
    const pair = elementsOf(item);
    const column = textOf(pair.length > 0 ? pair[0] : item);
    if (column === undefined || pair.length > 2) return false;
    const descending = pair[1] === undefined ? false : isDescending(pair[1]);
    if (descending !== undefined) reader.orderBy.push({ column, descending });
    return descending !== undefined;
  });
}
