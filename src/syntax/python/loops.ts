import { argumentAt, calleeOf, callText, isComprehension, memberOf, shorten, unwrap } from './expressions';
import type { PythonFile } from './file';
import { KindSet } from './kinds';
import type { PythonNode } from './node';
import { clausesOf, forParts, parametersOf } from './statements';

/** A construct that runs code once per item. */
export interface Loop {
  readonly kind: 'for' | 'while' | 'comprehension' | 'callback';
  /** The statement, the comprehension, or the call that takes the callback. */
  readonly node: PythonNode;
  /** What is iterated; absent for `while` and in half-typed code. */
  readonly iterable?: PythonNode;
  /** The targets as written: names, tuples, attributes; a callback's parameters. */
  readonly targets: readonly PythonNode[];
  readonly isAsync: boolean;
  /** How messages call the collection: "orders". */
  readonly label: string;
  /** Number of iterations, where a literal shows it. */
  readonly size?: number;
  /** Chunks, pages or batches are iterated, so one call per iteration already is the bulk form. */
  readonly isBatched: boolean;
}

/** A callable that is called once per item of a collection. */
export interface Callback {
  readonly callable: PythonNode;
  readonly iterable?: PythonNode;
}

const NO_LOOPS: readonly Loop[] = [];
const STOPS: ReadonlySet<string> = new Set(['FunctionDefinition', 'ClassDefinition']);
const BATCH_WORDS = /(?:chunk|batch|page|slice|bucket|partition|shard|grouper|window)/i;
/** Wrappers that iterate what they are given. */
const PASS_THROUGH = /^(?:enumerate|list|tuple|set|sorted|reversed|iter|zip|tqdm|track|frozenset|alist|as_completed)$/;
const CALLBACK_TAKERS: ReadonlySet<string> = new Set(['map', 'imap', 'imap_unordered', 'starmap', 'filter', 'reduce', 'sorted', 'min', 'max', 'sort', 'apply']);
const VIEW_METHODS = /^(?:items|keys|values|all|iterator|copy|order_by|tolist|to_list)$/;

/** What may be a loop; an ArgList is one when it holds a generator. */
const LOOP_KINDS = new KindSet([
  'ForStatement', 'WhileStatement', 'LambdaExpression', 'ArrayComprehensionExpression', 'SetComprehensionExpression',
  'DictionaryComprehensionExpression', 'ComprehensionExpression', 'ArgList',
]);
const STOP_KINDS = new KindSet(STOPS);

export function loopsAround(node: PythonNode, file: PythonFile): readonly Loop[] {
  if (!node.tree.isInside(node.index, LOOP_KINDS, STOP_KINDS)) return NO_LOOPS;
  const loops: Loop[] = [];
  let child = node;
  for (let at = node.parent; at !== undefined && !STOPS.has(at.kind); child = at, at = at.parent) {
    if (at.kind === 'ForStatement') {
      if (at.child('Body') === child) loops.push(file.loopOf(at, () => forLoop(at!, file)));
    } else if (at.kind === 'WhileStatement') {
      if (child.kind !== 'Body' || at.child('Body') === child) loops.push(file.loopOf(at, () => whileLoop(at!)));
    } else if (isComprehension(at)) {
      loops.push(...clauseLoops(at, child, file));
    } else if (at.kind === 'LambdaExpression') {
      const callback = callbackLoop(at, file);
      if (callback === undefined) break;
      loops.push(callback);
    }
  }
  return loops;
}

/** The function or lambda that a call applies to each item: of `map(f, xs)`, `sorted(xs, key=f)`, `pool.map(f, xs)`. */
export function callbackOf(call: PythonNode): Callback | undefined {
  const callee = calleeOf(call);
  if (callee === undefined) return undefined;
  const name = call.calledName;
  if (!CALLBACK_TAKERS.has(name)) return undefined;
  const member = memberOf(callee);
  const first = argumentAt(call, 0);
  // `query.filter(...)` of an ORM takes a condition.
  if (name === 'filter' && member !== undefined) return undefined;
  if (/^(?:map|imap|imap_unordered|starmap|filter|reduce)$/.test(name)) {
    const iterable = argumentAt(call, 1);
    // series.map(f) has no second argument and runs over the series.
    return first && { callable: first, iterable: iterable ?? member?.object };
  }
  if (/^(?:sorted|min|max|sort)$/.test(name)) {
    const key = argumentAt(call, Number.MAX_SAFE_INTEGER, 'key');
    return key && { callable: key, iterable: name === 'sort' ? member?.object : first };
  }
  return name === 'apply' && first && member ? { callable: first, iterable: member.object } : undefined;
}

function forLoop(statement: PythonNode, file: PythonFile): Loop {
  const { isAsync, targets, iterables } = forParts(statement);
  return describe('for', statement, iterables.length === 1 ? iterables[0] : undefined, targets, isAsync, file, iterables.length);
}

function whileLoop(statement: PythonNode): Loop {
  const condition = statement.children[1];
  const label = condition && condition.kind !== 'Body' ? shorten(condition.text, 30) : 'the loop';
  return { kind: 'while', node: statement, targets: [], isAsync: false, label, isBatched: false };
}

/** The clauses that are running where `child` is evaluated, the last written being the innermost. */
function clauseLoops(comprehension: PythonNode, child: PythonNode, file: PythonFile): Loop[] {
  const clauses = clausesOf(comprehension);
  let running = clauses.length;
  clauses.forEach(({ iterable, conditions }, index) => {
    if (iterable === child) running = index;
    else if (conditions.includes(child)) running = index + 1;
  });
  return clauses
    .slice(0, running)
    .map((clause) => describe('comprehension', comprehension, clause.iterable, clause.targets, clause.isAsync, file))
    .reverse();
}

function callbackLoop(lambda: PythonNode, file: PythonFile): Loop | undefined {
  const list = lambda.parent;
  const call = list?.kind === 'ArgList' ? list.parent : undefined;
  return call && callbackOf(call)?.callable === lambda ? loopOfCallback(call, file) : undefined;
}

/** The loop that a call such as `map(f, xs)` runs; undefined for calls without a callback. */
export function loopOfCallback(call: PythonNode, file: PythonFile): Loop | undefined {
  const callback = callbackOf(call);
  if (callback === undefined) return undefined;
  const { callable, iterable } = callback;
  const targets = callable.kind === 'LambdaExpression' ? parametersOf(callable).map(({ name }) => name) : [];
  return describe('callback', call, iterable, targets, false, file);
}

function describe(
  kind: Loop['kind'],
  node: PythonNode,
  iterable: PythonNode | undefined,
  targets: readonly PythonNode[],
  isAsync: boolean,
  file: PythonFile,
  tupleLength?: number,
): Loop {
  const label = iterable ? labelOf(iterable) : 'the loop';
  const isBatched = BATCH_WORDS.test(`${label} ${targets.map((target) => target.text).join(' ')}`) || (iterable !== undefined && isSteppedRange(iterable));
  const size = iterable ? iterationCount(iterable, file) : tupleLength !== undefined && tupleLength > 1 ? tupleLength : undefined;
  return { kind, node, iterable, targets, isAsync, label, size, isBatched };
}

/** `enumerate(orders)`, `orders.items()` and `sorted(orders)` are still about the orders. */
function labelOf(iterable: PythonNode): string {
  const source = sourceOf(iterable);
  return source.kind === 'CallExpression' && source.text.length > 30 ? `${callText(source)}(…)` : shorten(source.text, 40);
}

/** The collection behind wrappers and views. */
export function sourceOf(iterable: PythonNode): PythonNode {
  let at = unwrap(iterable);
  for (;;) {
    const next = at.kind === 'AwaitExpression' ? at.lastChild : behindCall(at);
    if (next === undefined) return at;
    at = unwrap(next);
  }
}

function behindCall(call: PythonNode): PythonNode | undefined {
  const callee = calleeOf(call);
  if (callee === undefined) return undefined;
  const member = memberOf(callee);
  if (member && VIEW_METHODS.test(member.name)) return member.object.kind === 'CallExpression' || member.object.kind === 'MemberExpression' || member.object.kind === 'VariableName' ? member.object : undefined;
  if (callee.text === 'cast' || callee.text === 'typing.cast') return argumentAt(call, 1);
  return PASS_THROUGH.test(callee.text) ? argumentAt(call, 0) : undefined;
}

function iterationCount(iterable: PythonNode, file: PythonFile): number | undefined {
  const source = sourceOf(iterable);
  const value = file.valueOf(source);
  return value?.kind === 'range' ? rangeLength(source) : value?.length;
}

function rangeLength(call: PythonNode): number | undefined {
  const numbers = [0, 1, 2].map((position) => argumentAt(call, position)).filter((node) => node !== undefined);
  if (numbers.length === 0 || numbers.some((node) => !/^\d+$/.test(node.text))) return undefined;
  const [first, second, step] = numbers.map((node) => Number(node.text));
  return second === undefined ? first : Math.max(0, Math.ceil((second - first!) / (step || 1)));
}

function isSteppedRange(iterable: PythonNode): boolean {
  const step = calleeOf(iterable)?.text === 'range' ? argumentAt(iterable, 2) : undefined;
  return step !== undefined && !/^-?\s*1$/.test(step.text);
}
