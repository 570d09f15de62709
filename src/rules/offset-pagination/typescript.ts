import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import { accessOfChain } from '../../syntax/typescript/chains';
import { literalObject } from '../../syntax/typescript/declared';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { methodName, nameText, propertyOf, some, unwrap } from '../../syntax/typescript/nodes';
import { readsOfOneParent } from '../../syntax/typescript/queries/parentRows';
import { namesFewValues } from '../../workspace/schema/uses';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.PropertyAssignment, ts.SyntaxKind.ShorthandPropertyAssignment],
  names: ['offset', 'skip'],

  find(node, file): Match<Facts> | undefined {
    return ts.isCallExpression(node) ? inChain(node, file) : inOptions(node as ts.PropertyAssignment | ts.ShorthandPropertyAssignment, file);
  },
};

/** `.offset(n)` and `.skip(n)` of a query builder's chain. */
function inChain(call: ts.CallExpression, file: TypeScriptFile): Match<Facts> | undefined {
  const name = methodName(call);
  const [amount] = call.arguments;
  if ((name !== 'offset' && name !== 'skip') || !amount || call.arguments.length !== 1 || !isComputed(amount)) return undefined;
  const access = accessOfChain(call, file);
  if (access?.kind !== 'query') return undefined;
  return { span: file.span(call), facts: { form: 'skip', table: access.table, isOfOrm: true } };
}

/** `findMany({ skip: (page - 1) * size })` and `findAll({ offset })`. */
function inOptions(property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment, file: TypeScriptFile): Match<Facts> | undefined {
  const name = nameText(property.name);
  if (name !== 'skip' && name !== 'offset') return undefined;
  const amount = ts.isPropertyAssignment(property) ? property.initializer : property.name;
  const call = property.parent.parent;
  if (!isComputed(amount) || !ts.isCallExpression(call)) return undefined;
  const access = file.dataAccess(call);
  // A cursor with `skip: 1` is keyset pagination already, also where it is only there from the second page on.
  const hasCursor = property.parent.properties.some((other) => some(other, (node) => ts.isPropertyAssignment(node) && nameText(node.name) === 'cursor'));
  if (access?.kind !== 'query' || hasCursor) return undefined;
  const isOfOneParent = mayBeOfOneParent(property.parent, file) || readsOfOneParent(property.parent, file);
  return { span: file.span(property), facts: { form: 'skip', table: access.table, isOfOrm: true }, confidence: isOfOneParent ? 'possible' : 'likely' };
}

/**
 * `where: { teamId }`: pages of one parent's rows are as deep as that parent is large, which is not the table's size.
 * A condition that is put together elsewhere may be one.
 */
function mayBeOfOneParent(options: ts.ObjectLiteralExpression, file: TypeScriptFile): boolean {
  const where = propertyOf(options, 'where');
  if (where === undefined) return options.properties.some(ts.isSpreadAssignment);
  const condition = literalObject(where, file);
  return condition === undefined || condition.properties.some((property) => ts.isSpreadAssignment(property) || isEquality(property));
}

/** Conditions that leave most rows: a part of a text, a bound, a negation, and what is true of one alternative only. */
const WIDE = /^(?:OR|NOT|not|none|every|isNot|gte?|lte?|contains|startsWith|endsWith|search|mode)$/;

/** `teamId`, `team: { id }`, `teamId: { in: ids }` and `AND: [{ teamId }]`. */
function isEquality(property: ts.ObjectLiteralElementLike): boolean {
  const name = property.name && nameText(property.name);
  if (name === undefined || WIDE.test(name) || namesFewValues(name)) return false;
  if (ts.isShorthandPropertyAssignment(property)) return true;
  const value = ts.isPropertyAssignment(property) ? unwrap(property.initializer) : undefined;
  if (value === undefined) return false;
  if (name === 'in' && ts.isArrayLiteralExpression(value)) return true;
  const nested = ts.isArrayLiteralExpression(value) ? value.elements : [value];
  if (nested.some((each) => ts.isObjectLiteralExpression(each) && each.properties.some(isEquality))) return true;
  return (ts.isIdentifier(value) || ts.isPropertyAccessExpression(value) || ts.isStringLiteralLike(value) || ts.isNumericLiteral(value)) && value.getText() !== 'undefined';
}

/** A literal offset is a fixed depth; `skip: 1` belongs to cursors. */
function isComputed(amount: ts.Expression): boolean {
  const node = unwrap(amount);
  if (ts.isConditionalExpression(node)) return isComputed(node.whenTrue) || isComputed(node.whenFalse);
  return !ts.isNumericLiteral(node) && node.kind !== ts.SyntaxKind.UndefinedKeyword && !ts.isStringLiteral(node);
}
