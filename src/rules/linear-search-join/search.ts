import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { dependsOn, loopsWithSame } from '../../syntax/typescript/invariance';
import { lodashFunction } from '../../syntax/typescript/lodash';
import type { Loop } from '../../syntax/typescript/loops';
import { isInlineFunction, methodName, receiverOf, unwrap } from '../../syntax/typescript/nodes';
import { boundNames, keyEqualityIn, readsOneOf, type KeyEquality } from './keyEquality';
import { nestedSearchOf } from './nestedLoop';

/** What answers in place of each way to search. */
export const INDEXES: Readonly<Record<string, string>> = {
  find: 'Map', findLast: 'Map', findIndex: 'Map', findLastIndex: 'Map', filter: 'Map of lists', some: 'Set', every: 'Set',
};

/** A search of one list for what belongs to the item of a loop. */
export interface Search {
  /** The list's method, or "loop" for a nested loop. */
  readonly method: string;
  readonly collection: ts.Expression;
  /** The name or pattern of the searched item. */
  readonly parameter: ts.BindingName;
  readonly equality: KeyEquality;
  /** The loop whose items are looked for. */
  readonly loop: Loop;
}

/** `list.find((x) => x.key === item.key)` in a loop that brings another item each time and the same list. */
export function searchOf(call: ts.CallExpression, file: TypeScriptFile): Search | undefined {
  const parts = partsOf(call, file);
  if (!parts || !file.loopAround(call)) return undefined;
  const { method, collection, predicate } = parts;
  if (ts.isObjectLiteralExpression(predicate)) return shorthandSearch(call, method, collection, predicate, file);
  const parameter = isInlineFunction(predicate) ? predicate.parameters[0]?.name : undefined;
  const condition = parameter && conditionOf(predicate as ts.ArrowFunction | ts.FunctionExpression);
  if (!parameter || !condition) return undefined;
  const readsItem = readsOneOf(new Set(boundNames(parameter)));
  for (const loop of loopsWithSame(collection, call, file, 'keeps')) {
    const equality = keyEqualityIn(condition, { node: call, loop, readsItem }, file, method === 'every');
    if (equality) return { method, collection, parameter, equality, loop };
  }
  return undefined;
}

interface Parts {
  readonly method: string;
  readonly collection: ts.Expression;
  readonly predicate: ts.Expression;
}

/** Of `list.find(predicate)` and of lodash's `find(list, predicate)`. */
function partsOf(call: ts.CallExpression, file: TypeScriptFile): Parts | undefined {
  const [first, second] = call.arguments;
  if (!first) return undefined;
  if (second && call.arguments.length === 2) {
    const method = lodashFunction(call, file);
    if (method !== undefined && Object.hasOwn(INDEXES, method)) return { method, collection: first, predicate: unwrap(second) };
  }
  const method = methodName(call);
  const collection = receiverOf(call);
  const isSearch = method !== undefined && collection && Object.hasOwn(INDEXES, method) && isInlineFunction(first);
  return isSearch ? { method, collection, predicate: first } : undefined;
}

/** lodash's `find(users, { id: order.userId })`. */
function shorthandSearch(call: ts.CallExpression, method: string, collection: ts.Expression, pattern: ts.ObjectLiteralExpression, file: TypeScriptFile): Search | undefined {
  const loops = loopsWithSame(collection, call, file, 'keeps');
  for (const property of pattern.properties) {
    if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name)) continue;
    const { name, initializer } = property;
    const loop = loops.find((each) => dependsOn(initializer, each, file));
    if (loop) return { method, collection, parameter: name, equality: { key: name, wanted: initializer, isWhole: false }, loop };
  }
  return undefined;
}

/** A loop statement or forEach whose body only asks whether its item belongs to that of the loop around. */
export function nestedSearchIn(node: ts.CallExpression | ts.ForOfStatement | ts.ForStatement, file: TypeScriptFile): Search | undefined {
  const body = ts.isCallExpression(node) ? callbackBody(node) : node.statement;
  const inner = body && file.loopAround(body);
  return inner && file.loopAround(inner.node) && nestedSearchOf(inner, file);
}

/** The list and the key, whatever the searched item is called. */
export function keyShape({ collection, equality, parameter }: Search): string {
  const key = equality.key.getText();
  const name = ts.isIdentifier(parameter) ? parameter.text : '';
  return `${collection.getText()} ${name !== '' && key.startsWith(name) ? key.slice(name.length) : `.${key}`}`;
}

function callbackBody(call: ts.CallExpression): ts.Node | undefined {
  const callback = methodName(call) === 'forEach' ? call.arguments[0] : undefined;
  return callback && isInlineFunction(callback) ? callback.body : undefined;
}

/** The one expression a predicate returns. */
function conditionOf(predicate: ts.ArrowFunction | ts.FunctionExpression): ts.Expression | undefined {
  if (!ts.isBlock(predicate.body)) return predicate.body;
  const [statement, ...more] = predicate.body.statements;
  return statement && more.length === 0 && ts.isReturnStatement(statement) ? statement.expression : undefined;
}
