import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { methodName, nameText, propertyOf, receiverOf, unwrap } from '../../syntax/typescript/nodes';
import { sentStatement } from '../../syntax/typescript/libraries/sqlCalls';
import { isBounded, isSelectiveColumn } from './bounded';

const { isCallExpression, isIdentifier, isNumericLiteral, isObjectLiteralExpression, isPropertyAccessExpression, isPropertyAssignment, isStringLiteralLike } = ts;

const Kind = ts.SyntaxKind;

/** A call that makes objects of all rows of a result which nothing bounds. */
export interface MaterialisingRead {
  readonly library: string;
  readonly instead: string;
  readonly table?: string;
  /** The connection can do nothing else while rows are taken from it. */
  readonly ownsConnection: boolean;
}

const INSTEAD: Readonly<Record<string, string>> = {
  'better-sqlite3': '.iterate()',
  'node:sqlite': '.iterate()',
  mongodb: 'for await over the cursor',
  mongoose: '.cursor() with for await',
  prisma: 'batches by cursor and take',
  typeorm: 'a query builder with .stream(), or batches by key',
  sequelize: 'batches by key with limit',
  drizzle: 'batches by key with .limit()',
  pg: 'pg-cursor or pg-query-stream',
  mysql2: '.stream()',
  knex: '.stream()',
};
export const MATERIALISING_METHODS: readonly string[] = ['all', 'toArray', 'find', 'findAll', 'findMany', 'findBy', 'query', 'execute', 'getMany', 'getRawMany'];

export function materialisingRead(call: ts.CallExpression, file: TypeScriptFile): MaterialisingRead | undefined {
  const name = methodName(call);
  if (name === undefined || !MATERIALISING_METHODS.includes(name)) return undefined;
  if (name === 'toArray') return documents(call, file);
  const access = file.dataAccess(call);
  const instead = access && INSTEAD[access.library];
  // Of MongoDB's driver only toArray() makes a list.
  if (!access || access.kind !== 'query' || instead === undefined || access.library === 'mongodb') return undefined;
  const statement = sentStatement(call, file);
  if (statement !== undefined) {
    if (isBounded(statement.queries[0]?.fact, statement.text)) return undefined;
  } else if (isSqlOnly(access.library) || isBoundedCall(call, access.library)) {
    return undefined;
  }
  return { library: access.library, instead, table: access.table, ownsConnection: access.library === 'better-sqlite3' || access.library === 'pg' };
}

const isSqlOnly = (library: string): boolean => /sqlite|^pg$|^mysql2$/.test(library);

/** `collection.find(…).toArray()` of MongoDB's driver. */
function documents(call: ts.CallExpression, file: TypeScriptFile): MaterialisingRead | undefined {
  let table: string | undefined;
  let found = false;
  for (let at: ts.Expression | undefined = receiverOf(call); at; at = isCallExpression(at) ? receiverOf(at) : undefined) {
    if (!isCallExpression(at)) continue;
    const name = methodName(at);
    if (name === 'limit' || name === 'map') return undefined;
    if (name === 'find') {
      if (isBoundedFilter(at.arguments[0])) return undefined;
      const collection = collectionOf(at);
      found = collection !== undefined || file.dataAccess(at)?.library === 'mongodb';
      table = collection && isStringLiteralLike(collection) ? collection.text : undefined;
    }
  }
  return found ? { library: 'mongodb', instead: INSTEAD.mongodb!, table, ownsConnection: false } : undefined;
}

/** `'orders'` of `db.collection('orders').find()`. */
function collectionOf(find: ts.CallExpression): ts.Expression | undefined {
  const owner = receiverOf(find);
  return owner && isCallExpression(owner) && methodName(owner) === 'collection' ? owner.arguments[0] : undefined;
}

/** The arguments cut the result off, or ask for what belongs to one thing. What cannot be read counts as bounded. */
function isBoundedCall(call: ts.CallExpression, library: string): boolean {
  if (library === 'drizzle' || library === 'knex') return /\.(?:limit|where|first)\(/.test(call.getText());
  const [argument] = call.arguments;
  if (argument === undefined) return false;
  if (library === 'mongoose') return isLimitedChain(call) || isBoundedFilter(argument);
  const options = unwrap(argument);
  if (!isObjectLiteralExpression(options) || options.properties.some((property) => property.kind === Kind.SpreadAssignment)) return true;
  if (propertyOf(options, 'take') ?? propertyOf(options, 'limit') ?? propertyOf(options, 'cursor') ?? propertyOf(options, 'distinct')) return true;
  const where = propertyOf(options, 'where');
  return where !== undefined && isBoundedFilter(where);
}

/** `Model.find(…).limit(20)` */
function isLimitedChain(call: ts.CallExpression): boolean {
  const next = call.parent;
  if (!isPropertyAccessExpression(next) || !isCallExpression(next.parent)) return false;
  return /^(?:limit|cursor|countDocuments|distinct)$/.test(next.name.text) || isLimitedChain(next.parent);
}

/** `{ userId }`, `{ id: { in: ids } }`: few rows. `{}`, `{ status: 'paid' }`, `{ createdAt: { lt: now } }`: as many as there are. */
function isBoundedFilter(filter: ts.Expression | undefined): boolean {
  const node = filter && unwrap(filter);
  if (node === undefined) return false;
  if (!isObjectLiteralExpression(node)) return true;
  return node.properties.some((property) => {
    if (!isPropertyAssignment(property)) return true;
    return isSelectiveColumn(nameText(property.name) ?? '') ? !isNegated(property.initializer) : !isWide(property.initializer);
  });
}

/** `{ not: null }` */
function isNegated(value: ts.Expression): boolean {
  const node = unwrap(value);
  return isObjectLiteralExpression(node) && ['not', '$ne', '$exists', '$gt', 'gt'].some((key) => propertyOf(node, key) !== undefined);
}

const RANGES = ['lt', 'lte', 'gt', 'gte', 'not', '$lt', '$lte', '$gt', '$gte', '$ne', '$exists'];

/** A constant, or an open range. */
function isWide(value: ts.Expression): boolean {
  const node = unwrap(value);
  if (isStringLiteralLike(node) || isNumericLiteral(node)) return true;
  if (node.kind === Kind.TrueKeyword || node.kind === Kind.FalseKeyword || node.kind === Kind.NullKeyword) return true;
  if (isObjectLiteralExpression(node)) return node.properties.length === 0 || RANGES.some((key) => propertyOf(node, key) !== undefined);
  // `Status.PAID` is a constant of an enum.
  return isPropertyAccessExpression(node) && isIdentifier(node.expression) && /^[A-Z]/.test(node.expression.text) && /^[A-Z]/.test(node.name.text);
}
