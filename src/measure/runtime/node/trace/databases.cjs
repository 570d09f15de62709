'use strict';
const { isCalledFrom } = require('./callers.cjs');
const { commandShape, sqlShape } = require('./shapes.cjs');
const { now, recorder } = require('./recorder.cjs');
const { endsWith, replace, wrapAsync, wrapSync } = require('./wrap.cjs');

const statementOf = (first) => sqlShape(typeof first === 'object' && first !== null ? (first.text ?? first.sql ?? first.name) : first);

/** A pool's own call of its client, which was counted when the pool was called. */
const PG_POOL = /[\\/]pg-pool[\\/]/;
const MONGODB = /[\\/]mongodb[\\/]lib[\\/]/;
const MYSQL_POOL = /[\\/]mysql2[\\/]lib[\\/](?:base[\\/])?pool(?:_connection)?\.js$/;

function recordPg(pg) {
  wrapAsync(pg.Client?.prototype, 'query', 'database', 'pg', (_client, [first]) => statementOf(first), PG_POOL);
  wrapAsync(pg.Pool?.prototype, 'query', 'database', 'pg', (_pool, [first]) => statementOf(first));
}

/** pg-pool's own export is the class that pg's Pool extends. */
function recordPgPool(Pool) {
  wrapAsync(Pool.prototype, 'query', 'database', 'pg', (_pool, [first]) => statementOf(first));
}

/** Its inner files export one class each. Those of mysql2/promise call the others, where the query is counted. */
function recordMysql(exported) {
  for (const candidate of [exported, exported.Connection, exported.Pool]) {
    if (typeof candidate?.prototype?.query !== 'function' || candidate.name.startsWith('Promise')) continue;
    const notFrom = candidate.name.endsWith('Pool') ? undefined : MYSQL_POOL;
    for (const name of ['query', 'execute']) wrapAsync(candidate.prototype, name, 'database', 'mysql2', (_self, [first]) => statementOf(first), notFrom);
  }
}

/** better-sqlite3, and libsql which has its interface: statements block. */
const recordSqlite = (library) => (Database) => {
  const prototype = (typeof Database === 'function' ? Database : Database.default)?.prototype;
  recordStatements(prototype, library);
};

const sources = new WeakMap();

function recordStatements(prototype, library) {
  if (!prototype) return;
  replace(prototype, 'prepare', (prepare) => function (text, ...rest) {
    // Preparing a statement is part of what it costs, and no query of its own.
    const isInside = recorder.isInside;
    const start = now();
    recorder.isInside = true;
    let statement;
    try {
      statement = Reflect.apply(prepare, this, [text, ...rest]);
    } finally {
      recorder.isInside = isInside;
      if (!isInside) recorder.sync.database += now() - start;
    }
    sources.set(statement, text);
    for (const name of ['run', 'get', 'all', 'iterate', 'values']) {
      wrapSync(Object.getPrototypeOf(statement), name, 'database', library, (self) => sqlShape(sources.get(self) ?? self.source));
    }
    return statement;
  });
  wrapSync(prototype, 'exec', 'database', library, (_database, [text]) => sqlShape(text));
}

/** Loading it warns that it is experimental, which the program under measurement may not expect. */
function recordNodeSqlite() {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    recordStatements(require('node:sqlite').DatabaseSync.prototype, 'node:sqlite');
  } catch {
    // Node before 22.5 has none.
  } finally {
    process.emitWarning = emitWarning;
  }
}

const COLLECTION_METHODS = [
  ...['findOne', 'insertOne', 'insertMany', 'updateOne', 'updateMany', 'replaceOne', 'deleteOne', 'deleteMany', 'bulkWrite'],
  ...['findOneAndUpdate', 'findOneAndReplace', 'findOneAndDelete', 'countDocuments', 'estimatedDocumentCount', 'distinct'],
];
/** What a cursor waits in. `next` and iterating fetch a batch at a time, so only the calls that fetch take long. */
const CURSOR_METHODS = ['toArray', 'next', 'tryNext', 'hasNext', 'forEach'];

function recordMongodb(mongodb) {
  const collection = mongodb.Collection?.prototype;
  const shapeOf = (self, name, [filter]) => `${self.collectionName}.${name} ${keysOf(filter)}`.trim();
  for (const name of COLLECTION_METHODS) {
    wrapAsync(collection, name, 'database', 'mongodb', (self, args) => shapeOf(self, name, args), MONGODB);
  }
  for (const name of ['find', 'aggregate']) {
    replace(collection, name, (original) => function (...args) {
      const cursor = Reflect.apply(original, this, args);
      sources.set(cursor, shapeOf(this, name, args));
      return cursor;
    });
  }
  replace(mongodb.AbstractCursor?.prototype, Symbol.asyncIterator, (original) => function () {
    const documents = Reflect.apply(original, this, []);
    return isCalledFrom(MONGODB) ? documents : iterating(documents, sources.get(this) ?? '(cursor)');
  });
  for (const name of CURSOR_METHODS) {
    wrapAsync(mongodb.AbstractCursor?.prototype, name, 'database', 'mongodb', (cursor) => sources.get(cursor) ?? '(cursor)', MONGODB);
  }
}

/** A loop over a cursor is one operation, which waits where the loop has nothing else to do. */
async function* iterating(documents, shape) {
  const end = recorder.start('database', 'mongodb', shape);
  try {
    yield* documents;
  } finally {
    end();
  }
}

function keysOf(filter) {
  if (Array.isArray(filter)) return `[${filter.map((stage) => Object.keys(stage ?? {})[0] ?? '').join(', ')}]`;
  return typeof filter === 'object' && filter !== null ? `{${Object.keys(filter).join(', ')}}` : '';
}

/** A command that waited for its connection comes a second time. */
const sent = new WeakSet();

function recordIoredis(exported) {
  const Redis = [exported.Redis, exported.default, exported].find((candidate) => candidate?.name === 'Redis');
  replace(Redis?.prototype, 'sendCommand', (original) => function (command, ...rest) {
    if (sent.has(command)) return Reflect.apply(original, this, [command, ...rest]);
    sent.add(command);
    const end = recorder.start('database', 'ioredis', commandShape(command.name, command.args?.[0]));
    return endsWith(Reflect.apply(original, this, [command, ...rest]), end);
  });
}

/** All commands of a node-redis client go through its queue, which only a file of its own exports. */
function recordNodeRedis(exported) {
  const Queue = exported.default?.prototype?.addCommand ? exported.default : undefined;
  if (!Queue) return;
  wrapAsync(Queue.prototype, 'addCommand', 'database', 'redis', (_queue, [args]) => commandShape(args?.[0], args?.[1]));
}

/** Every operation of a Prisma client goes through `_request`; it knows the place of the call where errors show it. */
function recordPrisma({ PrismaClient }) {
  replace(PrismaClient?.prototype, '_request', (original) => function (request) {
    const shape = request?.clientMethod ?? `${request?.model ?? ''}.${request?.action ?? 'query'}`;
    const end = recorder.start('database', 'prisma', shape, prismaPlaces(request));
    return endsWith(Reflect.apply(original, this, [request]), end);
  });
}

function prismaPlaces(request) {
  const location = request?.callsite?.getLocation?.();
  if (!location?.fileName) return undefined;
  const { fileName: script, lineNumber: line, columnNumber: column } = location;
  return { key: `${script}:${line}:${column}|`, frames: [{ script, line, column: column ?? 1 }] };
}

exports.recordNodeSqlite = recordNodeSqlite;
exports.packages = {
  pg: recordPg,
  'pg-pool': recordPgPool,
  mysql2: recordMysql,
  'better-sqlite3': recordSqlite('better-sqlite3'),
  libsql: recordSqlite('libsql'),
  mongodb: recordMongodb,
  ioredis: recordIoredis,
  '@redis/client': recordNodeRedis,
  '@prisma/client': recordPrisma,
};
