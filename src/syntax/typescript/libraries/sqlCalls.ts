import { ts } from 'ts-morph';
import type { SqlStatement } from '../../sql/statement';
import type { DataAccess } from '../dataAccess';
import type { TypeScriptFile } from '../file';
import { methodName, propertyOf, receiverOf, unwrap, unwrapAwait } from '../nodes';
import { originOf } from '../origin';
import { perFile } from '../perFile';

const {
  isCallExpression, isIdentifier, isObjectLiteralExpression, isPropertyAccessExpression,
  isTaggedTemplateExpression, isVariableDeclaration,
} = ts;

/** Methods of drivers that send the statement they are given. */
const SENDING_METHODS = new Set([
  'query', 'execute', 'exec', 'run', 'get', 'all', 'each', 'raw', 'unsafe', 'any', 'many', 'manyOrNone', 'one', 'oneOrNone', 'none', 'result',
  'queryRaw', '$queryRawUnsafe', '$executeRawUnsafe', 'queryObject', 'queryArray', 'iterate', 'stream',
]);
/** Methods of a prepared statement that run it. */
const RUNNING_METHODS = new Set(['all', 'get', 'run', 'iterate', 'values', 'pluck', 'execute', 'query', 'step', 'bind', 'getAsObject']);
const PREPARING_METHODS = new Set(['prepare', 'prepareSync', 'prepareAsync']);

const LIBRARY_NAMES: Readonly<Record<string, string>> = {
  pg: 'pg', postgres: 'postgres', 'pg-promise': 'pg-promise', mysql: 'mysql', mysql2: 'mysql2', 'mysql2/promise': 'mysql2',
  'better-sqlite3': 'better-sqlite3', 'node:sqlite': 'node:sqlite', sqlite3: 'sqlite3', sqlite: 'sqlite', 'node-sqlite3-wasm': 'sqlite', 'sql.js': 'sql.js',
  libsql: 'libsql', knex: 'knex', typeorm: 'typeorm', sequelize: 'sequelize', '@prisma/client': 'prisma', slonik: 'slonik', '@neondatabase/serverless': 'neon',
};

/** `db.query('SELECT …')`, `db.prepare('…').all()`, and the same with a statement held in a constant. */
export function classifySql(call: ts.CallExpression, file: TypeScriptFile): DataAccess | undefined {
  const statement = sentStatement(call, file);
  if (!statement || statement.verb === 'other') return undefined;
  const module = originOf(receiverOf(call)!, file)?.module ?? '';
  const library = LIBRARY_NAMES[module] ?? 'sql';
  const table = statement.queries[0]?.fact.tables[0];
  return statement.verb === 'select' ? { kind: 'query', library, table } : { kind: 'write', library, table, bulk: 'one statement with many rows' };
}

const STATEMENT_WORDS = /\b(?:select|insert|update|delete|replace|with)\s/i;

/** `map.get(key)` is the commonest call of all; in a file without a statement no argument needs to be followed. */
const holdsSql = perFile((file) => STATEMENT_WORDS.test(file.text));

/** The statement that a call sends: its argument, or what its receiver was prepared with. */
export function sentStatement(call: ts.CallExpression, file: TypeScriptFile): SqlStatement | undefined {
  const name = methodName(call);
  if (name === undefined || !(SENDING_METHODS.has(name) || RUNNING_METHODS.has(name)) || !holdsSql(file)) return undefined;
  const receiver = receiverOf(call)!;
  // `sql.raw(…)` and `Prisma.raw(…)` make a part of a statement and send nothing.
  if (name === 'raw' && isIdentifier(receiver) && /^(?:sql|Prisma)$/.test(receiver.text)) return undefined;
  const prepared = RUNNING_METHODS.has(name) ? preparedStatement(receiver, file) : undefined;
  const [first] = call.arguments;
  const text = prepared ?? (SENDING_METHODS.has(name) ? first : undefined);
  return text && file.sql(statementExpression(text, file))[0];
}

/** The statement's expression of `x.prepare(sql)`, directly or through a variable. */
function preparedStatement(receiver: ts.Expression, file: TypeScriptFile): ts.Expression | undefined {
  let node = unwrapAwait(receiver);
  if (isIdentifier(node)) {
    const declaration = file.scopes.resolve(node)?.node;
    if (!declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
    node = unwrapAwait(declaration.initializer);
  }
  if (!isCallExpression(node)) return undefined;
  const name = methodName(node);
  return name && PREPARING_METHODS.has(name) ? node.arguments[0] : undefined;
}

/** Follows a constant, `{ text: '…' }`, a tagged template and `sql.raw('…')` to the string that holds the statement. */
function statementExpression(argument: ts.Expression, file: TypeScriptFile): ts.Expression {
  const node = unwrap(argument);
  if (isObjectLiteralExpression(node)) {
    return propertyOf(node, 'text') ?? propertyOf(node, 'sql') ?? propertyOf(node, 'query') ?? node;
  }
  if (isTaggedTemplateExpression(node)) return node.template;
  if (isIdentifier(node)) {
    const declaration = file.scopes.resolve(node)?.node;
    if (declaration && isVariableDeclaration(declaration) && declaration.initializer) {
      const value = unwrap(declaration.initializer);
      return isTaggedTemplateExpression(value) ? value.template : value;
    }
  }
  return node;
}

/** A tagged template that is itself the query: sql`SELECT …` of postgres, $queryRaw`…` of Prisma. */
export function classifyTaggedSql(node: ts.TaggedTemplateExpression, file: TypeScriptFile): DataAccess | undefined {
  const tag = unwrap(node.tag);
  const isRaw = isPropertyAccessExpression(tag) && (tag.name.text === '$queryRaw' || tag.name.text === '$executeRaw');
  const module = originOf(tag, file)?.module;
  const sends = isRaw || module === 'postgres' || module === '@neondatabase/serverless' || module === '@vercel/postgres';
  if (!sends) return undefined;
  const [statement] = file.sql(node.template);
  if (!statement || statement.verb === 'other') return undefined;
  const library = (module && LIBRARY_NAMES[module]) ?? (isRaw ? 'prisma' : 'sql');
  return { kind: statement.verb === 'select' ? 'query' : 'write', library, table: statement.queries[0]?.fact.tables[0] };
}
