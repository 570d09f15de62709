import { ts } from 'ts-morph';
import type { ModelReference } from '../../../core/models';
import type { DataAccess } from '../dataAccess';
import type { TypeScriptFile } from '../file';
import { declaredType, thisMember } from '../types';
import { isFunction, methodName, propertyOf, receiverOf, unwrap } from '../nodes';
import { originOf } from '../origin';

const {
  isCallExpression, isClassDeclaration, isIdentifier, isObjectLiteralExpression, isPropertyAccessExpression,
  isStringLiteralLike, isTypeReferenceNode,
} = ts;

type Kind = 'query' | 'write';
const asKinds = (queries: string, writes: string): ReadonlyMap<string, Kind> =>
  new Map([...queries.split(' ').map((name) => [name, 'query'] as const), ...writes.split(' ').map((name) => [name, 'write'] as const)]);

const PRISMA = asKinds(
  'findMany findUnique findUniqueOrThrow findFirst findFirstOrThrow aggregate groupBy count',
  'create update upsert delete createMany updateMany deleteMany createManyAndReturn updateManyAndReturn',
);
const TYPEORM = asKinds(
  'find findOne findBy findOneBy findOneOrFail findOneByOrFail findAndCount findAndCountBy count countBy exist exists existsBy getMany getOne getRawMany getRawOne getManyAndCount getCount findOneById',
  'save insert update delete remove softDelete softRemove upsert restore increment decrement',
);
const SEQUELIZE = asKinds(
  'findAll findOne findByPk findAndCountAll count sum max min aggregate',
  'create update destroy upsert bulkCreate findOrCreate increment decrement',
);
const MONGOOSE = asKinds(
  'find findOne findById countDocuments estimatedDocumentCount distinct aggregate exists',
  'create insertMany insertOne updateOne updateMany deleteOne deleteMany findOneAndUpdate findByIdAndUpdate findByIdAndDelete findOneAndDelete replaceOne bulkWrite',
);
const MIKRO = asKinds('find findOne findOneOrFail findAll findAndCount count findByCursor', 'persistAndFlush removeAndFlush flush nativeInsert nativeUpdate nativeDelete insert insertMany upsert upsertMany');

/** The bulk operation that takes many rows at once. */
const BULK: Readonly<Record<string, string>> = {
  prisma: 'createMany, updateMany or one $transaction',
  typeorm: 'insert or save with an array',
  sequelize: 'bulkCreate',
  mongoose: 'insertMany or bulkWrite',
  mongodb: 'insertMany or bulkWrite',
  drizzle: 'insert().values([…])',
  knex: 'insert([…]) or batchInsert',
  'mikro-orm': 'insertMany, or persist all and flush once',
};

/** Whether the method already takes many rows. */
const BULK_METHODS = /^(?:createMany|createManyAndReturn|updateMany|updateManyAndReturn|deleteMany|insertMany|bulkCreate|bulkWrite|upsertMany|batchInsert)$/;

export function classifyOrm(call: ts.CallExpression, file: TypeScriptFile): DataAccess | undefined {
  const method = methodName(call);
  const receiver = receiverOf(call);
  if (method === undefined || receiver === undefined) return undefined;
  return (
    prisma(call, method, receiver, file) ??
    (usesBuilder(file) ? builder(call, method, receiver, file) : undefined) ??
    (MODEL_METHODS.has(method) && mayBeModel(receiver, file) ? byOrigin(call, method, receiver, file) : undefined)
  );
}

/** Methods that some ORM's models, repositories or collections have; all others need not be traced to their origin. */
const MODEL_METHODS: ReadonlySet<string> = new Set([TYPEORM, SEQUELIZE, MONGOOSE, MIKRO].flatMap((table) => [...table.keys()]));

/** `list.find(…)` is no query: the file imports an ORM, or the receiver is named like a class. */
function mayBeModel(receiver: ts.Expression, file: TypeScriptFile): boolean {
  return file.importsFrom(ORM_MODULES) || (isIdentifier(receiver) && /^[A-Z]/.test(receiver.text));
}

const BUILDER_MODULES = /^(?:drizzle-orm|knex)/;
const DRIZZLE = /^drizzle-orm/;
const ORM_MODULES = /^(?:typeorm|@nestjs\/typeorm|@mikro-orm\/.*|mongodb|sequelize|sequelize-typescript|mongoose)$/;

function usesBuilder(file: TypeScriptFile): boolean {
  return file.importsFrom(BUILDER_MODULES);
}

function access(kind: Kind, library: string, table: string | undefined, method = ''): DataAccess {
  const isBulk = BULK_METHODS.test(method);
  const isBatched = (library === 'prisma' && method.startsWith('findUnique')) || undefined;
  return { kind, library, table, bulk: kind === 'write' && !isBulk ? BULK[library] : undefined, isBulk, isBatched };
}

/** Names no other library has, or common names with an argument that only Prisma takes. */
const PRISMA_ONLY = new Set(['findUnique', 'findUniqueOrThrow', 'findFirst', 'findFirstOrThrow', 'findMany']);
const PRISMA_KEYS = ['where', 'data', 'select', 'include', 'orderBy', 'take', 'skip', 'create', 'by', '_count', '_sum', '_avg', 'cursor', 'omit', 'distinct'];

function prisma(call: ts.CallExpression, method: string, receiver: ts.Expression, file: TypeScriptFile): DataAccess | undefined {
  const kind = PRISMA.get(method);
  if (!kind || !isPropertyAccessExpression(receiver)) return undefined;
  const model = receiver.name.text;
  const module = originOf(receiver.expression, file)?.module ?? '';
  if (module === '@prisma/client' || module.endsWith('/prisma/client') || /(?:^|\/)generated\/prisma/.test(module)) {
    return access(kind, 'prisma', model, method);
  }
  // `db.query.users.findMany()` is Drizzle's relational query.
  const owner = receiver.expression;
  if (isPropertyAccessExpression(owner) && owner.name.text === 'query') {
    return PRISMA_ONLY.has(method) ? access('query', 'drizzle', model) : undefined;
  }
  const [argument] = call.arguments;
  const object = argument && unwrap(argument);
  const fits = object && isObjectLiteralExpression(object) && PRISMA_KEYS.some((key) => propertyOf(object, key));
  const distinctive = PRISMA_ONLY.has(method) || (fits && (propertyOf(object, 'where') ?? propertyOf(object, 'data')) !== undefined && method !== 'update' && method !== 'count');
  const isWrite = fits && ['create', 'update', 'delete', 'upsert'].includes(method) && propertyOf(object, method === 'delete' ? 'where' : method === 'upsert' ? 'create' : 'data');
  if (!(fits && distinctive) && !isWrite && !(PRISMA_ONLY.has(method) && call.arguments.length === 0)) return undefined;
  // A model name begins with a small letter; `User.create({ data })` is somebody's static method.
  return /^[a-z]/.test(model) ? access(kind, 'prisma', model, method) : undefined;
}

/** Query builders: the outermost call of a chain that begins with a builder is the query. */
function builder(call: ts.CallExpression, method: string, receiver: ts.Expression, file: TypeScriptFile): DataAccess | undefined {
  if (isPropertyAccessExpression(call.parent) && isCallExpression(call.parent.parent)) return undefined;
  const links = chain(call);
  const from = links.find((link) => link.name === 'from' && link.receiver && methodName(link.receiver)?.startsWith('select'));
  if (from?.call.arguments[0] && isDrizzleTable(from.call.arguments[0], file)) {
    return access('query', 'drizzle', from.call.arguments[0].getText());
  }
  const root = links[links.length - 1];
  if (!root) return undefined;
  const [table] = root.call.arguments;
  if ((root.name === 'insert' || root.name === 'update' || root.name === 'delete') && links.length > 1 && table && isDrizzleTable(table, file)) {
    return access('write', 'drizzle', table.getText(), method);
  }
  const module = originOf(receiver, file)?.module;
  if (module === 'knex') {
    const verb = links.find((link) => /^(?:insert|update|del|delete|increment|decrement)$/.test(link.name));
    const named = links.map((link) => link.call.arguments[0]).find((argument) => argument && isStringLiteralLike(argument));
    const name = named && isStringLiteralLike(named) ? named.text : undefined;
    return access(verb ? 'write' : 'query', 'knex', name);
  }
  return undefined;
}

interface Link {
  readonly call: ts.CallExpression;
  readonly name: string;
  readonly receiver?: ts.CallExpression;
}

/** The calls of a method chain, outermost first. */
function chain(call: ts.CallExpression): Link[] {
  const links: Link[] = [];
  let at: ts.CallExpression | undefined = call;
  while (at) {
    const receiver: ts.Expression | undefined = receiverOf(at);
    const next: ts.CallExpression | undefined = receiver && isCallExpression(receiver) ? receiver : undefined;
    links.push({ call: at, name: methodName(at) ?? at.expression.getText(), receiver: next });
    at = next;
  }
  return links;
}

/** Drizzle's tables come from a schema module or from its own table functions; the file imports drizzle-orm for its operators. */
function isDrizzleTable(argument: ts.Expression, file: TypeScriptFile): boolean {
  const node = unwrap(argument);
  if (!isIdentifier(node) && !isPropertyAccessExpression(node)) return false;
  const module = originOf(node, file)?.module ?? '';
  if (module.startsWith('drizzle-orm')) return true;
  return module !== '' && file.importsFrom(DRIZZLE);
}

function byOrigin(call: ts.CallExpression, method: string, receiver: ts.Expression, file: TypeScriptFile): DataAccess | undefined {
  // A list is searched with a function, also one that an ORM's own type holds (`options.populate.find(…)`).
  if (call.arguments[0] && isFunction(call.arguments[0])) return undefined;
  const origin = originOf(receiver, file);
  const module = origin?.module ?? '';
  if (module === 'typeorm' || module === '@nestjs/typeorm') return byTable(TYPEORM, 'typeorm', method, entityOf(receiver, file));
  if (module.startsWith('@mikro-orm/')) return byTable(MIKRO, 'mikro-orm', method, entityArgument(call));
  if (module === 'mongodb') return byTable(MONGOOSE, 'mongodb', method, undefined);
  if (module === 'sequelize' || module === 'sequelize-typescript') return byTable(SEQUELIZE, 'sequelize', method, modelName(receiver));
  if (module === 'mongoose') return byTable(MONGOOSE, 'mongoose', method, modelName(receiver));
  return ownModel(method, receiver, file) ?? importedModel(call, method, receiver, module);
}

function byTable(table: ReadonlyMap<string, Kind>, library: string, method: string, entity: string | undefined): DataAccess | undefined {
  const kind = table.get(method);
  return kind && access(kind, library, entity, method);
}

/** A class of this file that extends Sequelize's Model. */
function ownModel(method: string, receiver: ts.Expression, file: TypeScriptFile): DataAccess | undefined {
  if (!isIdentifier(receiver)) return undefined;
  const declaration = file.scopes.resolve(receiver)?.node;
  if (!declaration || !isClassDeclaration(declaration)) return undefined;
  const base = declaration.heritageClauses?.flatMap((clause) => [...clause.types])[0];
  const module = base && originOf(base.expression, file)?.module;
  return module === 'sequelize' || module === 'sequelize-typescript' ? byTable(SEQUELIZE, 'sequelize', method, receiver.text) : undefined;
}

/** Method names that only Sequelize or Mongoose models have, on an imported class-like name. */
const SEQUELIZE_ONLY = new Set(['findAll', 'findByPk', 'findAndCountAll', 'bulkCreate', 'findOrCreate']);
const MONGOOSE_ONLY = new Set(['findById', 'countDocuments', 'findOneAndUpdate', 'findByIdAndUpdate', 'findByIdAndDelete', 'insertMany', 'updateOne', 'deleteOne', 'bulkWrite']);

function importedModel(call: ts.CallExpression, method: string, receiver: ts.Expression, module: string): DataAccess | undefined {
  if (!isIdentifier(receiver) || !/^[A-Z]/.test(receiver.text) || !isProjectModule(module)) return undefined;
  if (SEQUELIZE_ONLY.has(method)) return byTable(SEQUELIZE, 'sequelize', method, receiver.text);
  if (MONGOOSE_ONLY.has(method)) return byTable(MONGOOSE, 'mongoose', method, receiver.text);
  const [argument] = call.arguments;
  const object = argument && unwrap(argument);
  const takesWhere = object && isObjectLiteralExpression(object) && propertyOf(object, 'where');
  return takesWhere && /^(?:findOne|count|destroy)$/.test(method) ? byTable(SEQUELIZE, 'sequelize', method, receiver.text) : undefined;
}

function isProjectModule(module: string): boolean {
  return /^(?:\.|@\/|~|#)/.test(module);
}

function modelName(receiver: ts.Expression): string | undefined {
  return isIdentifier(receiver) ? receiver.text : undefined;
}

function entityArgument(call: ts.CallExpression): string | undefined {
  const [argument] = call.arguments;
  // What is no class is a variable with an entity's name in it, or the rows.
  return argument && isIdentifier(argument) && /^[A-Z]/.test(argument.text) ? argument.text : undefined;
}

/** `User` of `repository: Repository<User>`, `this.users: Repository<User>` and of `getRepository(User)`. */
function entityOf(receiver: ts.Expression, file: TypeScriptFile): string | undefined {
  const node = unwrap(receiver);
  if (isCallExpression(node)) return entityArgument(node);
  const isMember = isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword;
  const declaration = isMember ? thisMember(node, node.name.text) : isIdentifier(node) ? file.scopes.resolve(node)?.node : undefined;
  const type = declaration && declaredType(declaration, file);
  const argument = type && isTypeReferenceNode(type) ? type.typeArguments?.[0] : undefined;
  return argument?.getText();
}

/** The entity that a call of TypeORM, MikroORM, Sequelize or Mongoose is about, as its import tells. */
export function entityReference(call: ts.CallExpression, file: TypeScriptFile): ModelReference | undefined {
  let at = receiverOf(call);
  // A builder's chain begins with the repository.
  while (at && isCallExpression(at) && methodName(at) !== undefined && !/^getRepository$/.test(methodName(at)!)) at = receiverOf(at);
  if (at === undefined) return undefined;
  const name = entityOf(at, file) ?? (isIdentifier(at) && /^[A-Z]/.test(at.text) ? at.text : entityArgument(call));
  if (name === undefined || !/^\w+$/.test(name)) return undefined;
  const imported = file.imports.get(name);
  return imported ? { name: imported.name === 'default' ? name : imported.name, module: imported.module } : { name };
}
