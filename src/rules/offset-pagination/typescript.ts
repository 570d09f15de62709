import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { DataAccess } from '../../syntax/typescript/dataAccess';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { methodName, nameText, some, unwrap } from '../../syntax/typescript/nodes';
import { readsOfOneParent } from '../../syntax/typescript/queries/parentRows';
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
  return { span: file.span(call), facts: { form: 'skip', table: access.table } };
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
  const confidence = readsOfOneParent(property.parent, file) ? 'possible' : 'likely';
  return { span: file.span(property), facts: { form: 'skip', table: access.table }, confidence };
}

/** The query that the whole chain around a call makes. */
function accessOfChain(call: ts.CallExpression, file: TypeScriptFile): DataAccess | undefined {
  let outermost: ts.CallExpression = call;
  let access = file.dataAccess(call);
  while (ts.isPropertyAccessExpression(outermost.parent) && ts.isCallExpression(outermost.parent.parent)) {
    outermost = outermost.parent.parent;
    access = file.dataAccess(outermost) ?? access;
  }
  return access ?? accessBelow(call, file);
}

/** `Model.find({…}).skip(n)`: the query is made further in. */
function accessBelow(call: ts.CallExpression, file: TypeScriptFile): DataAccess | undefined {
  for (let at: ts.Expression = unwrap(call.expression); ts.isPropertyAccessExpression(at); ) {
    const inner = unwrap(at.expression);
    if (!ts.isCallExpression(inner)) return undefined;
    const access = file.dataAccess(inner);
    if (access) return access;
    at = unwrap(inner.expression);
  }
  return undefined;
}

/** A literal offset is a fixed depth; `skip: 1` belongs to cursors. */
function isComputed(amount: ts.Expression): boolean {
  const node = unwrap(amount);
  if (ts.isConditionalExpression(node)) return isComputed(node.whenTrue) || isComputed(node.whenFalse);
  return !ts.isNumericLiteral(node) && node.kind !== ts.SyntaxKind.UndefinedKeyword && !ts.isStringLiteral(node);
}
