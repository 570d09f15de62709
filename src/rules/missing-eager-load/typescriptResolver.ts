import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import { isProjectCallee } from '../../syntax/typescript/callees';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { calleeText, isFunction, some, unwrap, walk } from '../../syntax/typescript/nodes';
import { runsWithCall } from '../../syntax/typescript/reachability';
import type { FieldResolver } from '../../syntax/typescript/resolvers';
import type { Facts } from './facts';

const {
  isBinaryExpression, isBindingElement, isCallExpression, isConditionalExpression, isIdentifier, isIfStatement, isObjectBindingPattern, isPropertyAccessExpression,
  isReturnStatement, isVariableDeclaration,
} = ts;
const Kind = ts.SyntaxKind;

/** The query that a resolver makes for each object it is called for; whether a project's function makes one the linker knows. */
export function queryPerObject({ type, field, fn, parent }: FieldResolver, file: TypeScriptFile): Match<Facts> | undefined {
  const names = boundNames(parent);
  if (names.size === 0 || !some(fn.body!, (node) => isIdentifier(node) && names.has(node.text))) return undefined;
  if (answersFromParent(fn.body!, names) || answersForOneParent(fn.body!, names)) return undefined;
  const derived = derivedNames(fn.body!, names);
  let match: Match<Facts> | undefined;
  walk(fn.body!, (node) => {
    if (match !== undefined) return false;
    if (!isCallExpression(node) || !mentionsAny(node, derived) || isSometimes(node, fn)) return undefined;
    const found = queryOf(node, file);
    if (found === undefined || file.loopAround(node) !== undefined || !runsWithCall(node, fn, file)) return undefined;
    match = { span: file.span(node), confidence: isListed(type, file) ? 'likely' : 'possible', facts: { shownBy: `${type}.${field}`, resolver: { field, type, call: calleeText(node), ...found } } };
    return undefined;
  });
  return match;
}

function queryOf(call: ts.CallExpression, file: TypeScriptFile): Pick<NonNullable<Facts['resolver']>, 'table' | 'callee'> | undefined {
  const access = file.dataAccess(call);
  if (access) return access.kind === 'query' && !access.isBatched ? { table: access.table } : undefined;
  const callee = file.callee(call);
  return callee && isProjectCallee(callee) ? { callee } : undefined;
}

function boundNames(name: ts.BindingName): ReadonlySet<string> {
  if (isIdentifier(name)) return new Set([name.text]);
  return new Set(isObjectBindingPattern(name) ? name.elements.flatMap((element) => [...boundNames(element.name)]) : []);
}

/** The names themselves and those of variables that are made from them. */
function derivedNames(body: ts.Node, names: ReadonlySet<string>): ReadonlySet<string> {
  const derived = new Set(names);
  walk(body, (node) => {
    if (isVariableDeclaration(node) && node.initializer && mentionsAny(node.initializer, derived)) for (const each of boundNames(node.name)) derived.add(each);
    return !isFunction(node);
  });
  return derived;
}

const mentionsAny = (node: ts.Node, names: ReadonlySet<string>): boolean => some(node, (each) => isIdentifier(each) && names.has(each.text) && !isPropertyName(each));

const isPropertyName = (node: ts.Identifier): boolean => (isPropertyAccessExpression(node.parent) && node.parent.name === node) || (isBindingElement(node.parent) && node.parent.propertyName === node);

/** `if (order.lines) return order.lines`: what was read along answers first. */
function answersFromParent(body: ts.Node, names: ReadonlySet<string>): boolean {
  return some(body, (node) => isIfStatement(node) && some(node.thenStatement, (each) => isReturnStatement(each) && each.expression !== undefined && mentionsAny(each.expression, names)), isFunction);
}

/** `if (user.id !== requesting.id) return []`: of all objects of a list it asks for one. */
function answersForOneParent(body: ts.Node, names: ReadonlySet<string>): boolean {
  return some(body, (node) => isIfStatement(node) && isOtherThan(unwrap(node.expression), names) && some(node.thenStatement, (each) => isReturnStatement(each) || isThrow(each)), isFunction);
}

function isOtherThan(condition: ts.Expression, names: ReadonlySet<string>): boolean {
  if (!isBinaryExpression(condition) || ![Kind.ExclamationEqualsEqualsToken, Kind.ExclamationEqualsToken].includes(condition.operatorToken.kind)) return false;
  const sides = [unwrap(condition.left), unwrap(condition.right)];
  return sides.every(isPropertyAccessExpression) && sides.some((side) => mentionsAny(side, names)) && sides.some((side) => !mentionsAny(side, names));
}

/** A throw, or a function that does nothing else, as its name tells. */
const isThrow = (node: ts.Node): boolean => ts.isThrowStatement(node) || (isCallExpression(node) && /^(?:throw|fail|reject)/.test(calleeText(node)));

/** Under a condition, or as the second choice: `order.lines ?? prisma.line.findMany(…)`. */
function isSometimes(call: ts.Node, fn: ts.Node): boolean {
  for (let at = call; at.parent && at !== fn; at = at.parent) {
    const { parent } = at;
    if (isIfStatement(parent) && parent.expression !== at) return true;
    if (isConditionalExpression(parent) && parent.condition !== at) return true;
    if (isBinaryExpression(parent) && parent.right === at && [Kind.QuestionQuestionToken, Kind.BarBarToken, Kind.AmpersandAmpersandToken].includes(parent.operatorToken.kind)) return true;
  }
  return false;
}

/** Some field of this file gives a list of the type: `[Order]` of a schema or decorator. */
const isListed = (type: string, file: TypeScriptFile): boolean => new RegExp(`\\[\\s*['"]?${type}\\b`).test(file.text);
