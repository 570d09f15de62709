import { ts } from 'ts-morph';
import type { Fix, Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { calleeText, enclosingFunction, methodName, propertyOf, receiverOf, unwrap } from '../../syntax/typescript/nodes';
import { objectOf } from '../../syntax/typescript/models/literals';
import { asksForExistence, existenceTest, resultUses } from '../../syntax/typescript/results/resultUses';
import { usesOf } from '../../syntax/typescript/results/rowReads';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';

const COUNTS = ['count', 'countBy', 'countDocuments', 'getCount', '$count'];
const LISTS = ['findMany', 'findAll', 'find', 'findBy', 'getMany', 'all'];

const INSTEAD: Readonly<Record<string, string>> = {
  prisma: 'findFirst() !== null', typeorm: 'exists()', sequelize: 'findOne() !== null', mongoose: 'exists()', 'mikro-orm': 'findOne() !== null', drizzle: 'a query with limit(1)', knex: 'first()',
};

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],
  names: [...COUNTS, ...LISTS],

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    const name = methodName(call);
    if (name === undefined) return undefined;
    if (COUNTS.includes(name)) return isOnlyTested(call, file) ? matchOf(call, 'counted', file) : undefined;
    if (!LISTS.includes(name) || file.dataAccess(call)?.kind !== 'query') return undefined;
    const { uses, escapes } = resultUses(call, file);
    return escapes || uses.length === 0 || uses.some(({ kind }) => kind !== 'existence') ? undefined : matchOf(call, 'read', file);
  },

  fix: (_match, node, file) => existsFix(node as ts.CallExpression, file),
};

function matchOf(call: ts.CallExpression, how: Facts['how'], file: TypeScriptFile): Match<Facts> | undefined {
  const access = file.dataAccess(call);
  if (access?.kind !== 'query') return undefined;
  return { span: file.span(call), facts: { call: calleeText(call), how, table: access.table, instead: INSTEAD[access.library] ?? 'EXISTS' } };
}

/** The number is compared with nothing where it stands, or wherever the name it is kept under is used. */
function isOnlyTested(call: ts.CallExpression, file: TypeScriptFile): boolean {
  const number = outermost(call);
  // A promise is always true; only what is awaited is a number.
  if (number === call) return false;
  if (asksForExistence(call)) return true;
  const { parent } = number;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false;
  const body = enclosingFunction(parent)?.body;
  const uses = body === undefined ? [] : usesOf(parent.name, body, file);
  return uses.length > 0 && uses.every(asksForExistence);
}

function outermost(node: ts.Expression): ts.Expression {
  let at: ts.Expression = node;
  while (ts.isParenthesizedExpression(at.parent) || ts.isAwaitExpression(at.parent) || ts.isNonNullExpression(at.parent) || ts.isAsExpression(at.parent)) at = at.parent;
  return at;
}

/** Rewrites `(await repository.count(…)) > 0` where the library has a question that takes the same condition. */
function existsFix(call: ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const number = outermost(call);
  const comparison = number.parent;
  const isNegated = ts.isPrefixUnaryExpression(comparison) && comparison.operator === ts.SyntaxKind.ExclamationToken;
  const asks = ts.isBinaryExpression(comparison) ? existenceTest(comparison, number) : isNegated ? 'none' : undefined;
  const question = asks && questionOf(call, asks, file);
  if (question === undefined || !COUNTS.includes(methodName(call)!)) return undefined;
  return { title: 'Ask whether there is one', kind: 'safe', edits: [{ ...file.span(comparison), newText: question }] };
}

function questionOf(call: ts.CallExpression, asks: 'some' | 'none', file: TypeScriptFile): string | undefined {
  const receiver = receiverOf(call)!.getText();
  const [condition] = call.arguments;
  const given = condition?.getText() ?? '';
  const isFound = (query: string): string => `(await ${receiver}.${query}) ${asks === 'some' ? '!==' : '==='} null`;
  switch (file.dataAccess(call)!.library) {
    case 'prisma':
      return isWhereOnly(condition) ? isFound(`findFirst(${given})`) : undefined;
    case 'sequelize':
      return isWhereOnly(condition) ? isFound(`findOne(${given})`) : undefined;
    case 'mongoose':
      return isFound(`exists(${given === '' ? '{}' : given})`);
    case 'typeorm': {
      const method = methodName(call) === 'countBy' ? 'existsBy' : methodName(call) === 'count' ? 'exists' : undefined;
      return method && `${asks === 'none' ? '!' : ''}(await ${receiver}.${method}(${given}))`;
    }
    default:
      return undefined;
  }
}

/** Other options of a count, such as `distinct` or `select`, mean something else to a search. */
function isWhereOnly(options: ts.Expression | undefined): boolean {
  if (options === undefined) return true;
  const object = objectOf(unwrap(options));
  return object !== undefined && object.properties.length === 1 && propertyOf(object, 'where') !== undefined;
}
