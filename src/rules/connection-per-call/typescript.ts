import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { enclosingFunction, isInlineFunction, isWithin, shortText, some, unwrap, type FunctionNode } from '../../syntax/typescript/nodes';
import { originOf } from '../../syntax/typescript/origin';
import { sizeOf } from '../../syntax/typescript/perItem';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { hoistClient } from './typescriptFix';

const POOL = 'a pool of connections';
const CONNECTION = 'a connection';

/** What each module exports that connects, by the name of the export. */
const CONNECTING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pg: { Pool: POOL, Client: CONNECTION },
  postgres: { default: POOL, '*': POOL },
  mysql: { createPool: POOL, createConnection: CONNECTION },
  mysql2: { createPool: POOL, createConnection: CONNECTION },
  'mysql2/promise': { createPool: POOL, createConnection: CONNECTION },
  knex: { default: POOL, knex: POOL, '*': POOL },
  sequelize: { Sequelize: POOL },
  typeorm: { DataSource: POOL, createConnection: POOL },
  '@prisma/client': { PrismaClient: POOL },
  mongodb: { MongoClient: POOL },
  // `mongoose.connect` is answered by the connection that is there already.
  mongoose: { createConnection: POOL },
  redis: { createClient: CONNECTION },
  ioredis: { default: CONNECTION, Redis: CONNECTION, Cluster: POOL },
  bullmq: { Queue: CONNECTION, QueueEvents: CONNECTION },
  amqplib: { connect: CONNECTION },
  '@elastic/elasticsearch': { Client: POOL },
  'node:http': { Agent: POOL },
  'node:https': { Agent: POOL },
  http: { Agent: POOL },
  https: { Agent: POOL },
  undici: { Agent: POOL, Pool: POOL, Client: CONNECTION },
};
const AWS_CLIENT = /^@aws-sdk\/(?:client-|lib-dynamodb$)/;
const MODULES = /^(?:pg|postgres|mysql2?(?:\/promise)?|knex|sequelize|typeorm|@prisma\/client|mongodb|mongoose|i?o?redis|bullmq|amqplib|@elastic\/elasticsearch|(?:node:)?https?|undici|@aws-sdk\/client-.*)$/;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.NewExpression, ts.SyntaxKind.CallExpression],
  names: ['createPool', 'createConnection', 'createClient', 'connect', 'postgres', 'knex'],

  find(node, file): Match<Facts> | undefined {
    const created = node as ts.NewExpression | ts.CallExpression;
    const owner = enclosingFunction(created);
    if (!owner || !file.importsFrom(MODULES)) return undefined;
    const opens = whatOpens(created, file);
    if (!opens || ts.isConstructorDeclaration(owner) || isKept(created, owner)) return undefined;
    const loop = file.loopAround(created);
    return {
      span: file.span(created),
      facts: { created: shortText(created.expression, 30).replace(/^/, ts.isNewExpression(created) ? 'new ' : ''), opens, loop: loop?.label },
      size: loop && sizeOf(loop),
      confidence: dependsOnCall(created, owner, file) ? 'possible' : 'likely',
    };
  },

  fix: (match, node, file) => (match.confidence === 'likely' ? hoistClient(node as ts.NewExpression | ts.CallExpression, file) : undefined),
};

function whatOpens(created: ts.NewExpression | ts.CallExpression, file: TypeScriptFile): string | undefined {
  const origin = originOf(created.expression, file);
  if (!origin || origin.path.length > 1) return undefined;
  if (AWS_CLIENT.test(origin.module)) return ts.isNewExpression(created) && /Client$/.test(origin.name) ? POOL : undefined;
  const exported = Object.hasOwn(CONNECTING, origin.module) ? CONNECTING[origin.module]! : {};
  // `pg.Pool` of a namespace or default import is the export of that name; anything deeper is a method of it.
  const isNamespace = origin.name === '*' || origin.name === 'default';
  const name = origin.path.length === 1 ? (isNamespace ? origin.path[0]! : '') : origin.name;
  return Object.hasOwn(exported, name) ? exported[name] : undefined;
}

/** Somebody outside of the call holds it afterwards: it is created lazily, cached, registered, or handed to who asked for it. */
function isKept(created: ts.Expression, owner: FunctionNode): boolean {
  let at: ts.Node = created;
  for (; at !== owner && at.parent; at = at.parent) {
    const { parent } = at;
    // `new Client().send(command)` is used on the spot.
    if (ts.isPropertyAccessExpression(parent)) return false;
    if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === at)) return true;
    if (ts.isBinaryExpression(parent) && parent.right === at && /^(?:=|\?\?=|\|\|=)$/.test(parent.operatorToken.getText())) return true;
    // `axios.get(url, { httpsAgent: new Agent() })` keeps it no longer than the call.
    if (ts.isPropertyAssignment(parent)) return !(/agent|dispatcher/i.test(parent.name.getText()) && ts.isCallExpression(parent.parent.parent));
    if (ts.isPropertyDeclaration(parent)) return true;
    if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) && isHandedOn(parent.name, owner);
  }
  return false;
}

/** `return client`, `this.client = client`, `cache.set(key, client)`, `{ client }`. */
function isHandedOn(name: ts.Identifier, owner: FunctionNode): boolean {
  return some(owner, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name.text || node === name) return false;
    const { parent } = node;
    if (ts.isReturnStatement(parent) || ts.isShorthandPropertyAssignment(parent)) return true;
    if (ts.isArrowFunction(parent)) return parent.body === node;
    if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
    if (ts.isBinaryExpression(parent)) return parent.right === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    return ts.isCallExpression(parent) && parent.arguments.includes(node) && /\.(?:set|push|add|register)$/.test(parent.expression.getText());
  });
}

/** Its arguments read something that only this call knows, such as a tenant's address. */
export function dependsOnCall(created: ts.NewExpression | ts.CallExpression, owner: FunctionNode, file: TypeScriptFile): boolean {
  return (created.arguments ?? []).some((argument) =>
    some(argument, (node) => {
      if (node.kind === ts.SyntaxKind.ThisKeyword) return true;
      if (!ts.isIdentifier(node) || isName(node)) return false;
      const declaration = file.scopes.resolve(node)?.node;
      return declaration !== undefined && isWithin(declaration, outermost(owner)) && !isWithin(declaration, argument);
    }),
  );
}

function isName(identifier: ts.Identifier): boolean {
  const { parent } = identifier;
  return (ts.isPropertyAccessExpression(parent) && parent.name === identifier) || (ts.isPropertyAssignment(parent) && parent.name === identifier);
}

/** A callback's call is one of the function around it. */
function outermost(owner: FunctionNode): FunctionNode {
  const outer = isInlineFunction(owner) ? enclosingFunction(owner) : undefined;
  return outer ? outermost(outer) : owner;
}

/** The variable that holds the client and nothing else of its statement. */
export function clientDeclaration(created: ts.Expression): ts.VariableDeclaration | undefined {
  const declaration = created.parent;
  const isOnly = ts.isVariableDeclaration(declaration) && ts.isVariableDeclarationList(declaration.parent) && declaration.parent.declarations.length === 1;
  return isOnly && declaration.initializer && unwrap(declaration.initializer) === created ? declaration : undefined;
}
