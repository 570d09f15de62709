import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { isPure } from '../../syntax/typescript/invariance';
import { isAssignment, isInlineFunction, methodName, receiverOf, some, unwrap } from '../../syntax/typescript/nodes';
import { emptinessOf, outer, takenBy } from './typescriptUses';
import type { Facts } from './rule';

/** A list that is made for one look at it. */
export interface Needless {
  /** What is gone through: `orders` of `orders.filter(isOpen)`. */
  readonly source: ts.Expression;
  readonly then: string;
  readonly instead: string;
  readonly saves: Facts['saves'];
  readonly isChain?: true;
  /** The expression that can be written in another way, and what the fix writes. */
  readonly rewrite?: { readonly node: ts.Node; readonly text: string; readonly caveat?: string };
}

/** Steps that make a list, and steps that end in something else. */
const LISTING = /^(?:map|filter|flatMap)$/;
const READING = /^(?:reduce|forEach|some|every|find|findIndex)$/;

/** `list` is the call or array literal that makes the list. */
export function needlessList(list: ts.Expression, file: TypeScriptFile): Needless | undefined {
  if (ts.isArrayLiteralExpression(list)) {
    const [only] = list.elements;
    return list.elements.length === 1 && ts.isSpreadElement(only!) ? copiedSet(list, only.expression, file) : undefined;
  }
  const call = list as ts.CallExpression;
  const receiver = receiverOf(call);
  const [argument] = call.arguments;
  if (!receiver || !argument || call.arguments.length !== 1) return undefined;
  const owner = ts.isIdentifier(receiver) ? receiver.text : '';
  if (methodName(call) === 'from') return owner === 'Array' ? copiedSet(call, argument, file) : undefined;
  if (methodName(call) === 'keys') return owner === 'Object' ? askedKeys(call, argument, file) : undefined;
  if (methodName(call) === 'map') return mapped(call, receiver, argument, file) ?? sliced(call, receiver, argument) ?? chained(call, receiver, file);
  return methodName(call) === 'filter' ? (filtered(call, receiver, argument) ?? chained(call, receiver, file)) : undefined;
}

/** `xs.map(f).filter(g).reduce(h)` in a loop: two lists that only the next step sees, in each round. */
function chained(call: ts.CallExpression, before: ts.Expression, file: TypeScriptFile): Needless | undefined {
  if (!ts.isCallExpression(before) || !LISTING.test(methodName(before) ?? '')) return undefined;
  const access = outer(call).parent;
  const isLast = ts.isPropertyAccessExpression(access) && ts.isCallExpression(access.parent) && READING.test(access.name.text);
  const source = isLast && file.loopAround(call) ? receiverOf(before) : undefined;
  return source && { source, then: 'only goes through it once more', instead: 'One loop', saves: 'copies', isChain: true };
}

/** `xs.filter(f).length > 0`, `xs.filter(f)[0]`, `const [x] = xs.filter(f)`. */
function filtered(call: ts.CallExpression, source: ts.Expression, condition: ts.Expression): Needless | undefined {
  if (!isQuiet(condition)) return undefined;
  const isChained = call.getText().includes('?.');
  const caveat = isInlineFunction(condition) && isPure(condition) ? undefined : 'The condition is no longer asked of the items behind the first hit, which counts if it does something besides answering.';
  const as = (method: string): string => `${call.expression.getText().replace(/filter$/, method)}(${condition.getText()})`;
  const emptiness = emptinessOf(call);
  if (emptiness) {
    const rewrite = isChained ? undefined : { node: emptiness.node, text: emptiness.isFilled ? as('some') : `!${as('some')}`, caveat };
    return { source, then: 'only asks whether there is one', instead: 'some()', saves: 'stops', rewrite };
  }
  const taken = takenBy(call);
  if (!taken) return undefined;
  const typed = taken.mayBeMissing ? undefined : 'find() may give undefined, which strict TypeScript wants to see handled.';
  const rewrite = taken.rewrites && !isChained ? { node: taken.node, text: taken.rewrites(as('find')), caveat: caveat ?? typed } : undefined;
  return { source, then: 'only takes the first item', instead: 'find()', saves: 'stops', rewrite };
}

/** `orders.map((order) => order.id).includes(id)`; in a loop a Set serves better, which linear-membership says. */
function mapped(call: ts.CallExpression, source: ts.Expression, callback: ts.Expression, file: TypeScriptFile): Needless | undefined {
  const asked = includesOf(call);
  if (!asked || !isQuiet(callback) || file.loopAround(call)) return undefined;
  return { source, then: 'only looks for one value', instead: 'some()', saves: 'stops', rewrite: comparing(call, callback, asked, file) };
}

/** `xs.map(f).slice(from, to)`: what is made of the others is thrown away. With an index or the whole list f would notice the other order. */
function sliced(call: ts.CallExpression, source: ts.Expression, callback: ts.Expression): Needless | undefined {
  const access = outer(call).parent;
  const part = ts.isPropertyAccessExpression(access) && access.name.text === 'slice' ? access.parent : undefined;
  if (!part || !ts.isCallExpression(part) || part.expression !== access || part.arguments.length === 0) return undefined;
  if (!isInlineFunction(callback) || callback.parameters.length !== 1 || callback.parameters[0]!.dotDotDotToken || !isQuiet(callback)) return undefined;
  const caveat = isPure(callback) ? undefined : 'The function is no longer called for the other items, which counts if it does something besides answering.';
  const bounds = part.arguments.map((bound) => bound.getText()).join(', ');
  const isChained = part.getText().includes('?.');
  const rewrite = isChained ? undefined : { node: part, text: `${source.getText()}.slice(${bounds}).map(${callback.getText()})`, caveat };
  return { source, then: 'only keeps some of its items', instead: 'slice() before map()', saves: 'part', rewrite };
}

/** The same question to `some`, where the callback is one expression of one plain parameter. */
function comparing(call: ts.CallExpression, callback: ts.Expression, asked: ts.CallExpression, file: TypeScriptFile): Needless['rewrite'] {
  const value = asked.arguments[0]!;
  const parameter = isInlineFunction(callback) && callback.parameters.length === 1 ? callback.parameters[0]! : undefined;
  if (!parameter || !ts.isArrowFunction(callback) || ts.isBlock(callback.body) || asked.getText().includes('?.') || !isPure(value)) return undefined;
  const body = unwrap(callback.body);
  const isPlain = ts.isPropertyAccessExpression(body) || ts.isCallExpression(body);
  const isHidden = some(value, (node) => ts.isIdentifier(node) && node.text === parameter.name.getText());
  if (!isPlain || isHidden || !(ts.isIdentifier(value) || ts.isPropertyAccessExpression(value) || ts.isStringLiteralLike(value))) return undefined;
  const text = `${call.expression.getText().replace(/map$/, 'some')}((${parameter.getText()}) => ${body.getText()} === ${value.getText()})`;
  return { node: asked, text, caveat: file.shape(value).kind === 'string' ? undefined : 'includes() finds NaN, and === does not.' };
}

/** The call in `list.includes(x)`. */
function includesOf(list: ts.Expression): ts.CallExpression | undefined {
  const access = outer(list).parent;
  const call = ts.isPropertyAccessExpression(access) && access.name.text === 'includes' ? access.parent : undefined;
  return call && ts.isCallExpression(call) && call.arguments.length === 1 ? call : undefined;
}

/** What waits or assigns is there for more than its answer. */
function isQuiet(condition: ts.Expression): boolean {
  return !some(condition, (node) => ts.isAwaitExpression(node) || isAssignment(node) || ts.isPostfixUnaryExpression(node) || (isInlineFunction(node) && node.modifiers !== undefined));
}

/** `[...set].length`, `Array.from(set).includes(x)`, `[...map.keys()].includes(key)`. */
function copiedSet(list: ts.Expression, source: ts.Expression, file: TypeScriptFile): Needless | undefined {
  const access = outer(list).parent;
  if (!ts.isPropertyAccessExpression(access)) return undefined;
  const { kind } = file.shape(source);
  if (access.name.text === 'length' && (kind === 'set' || kind === 'map')) {
    return { source, then: 'only counts it', instead: 'size', saves: 'asks', rewrite: { node: access, text: `${source.getText()}.size` } };
  }
  const asked = kind === 'set' ? source : keysOfMap(source, file);
  const call = asked && includesOf(list);
  return call && { source, then: 'only looks for one of them', instead: 'has()', saves: 'asks', rewrite: { node: call, text: `${asked.getText()}.has(${call.arguments[0]!.getText()})` } };
}

function keysOfMap(source: ts.Expression, file: TypeScriptFile): ts.Expression | undefined {
  if (!ts.isCallExpression(source) || methodName(source) !== 'keys' || source.arguments.length > 0) return undefined;
  const map = receiverOf(source);
  return map && file.shape(map).kind === 'map' ? map : undefined;
}

/** `Object.keys(record).includes(key)`. */
function askedKeys(list: ts.CallExpression, record: ts.Expression, file: TypeScriptFile): Needless | undefined {
  const call = includesOf(list);
  if (!call) return undefined;
  const key = call.arguments[0]!;
  const caveat = `Object.hasOwn came with ES2022${file.shape(key).kind === 'string' ? '' : ', and takes a number for the name that it is written as'}.`;
  return { source: record, then: 'only looks for one key', instead: 'Object.hasOwn()', saves: 'asks', rewrite: { node: call, text: `Object.hasOwn(${record.getText()}, ${key.getText()})`, caveat } };
}
