import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import { accessOfChain } from '../../syntax/typescript/chains';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { methodName, unwrap } from '../../syntax/typescript/nodes';
import { originOf } from '../../syntax/typescript/origin';
import { readsOfOneParent } from '../../syntax/typescript/queries/parentRows';
import type { TypeScriptMatcher } from '../matchers';
import { RANDOM_ORDER } from './random';
import type { Facts } from './rule';

/** SQL in strings is read by the SQL matcher; this one knows the ways of query builders. */
export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.PropertyAssignment],
  names: ['orderBy', 'orderByRaw', 'addOrderBy', 'order'],

  find(node, file): Match<Facts> | undefined {
    return ts.isCallExpression(node) ? orderingCall(node, file) : sequelizeOrder(node as ts.PropertyAssignment, file);
  },
};

/** `.orderByRaw('RANDOM()')` of Knex, `.orderBy('RANDOM()')` of TypeORM, `.orderBy(sql`random()`)` of Drizzle and Kysely. */
function orderingCall(call: ts.CallExpression, file: TypeScriptFile): Match<Facts> | undefined {
  const name = methodName(call);
  if (name === undefined) return undefined;
  const random = call.arguments.find((argument) => isRandomOrder(argument));
  return random && { span: file.span(random), facts: { form: `${name}(${textOf(unwrap(random))?.trim()})`, table: accessOfChain(call, file)?.table } };
}

function isRandomOrder(argument: ts.Expression): boolean {
  const text = textOf(unwrap(argument));
  return text !== undefined && RANDOM_ORDER.test(text);
}

/** The text of a literal, of a tagged template, and of `sql.raw('...')` or `knex.raw('...')`. */
function textOf(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTaggedTemplateExpression(node)) return ts.isNoSubstitutionTemplateLiteral(node.template) ? node.template.text : undefined;
  const [first] = ts.isCallExpression(node) && /^(?:raw|literal)$/.test(methodName(node) ?? '') ? node.arguments : [];
  return first && ts.isStringLiteralLike(first) ? first.text : undefined;
}

/** `order: sequelize.random()`, `order: [[sequelize.fn('RAND')]]`, `order: sequelize.literal('random()')`. */
function sequelizeOrder(property: ts.PropertyAssignment, file: TypeScriptFile): Match<Facts> | undefined {
  const call = callIn(unwrap(property.initializer));
  const name = call && methodName(call);
  if (call === undefined || !isSequelize(call, file)) return undefined;
  const [first] = call.arguments;
  const text = first && ts.isStringLiteralLike(first) ? first.text : '';
  const isRandom = (name === 'random' && call.arguments.length === 0) || (name === 'fn' && /^rand(?:om)?$/i.test(text)) || (name === 'literal' && RANDOM_ORDER.test(text));
  const query = property.parent.parent;
  const table = ts.isCallExpression(query) ? file.dataAccess(query)?.table : undefined;
  // What is left to be sorted are the rows of one parent.
  const isFew = ts.isObjectLiteralExpression(property.parent) && readsOfOneParent(property.parent, file);
  return isRandom ? { span: file.span(call), facts: { form: call.getText(file.source), table }, confidence: isFew ? 'possible' : 'likely' } : undefined;
}

/** The call itself, or the first one in the arrays of an order. */
function callIn(node: ts.Expression): ts.CallExpression | undefined {
  if (ts.isCallExpression(node)) return node;
  const [first] = ts.isArrayLiteralExpression(node) ? node.elements : [];
  return first && callIn(unwrap(first));
}

function isSequelize(call: ts.CallExpression, file: TypeScriptFile): boolean {
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const owner = unwrap(callee.expression);
  // `db.sequelize` and `models.sequelize` are how projects pass their connection on.
  if (ts.isPropertyAccessExpression(owner) && owner.name.text === 'sequelize') return true;
  return /^sequelize(?:-typescript)?$/.test(originOf(owner, file)?.module ?? '');
}
