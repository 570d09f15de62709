import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';
import { labelOf } from './loops';
import { enclosingFunction, isInlineFunction, methodName, nameText, propertyOf, receiverOf, some, unwrap, unwrapAwait, walk } from './nodes';

const {
  isArrayLiteralExpression, isCallExpression, isFunctionDeclaration, isIdentifier, isNewExpression,
  isObjectLiteralExpression, isPropertyAccessExpression, isSpreadElement, isVariableDeclaration,
} = ts;

/** A call that starts something for every item of a collection and waits for all of it. */
export interface FanOut {
  /** "Promise.all", "Promise.allSettled", "pMap". */
  readonly starter: string;
  readonly collection: ts.Expression;
  /** How messages call the collection: "orders". */
  readonly label: string;
  /** What runs per item: an inline function, or an expression that names one. */
  readonly callback: ts.Expression;
  /** The call that makes the promises: `orders.map(…)`. */
  readonly map: ts.CallExpression;
}

/** `Promise.all(xs.map(f))`, also through a variable, and `pMap(xs, f)` without a limit. */
export function fanOutOf(call: ts.CallExpression, file: TypeScriptFile): FanOut | undefined {
  const callee = unwrap(call.expression);
  if (isIdentifier(callee) && callee.text === 'pMap') return poolWithoutLimit(call);
  const method = methodName(call);
  if ((method !== 'all' && method !== 'allSettled') || receiverOf(call)?.getText() !== 'Promise') return undefined;
  const map = mapBehind(call.arguments[0], file);
  const collection = map && receiverOf(map);
  const callback = map?.arguments[0];
  return collection && callback ? { starter: `Promise.${method}`, collection, label: labelOfItems(collection), callback, map: map! } : undefined;
}

/** `[...new Set(ids)]` is about the ids. */
function labelOfItems(collection: ts.Expression): string {
  return labelOf(listBehindSet(unwrap(collection)) ?? collection);
}

/** `pMap(xs, f)` runs without a limit unless it is given one. */
function poolWithoutLimit(call: ts.CallExpression): FanOut | undefined {
  const [collection, callback, options] = call.arguments;
  if (!collection || !callback) return undefined;
  if (options && !(isObjectLiteralExpression(options) && propertyOf(options, 'concurrency') === undefined && options.properties.every(ts.isPropertyAssignment))) return undefined;
  return { starter: 'pMap', collection, label: labelOfItems(collection), callback, map: call };
}

function mapBehind(argument: ts.Expression | undefined, file: TypeScriptFile, depth = 0): ts.CallExpression | undefined {
  if (!argument || depth > 2) return undefined;
  const node = unwrap(argument);
  if (isIdentifier(node)) {
    const declaration = file.scopes.resolve(node)?.node;
    return declaration && isVariableDeclaration(declaration) ? mapBehind(declaration.initializer, file, depth + 1) : undefined;
  }
  if (!isCallExpression(node)) return undefined;
  const name = methodName(node);
  // `xs.map(f).filter(Boolean)` still starts one per item.
  if (name === 'filter' || name === 'flat') return mapBehind(receiverOf(node), file, depth + 1);
  return name === 'map' || name === 'flatMap' ? node : undefined;
}

/** Chunks and pages, and sets that belong to a configuration or to one message and not to the data. */
export const FEW = /chunk|batch|page\b|pages?$|slice|group|bucket|region|locale|language|currenc|\bsizes?$|provider|attachment|integration|webhook|subscription|workflow|plugin|adapter|column|\btabs?$|roles?$|environments?$|packages?$|dependenc|strateg|candidate|owner|admin|moderator/i;

/** A literal, a constant of the project, a slice, a page, a chunk or a check of the length bounds the number of items. */
export function isBounded({ collection, label, map }: FanOut, file: TypeScriptFile): boolean {
  return FEW.test(label) || hasBound(collection, file, 0) || isChecked(label, map);
}

/** `if (orders.length > LIMIT) throw …` earlier in the function. */
function isChecked(label: string, map: ts.CallExpression): boolean {
  const owner = enclosingFunction(map);
  if (!owner?.body || !/^[\w.$]+$/.test(label)) return false;
  const check = new RegExp(`\\b${label.replace(/[.$]/g, '\\$&')}\\.(?:length|size)\\s*(?:\\+[^<>=;{}]*)?>=?\\s*(?!0\\b)[\\w.]`);
  return check.test(owner.body.getText().slice(0, map.getStart() - owner.body.getStart()));
}

/** Names under which an answer carries the list that was asked for: `rows` of `{ rows, rowCount }`. */
export const LIST_PROPERTY = /^(?:rows|data|items|results?|records|docs|documents|edges|nodes|hits|entries|objects|content|Contents|Items|Messages)$/;

/**
 * The call that gave the collection, where the collection is what was asked for and so grows with the data.
 * A list that hangs on one record, such as the recipients of a letter, is as long as that record makes it.
 */
export function sourceOf({ collection }: FanOut, file: TypeScriptFile): ts.CallExpression | undefined {
  let node = unwrapAwait(collection);
  for (let depth = 0; depth < 6; depth++) {
    if (isIdentifier(node)) {
      const declaration: ts.Node | undefined = file.scopes.resolve(node)?.node;
      const element = declaration && ts.isBindingElement(declaration) ? declaration : undefined;
      if (element && ts.isObjectBindingPattern(element.parent) && !LIST_PROPERTY.test((element.propertyName ?? element.name).getText())) return undefined;
      const holder = element ? element.parent.parent : declaration;
      if (!holder || !isVariableDeclaration(holder) || !holder.initializer) return undefined;
      node = unwrapAwait(holder.initializer);
    } else if (isPropertyAccessExpression(node)) {
      if (!LIST_PROPERTY.test(node.name.text)) return undefined;
      node = unwrapAwait(node.expression);
    } else if (isArrayLiteralExpression(node) || isNewExpression(node)) {
      const inner = listBehindSet(node);
      if (!inner) return undefined;
      node = unwrapAwait(inner);
    } else if (isCallExpression(node)) {
      const receiver = receiverOf(node);
      if (!receiver || !/^(?:map|filter|flatMap|flat|sort|slice|reverse|values|keys|entries|concat|from)$/.test(methodName(node)!)) return node;
      const isStatic = isIdentifier(receiver) && /^(?:Object|Array)$/.test(receiver.text);
      const next: ts.Expression | undefined = isStatic ? node.arguments[0] : receiver;
      if (!next) return undefined;
      node = unwrapAwait(next);
    } else {
      return undefined;
    }
  }
  return undefined;
}

/** `ids` of `[...new Set(ids)]` and of `new Set(ids)`. */
export function listBehindSet(node: ts.Expression): ts.Expression | undefined {
  if (isNewExpression(node)) return /^(?:Set|Map)$/.test(node.expression.getText()) ? node.arguments?.[0] : undefined;
  if (!isArrayLiteralExpression(node) || node.elements.length !== 1) return undefined;
  const [only] = node.elements;
  return only && isSpreadElement(only) ? only.expression : undefined;
}

function hasBound(expression: ts.Expression, file: TypeScriptFile, depth: number): boolean {
  const node = unwrapAwait(expression);
  if (depth > 4) return false;
  if (file.shape(node).size !== undefined) return true;
  if (isIdentifier(node)) return isConstantName(node.text) || boundOfName(node, file, depth);
  if (isPropertyAccessExpression(node)) return isConstantName(node.name.text) || hasBound(node.expression, file, depth + 1);
  const set = listBehindSet(node);
  if (set) return hasBound(set, file, depth + 1);
  if (!isCallExpression(node)) return false;
  const name = methodName(node);
  if (name === 'slice' || name === 'splice') return node.arguments.length > 1 || node.arguments[0]?.getText().startsWith('-') === true;
  // The parts of one text, such as the receivers in a setting, are rarely many.
  if (name === 'take' || name === 'limit' || name === 'sampleSize' || name === 'split') return true;
  if (isLimitedQuery(node)) return true;
  const receiver = receiverOf(node);
  if (!receiver) return false;
  // `Object.keys(COLOURS)`, `orders.filter(…)`: as many as there are in what they were made of.
  const source = isIdentifier(receiver) && /^(?:Object|Array)$/.test(receiver.text) ? node.arguments[0] : receiver;
  return source !== undefined && hasBound(source, file, depth + 1);
}

const isConstantName = (name: string): boolean => /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(name) && name.length > 1;

function boundOfName(name: ts.Identifier, file: TypeScriptFile, depth: number): boolean {
  const declaration = file.scopes.resolve(name)?.node;
  return declaration !== undefined && isVariableDeclaration(declaration) && declaration.initializer !== undefined && hasBound(declaration.initializer, file, depth + 1);
}

/** `findMany({ take: 50 })`, `find({ limit: 50 })`. */
export function isLimitedQuery(call: ts.CallExpression): boolean {
  return call.arguments.some((argument) => {
    const object = unwrap(argument);
    return isObjectLiteralExpression(object) && object.properties.some(({ name }) => name !== undefined && /^(?:take|limit|first|pageSize|perPage|per_page|maxResults)$/.test(nameText(name as ts.PropertyName) ?? ''));
  });
}

const LIMITING = /limit|queue|semaphore|\bpool|throttl|bottleneck|mutex|acquire|schedul|debounce|enqueue|batch/i;

/** The callback passes each call through something that limits how many run. */
export function isLimited({ callback }: FanOut, file: TypeScriptFile): boolean {
  const node = unwrap(callback);
  const called = isIdentifier(node) ? functionNamed(node, file) : isInlineFunction(node) ? node : undefined;
  if (!called) return LIMITING.test(node.getText());
  return some(called, (at) => isCallExpression(at) && LIMITING.test(at.expression.getText()));
}

function functionNamed(name: ts.Identifier, file: TypeScriptFile): ts.Node | undefined {
  const declaration = file.scopes.resolve(name)?.node;
  if (!declaration) return undefined;
  if (isFunctionDeclaration(declaration)) return declaration;
  return isVariableDeclaration(declaration) ? declaration.initializer : undefined;
}

/** The calls that one item makes, in order; for a callback that is only named there are none to be seen. */
export function callsPerItem({ callback }: FanOut): readonly ts.CallExpression[] {
  const node = unwrap(callback);
  if (!isInlineFunction(node)) return [];
  const calls: ts.CallExpression[] = [];
  walk(node.body, (at) => {
    if (isCallExpression(at)) calls.push(at);
  });
  return calls;
}
