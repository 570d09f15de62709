import { argumentAt, calleeOf, isComprehension, operatorOf, subscriptOf, unwrap } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { dependsOn, loopsWithSame } from '../../syntax/python/invariance';
import { mentions } from '../../syntax/python/iteration';
import type { Loop } from '../../syntax/python/loops';
import { clausesOf, forParts, parametersOf, statementsOf } from '../../syntax/python/statements';

/** How a collection is searched: by the builtin that takes the generator, a comprehension, a loop, or a mask of a data frame. */
export type Consumer = 'next' | 'any' | 'all' | 'filter' | 'comprehension' | 'loop' | 'mask';

/** A search of one collection for what belongs to the item of a loop. */
export interface PythonSearch {
  /** What the finding points at. */
  readonly node: PythonNode;
  readonly consumer: Consumer;
  readonly collection: PythonNode;
  /** What a round of the search calls its item; the frame's name for a mask. */
  readonly item: string;
  /** Reads the searched item and nothing of the loop around: `user.id`. */
  readonly key: PythonNode;
  /** Reads the loop around and not the searched item: `order.user_id`. */
  readonly wanted: PythonNode;
  /** Nothing else is asked of the item. */
  readonly isWhole: boolean;
  /** The loop whose items are looked for. */
  readonly loop: Loop;
}

type Equality = Pick<PythonSearch, 'key' | 'wanted' | 'isWhole'>;

export function searchOf(node: PythonNode, file: PythonFile): PythonSearch | undefined {
  switch (node.kind) {
    case 'ForStatement':
      return nestedLoop(node, file);
    case 'CallExpression':
      return filtered(node, file);
    case 'MemberExpression':
      return masked(node, file);
    default:
      return isComprehension(node) ? comprehension(node, file) : undefined;
  }
}

/** `[user for user in users if user.id == order.user_id]`, also as the generator of next(), any() and all(). */
function comprehension(node: PythonNode, file: PythonFile): PythonSearch | undefined {
  const call = callAround(node);
  const consumer = consumerOf(call);
  for (const { iterable, targets, conditions } of clausesOf(node)) {
    const element = consumer === 'any' || consumer === 'all' ? [node.children.find((child) => child.kind !== '(')!] : [];
    const names = namesOf(targets);
    if (iterable === undefined || names.size === 0) continue;
    for (const loop of loopsWithSame(iterable, iterable, file, 'keeps')) {
      const equality = equalityIn([...conditions, ...element], names, loop, consumer === 'all');
      if (equality) return { node: call && consumer !== 'comprehension' ? call : node.kind === 'ArgList' ? call! : node, consumer, collection: unwrap(iterable), item: targets[0]!.text, loop, ...equality };
    }
  }
  return undefined;
}

function callAround(node: PythonNode): PythonNode | undefined {
  if (node.kind === 'ArgList') return node.parent;
  return node.parent?.kind === 'ArgList' ? node.parent.parent : undefined;
}

function consumerOf(call: PythonNode | undefined): Consumer {
  const name = call && calleeOf(call)?.text;
  return name === 'next' || name === 'any' || name === 'all' ? name : 'comprehension';
}

/** `filter(lambda user: user.id == order.user_id, users)`. */
function filtered(call: PythonNode, file: PythonFile): PythonSearch | undefined {
  if (calleeOf(call)?.kind !== 'VariableName') return undefined;
  const lambda = argumentAt(call, 0);
  const collection = argumentAt(call, 1);
  const parameter = lambda?.kind === 'LambdaExpression' ? parametersOf(lambda)[0]?.name : undefined;
  if (collection === undefined || parameter === undefined) return undefined;
  for (const loop of loopsWithSame(collection, call, file, 'keeps')) {
    const equality = equalityIn([lambda!.lastChild!], new Set([parameter.text]), loop);
    if (equality) return { node: call, consumer: 'filter', collection: unwrap(collection), item: parameter.text, loop, ...equality };
  }
  return undefined;
}

/** `for user in users: if user.id == order.user_id: ...` inside a loop over orders. */
function nestedLoop(statement: PythonNode, file: PythonFile): PythonSearch | undefined {
  const { targets, iterables, body } = forParts(statement);
  const [collection] = iterables;
  const condition = body && iterables.length === 1 ? soleCondition(body) : undefined;
  if (collection === undefined || condition === undefined) return undefined;
  const names = namesOf(targets);
  for (const loop of loopsWithSame(collection, statement, file, 'keeps')) {
    const equality = equalityIn([condition.expression], names, loop, condition.isNegated);
    if (equality) return { node: collection, consumer: 'loop', collection: unwrap(collection), item: targets[0]!.text, loop, ...equality };
  }
  return undefined;
}

/** What the body asks before it does anything: of `if a: ...` as its only statement, or of `if not a: continue` as its first. */
function soleCondition(body: PythonNode): { readonly expression: PythonNode; readonly isNegated: boolean } | undefined {
  const statements = statementsOf(body).filter((each) => each.kind !== 'AssignStatement' || each.descendants('CallExpression').length > 0);
  const [first] = statements;
  const expression = first?.kind === 'IfStatement' ? first.children[1] : undefined;
  if (expression === undefined || first!.children.some(({ kind }) => kind === 'else' || kind === 'elif')) return undefined;
  if (statements.length === 1) return { expression, isNegated: false };
  const [only, ...more] = statementsOf(first!.child('Body'));
  return only?.kind === 'ContinueStatement' && more.length === 0 ? { expression, isNegated: true } : undefined;
}

/** `users[users["id"] == order.user_id]` of a data frame. */
function masked(node: PythonNode, file: PythonFile): PythonSearch | undefined {
  const subscript = subscriptOf(node);
  if (subscript?.index?.kind !== 'BinaryExpression' || !file.imports('pandas', 'geopandas')) return undefined;
  const frame = frameOf(subscript.object);
  if (frame === undefined || file.valueOf(frame)?.kind !== 'dataframe') return undefined;
  for (const loop of loopsWithSame(frame, node, file, 'keeps')) {
    const equality = equalityIn([subscript.index], new Set([frame.text]), loop);
    if (equality) return { node, consumer: 'mask', collection: frame, item: frame.text, loop, ...equality };
  }
  return undefined;
}

/** `frame` of `frame[...]` and of `frame.loc[...]`. */
function frameOf(object: PythonNode): PythonNode | undefined {
  if (object.kind === 'VariableName') return object;
  const isLocator = object.kind === 'MemberExpression' && object.lastChild?.text === 'loc';
  return isLocator && object.firstChild?.kind === 'VariableName' ? object.firstChild : undefined;
}

function namesOf(targets: readonly PythonNode[]): ReadonlySet<string> {
  return new Set(targets.flatMap((target) => (target.kind === 'VariableName' ? [target.text] : target.descendants('VariableName').map(({ text }) => text))));
}

/** The comparison that makes the search a join: an equality that every match must satisfy. */
function equalityIn(conditions: readonly PythonNode[], names: ReadonlySet<string>, loop: Loop, isNegated = false): Equality | undefined {
  const parts = conditions.flatMap((condition) => operandsOf(unwrap(condition), isNegated ? 'or' : /^(?:and|&)$/));
  for (const part of parts) {
    if (part.kind !== 'BinaryExpression' || operatorOf(part) !== (isNegated ? '!=' : '==')) continue;
    const [left, right] = [unwrap(part.firstChild!), unwrap(part.lastChild!)];
    const sides = isKey(left, right, names, loop) ? { key: left, wanted: right } : isKey(right, left, names, loop) ? { key: right, wanted: left } : undefined;
    if (sides) return { ...sides, isWhole: parts.length === 1 };
  }
  return undefined;
}

function operandsOf(node: PythonNode, operator: string | RegExp): PythonNode[] {
  const isOne = node.kind !== 'BinaryExpression' || !(typeof operator === 'string' ? operatorOf(node) === operator : operator.test(operatorOf(node)));
  return isOne ? [node] : [...operandsOf(unwrap(node.firstChild!), operator), ...operandsOf(unwrap(node.lastChild!), operator)];
}

function isKey(key: PythonNode, wanted: PythonNode, names: ReadonlySet<string>, loop: Loop): boolean {
  if (!mentions(key, names) || mentions(wanted, names)) return false;
  const others = new Set([...iterationOf(loop)].filter((name) => !names.has(name)));
  return !mentions(key, others) && dependsOn(wanted, loop);
}

function iterationOf(loop: Loop): ReadonlySet<string> {
  return namesOf(loop.targets);
}
