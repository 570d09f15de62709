import { argumentsOf, calleeOf, dottedName, isComprehension, memberOf, subscriptOf, unwrap } from './expressions';
import type { PythonFile } from './file';
import { loopOfCallback, sourceOf as collectionOf, type Loop } from './loops';
import type { PythonNode } from './node';
import { withItems } from './statements';

/** A call that starts something for every item of a collection. */
export interface FanOut {
  /** "asyncio.gather", "TaskGroup.create_task". */
  readonly starter: string;
  readonly loop: Loop;
  /** What is started per item: `client.get(url)`, or the function that `map` or `start_soon` is given. */
  readonly started: PythonNode;
}

export const STARTER_NAMES = ['gather', 'wait', 'as_completed', 'create_task', 'start_soon'];

/** `gather(*(f(x) for x in xs))`, also through a list, and tasks that a loop starts in a group. */
export function fanOutOf(call: PythonNode, file: PythonFile): FanOut | undefined {
  const name = call.calledName;
  if (name === 'start_soon' || name === 'create_task') return startedInGroup(call, name, file);
  const qualified = file.names.qualified(calleeOf(call));
  if (qualified === undefined || !/^asyncio\.(?:gather|wait|as_completed)$/.test(qualified)) return undefined;
  const first = argumentsOf(call).find(({ name: keyword, unpacks }) => keyword === undefined && (name === 'gather' ? unpacks === '*' : unpacks === undefined));
  return first && startedIn(first.value, qualified, file);
}

/** The comprehension, `map` or list behind what is gathered. */
function startedIn(value: PythonNode, starter: string, file: PythonFile, depth = 0): FanOut | undefined {
  const node = unwrap(value);
  if (isComprehension(node)) {
    const element = node.children.find((child) => child.kind !== '[' && child.kind !== '(' && child.kind !== '{');
    const loop = element && file.loopsAround(element).find((each) => each.node === node);
    return element && loop && { starter, loop, started: taskOf(element) };
  }
  if (node.kind === 'CallExpression' && node.calledName === 'map') {
    const loop = loopOfCallback(node, file);
    const callable = argumentsOf(node)[0]?.value;
    return loop && callable && { starter, loop, started: callable };
  }
  return node.kind === 'VariableName' && depth < 2 ? startedUnder(node, starter, file, depth) : undefined;
}

/** `tasks = [f(x) for x in xs]`, or `tasks.append(f(x))` in a loop. */
function startedUnder(name: PythonNode, starter: string, file: PythonFile, depth: number): FanOut | undefined {
  const bindings = file.scopes.resolve(name.text, name)?.bindings;
  const value = bindings?.length === 1 && bindings[0]!.kind === 'assignment' ? bindings[0]!.value : undefined;
  if (value === undefined) return undefined;
  const direct = startedIn(value, starter, file, depth + 1);
  if (direct !== undefined) return direct;
  for (const use of file.usesOf(name.text)) {
    const append = use.parent?.parent;
    if (append?.kind !== 'CallExpression' || append.calledName !== 'append' || file.scopes.resolve(name.text, use)?.bindings !== bindings) continue;
    const [loop] = file.loopsAround(append);
    const started = argumentsOf(append)[0]?.value;
    if (loop !== undefined && started !== undefined) return { starter, loop, started: taskOf(started) };
  }
  return undefined;
}

/** `tg.create_task(f(x))` and `nursery.start_soon(f, x)` in a loop. */
function startedInGroup(call: PythonNode, name: string, file: PythonFile): FanOut | undefined {
  const [loop] = file.loopsAround(call);
  const group = memberOf(calleeOf(call))?.object;
  const started = argumentsOf(call)[0]?.value;
  if (loop === undefined || loop.kind === 'while' || group?.kind !== 'VariableName' || started === undefined) return undefined;
  const binding = file.scopes.resolve(group.text, group)?.bindings[0];
  if (binding?.kind !== 'with') return undefined;
  const context = withItems(binding.owner).find(({ target }) => target?.text === group.text)?.context;
  return context && /(?:TaskGroup|open_nursery|create_task_group)\(\)?$|\(\)$/.test(context.text) ? { starter: `${group.text}.${name}`, loop, started } : undefined;
}

/** `f(x)` of `asyncio.create_task(f(x))` and `ensure_future(f(x))`. */
function taskOf(node: PythonNode): PythonNode {
  const inner = unwrap(node);
  if (inner.kind !== 'CallExpression' || !/^(?:create_task|ensure_future|shield|wait_for)$/.test(inner.calledName)) return inner;
  const first = argumentsOf(inner)[0]?.value;
  return first === undefined ? inner : unwrap(first);
}

/** Sets that belong to a configuration or to one message and not to the data. */
export const FEW = /region|locale|language|currenc|sizes?$|provider|attachment|integration|webhook|subscription|workflow|plugin|adapter|column|roles?$|environments?$|packages?$|dependenc|strateg|candidate|services?$|workers?$|coros?$|hooks?$|handlers?$|callbacks?$|owner|admin|moderator/i;

/** A literal, a constant, a slice, a page, a chunk or a check of the length bounds the number of items. */
export function isBounded({ loop }: FanOut, file: PythonFile): boolean {
  if (loop.isBatched || loop.size !== undefined || loop.iterable === undefined || FEW.test(loop.label)) return true;
  const source = collectionOf(loop.iterable);
  if (source.kind === 'MemberExpression' && subscriptOf(source)?.isSlice === true) return true;
  const name = dottedName(source);
  if (name === undefined) return source.kind === 'CallExpression' && /^(?:range|islice|chunks?|batched)$/.test(source.calledName);
  if (/^(?:\w+\.)*[A-Z][A-Z0-9_]+$/.test(name) || isChecked(name, source)) return true;
  const value = source.kind === 'VariableName' ? file.scopes.resolve(source.text, source)?.bindings[0]?.value : undefined;
  // The parts of one text, such as the receivers in a setting, are rarely many.
  return value !== undefined && (subscriptOf(value)?.isSlice === true || /\.limit\(|\blimit=|\.r?split\(/.test(value.text));
}

/** `if len(orders) > LIMIT: raise …` earlier in the function. */
function isChecked(name: string, place: PythonNode): boolean {
  const owner = place.closest('FunctionDefinition');
  if (owner === undefined) return false;
  const before = place.tree.text.slice(owner.start, place.start);
  return new RegExp(`len\\(\\s*${name.replace(/\./g, '\\.')}\\s*\\)\\s*>=?\\s*(?!0\\b)[\\w.]`).test(before);
}

const LIMITING = /semaphore|\bsem\b|_sem\b|limit|throttl|bucket|queue|\block\b/i;

/** What is started takes a place under a limit before it goes on. */
export function isLimited({ started, loop }: FanOut, file: PythonFile): boolean {
  if (LIMITING.test(started.text)) return true;
  const callee = started.kind === 'CallExpression' ? calleeOf(started)! : started;
  const binding = callee.kind === 'VariableName' ? file.scopes.resolve(callee.text, callee)?.bindings[0] : undefined;
  if (binding?.kind === 'function' && LIMITING.test(binding.owner.text)) return true;
  const member = memberOf(callee);
  const method = member?.object.text === 'self' ? callee.closest('ClassDefinition')?.descendants('FunctionDefinition').find((each) => each.child('VariableName')?.text === member.name) : undefined;
  return method !== undefined ? LIMITING.test(method.text) : loop.node.kind === 'ForStatement' && /\.acquire\(|async with/.test(loop.node.text);
}

/** The call that gave the collection, as far as one assignment tells. */
export function sourceOf({ loop }: FanOut, file: PythonFile): PythonNode | undefined {
  let node = loop.iterable && collectionOf(loop.iterable);
  for (let depth = 0; node !== undefined && depth < 4; depth++) {
    if (node.kind === 'AwaitExpression') node = unwrap(node.lastChild!);
    if (node.kind === 'CallExpression') return node;
    if (isComprehension(node)) {
      const iterable = node.children[node.children.findIndex((child) => child.kind === 'in') + 1];
      node = iterable && collectionOf(iterable);
      continue;
    }
    const bindings: readonly { readonly kind: string; readonly value?: PythonNode }[] | undefined =
      node.kind === 'VariableName' ? file.scopes.resolve(node.text, node)?.bindings : undefined;
    node = bindings?.length === 1 && bindings[0]!.kind === 'assignment' ? bindings[0]!.value : undefined;
  }
  return undefined;
}
