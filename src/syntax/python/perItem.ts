import type { CalleeReference, EffectKind } from '../../core/facts';
import type { SizeReference } from '../../core/rule';
import { calleeReference } from './callees';
import type { DataAccess } from './data/access';
import { literalBehind } from './data/sqlText';
import { argumentAt, argumentsOf, calleeOf, callText, memberOf, shorten } from './expressions';
import type { PythonFile } from './file';
import { carriedNames, isConditional, isErrorPath, isMemoised, isTried, iterationNames, leavesEarly, mentions } from './iteration';
import { callbackOf, loopOfCallback, sourceOf, type Loop } from './loops';
import type { PythonNode } from './node';

/** A call that runs once per item of a loop and leaves the process, or may do so through a project function. */
export interface PerItemCall {
  /** What is called, as a reader sees it. */
  readonly text: string;
  readonly loop: Loop;
  readonly access?: DataAccess;
  readonly callee?: CalleeReference;
  /** All iterations start at once (gather, an executor's map). */
  readonly concurrent: boolean;
  readonly size: SizeReference;
}

/** AppMap and others warn from five calls on; fewer are not worth a batch. */
export const SMALLEST_LOOP = 5;
const RETRY = /retr(?:y|ies)|attempt|tries\b/i;
/** Loops that never come to an end by themselves handle each item when it arrives. */
export const STREAM = /consumer|subscri|listen|stream|queue|watch|\btail|receive|incoming/i;
const BULK_NAMES = /batch|bulk|chunk|_many$|^many_/i;
const STARTS_ALL = /^(?:gather|wait|as_completed|create_task|ensure_future|map_async|start_soon|submit)$/;

/** Two rules ask about each call, so the answer is kept with it. */
const KNOWN = new WeakMap<PythonNode, PerItemCall | null>();

/** Finds per-item calls of one kind and leaves out loops in which one call per round is right. */
export function perItemCall(call: PythonNode, file: PythonFile, kind: EffectKind): PerItemCall | undefined {
  const callback = callbackOf(call);
  const isNamed = callback !== undefined && callback.callable.kind !== 'LambdaExpression';
  if (!isNamed && file.loopsAround(call).length === 0) return undefined;
  let found = KNOWN.get(call);
  if (found === undefined) {
    found = (isNamed ? viaCallback(call, callback.callable, file) : inLoop(call, file)) ?? null;
    KNOWN.set(call, found);
  }
  const isWanted = found !== null && (found.access === undefined || found.access.kind === kind);
  return isWanted ? found! : undefined;
}

function inLoop(call: PythonNode, file: PythonFile): PerItemCall | undefined {
  const loop = countingLoop(call, file);
  const found = loop && effectOf(call, calleeOf(call)!, file);
  if (loop === undefined || found === undefined || !isPerItem(call, loop, file)) return undefined;
  return { text: callText(call), loop, ...found, concurrent: startsTogether(loop), size: sizeOf(loop, file) };
}

/**
 * A commit in every round of a loop that does nothing slower. One under a condition is a commit
 * per batch, one after a request keeps what the request brought, and one in a `try` keeps the rows
 * before the one that fails.
 */
export function commitPerItem(call: PythonNode, file: PythonFile): PerItemCall | undefined {
  const verb = call.calledName;
  if (verb !== 'commit' && verb !== 'flush') return undefined;
  const loop = countingLoop(call, file);
  const access = loop && file.dataAccess(call);
  if (loop === undefined || access?.kind !== 'write' || leavesEarly(loop) || isErrorPath(call, loop.node)) return undefined;
  if (isConditional(call, loop.node) || isTried(call, loop.node) || asksOthers(loop.node, file)) return undefined;
  return { text: callText(call), loop, access, concurrent: false, size: sizeOf(loop, file) };
}

function asksOthers(loop: PythonNode, file: PythonFile): boolean {
  if (loop.descendants('AwaitExpression').some((node) => file.dataAccess(node.lastChild!)?.library !== 'sqlalchemy')) return true;
  return loop.descendants('CallExpression').some((inner) => file.dataAccess(inner)?.kind === 'request');
}

/** `map(load, ids)` calls load once per id. */
function viaCallback(call: PythonNode, callable: PythonNode, file: PythonFile): PerItemCall | undefined {
  const callee = calleeReference(callable, file);
  const loop = loopOfCallback(call, file);
  if (callee === undefined || loop === undefined || loop.isBatched || isSmall(loop)) return undefined;
  return { text: shorten(callable.text), loop, callee, concurrent: memberOf(calleeOf(call)) !== undefined, size: sizeOf(loop, file) };
}

function effectOf(call: PythonNode, callee: PythonNode, file: PythonFile): Pick<PerItemCall, 'access' | 'callee'> | undefined {
  const access = file.dataAccess(call);
  if (access !== undefined) return { access };
  // `delete_batch(ids)` is the bulk form, whatever it does inside.
  if (BULK_NAMES.test(call.calledName)) return undefined;
  const reference = calleeReference(callee, file);
  return reference && { callee: reference };
}

/** The innermost loop that multiplies the call: handfuls and retries are looked through, batches end the search. */
function countingLoop(call: PythonNode, file: PythonFile): Loop | undefined {
  for (const loop of file.loopsAround(call)) {
    if (loop.isBatched || STREAM.test(loop.label)) return undefined;
    if (loop.kind !== 'while' && !isSmall(loop) && !isRetry(loop)) return loop;
  }
  return undefined;
}

/** The parts of one text, such as the codes in a request's parameter, are rarely many. */
export function isHandful({ iterable }: Loop): boolean {
  return iterable !== undefined && /\.r?split\([^()]*\)\)*$/.test(iterable.text);
}

function isSmall(loop: Loop): boolean {
  return (loop.size !== undefined && loop.size < SMALLEST_LOOP) || isOverClass(loop);
}

/** `for status in OrderStatus:` goes through the members of an Enum, which are as many as somebody wrote down. */
function isOverClass({ iterable }: Loop): boolean {
  return iterable !== undefined && /^(?:\w+\.)*[A-Z]\w*[a-z]\w*$/.test(sourceOf(iterable).text);
}

export function isRetry(loop: Loop): boolean {
  return RETRY.test(`${loop.label} ${loop.targets.map((target) => target.text).join(' ')} ${loop.iterable?.text ?? ''}`);
}

function isPerItem(call: PythonNode, loop: Loop, file: PythonFile): boolean {
  const names = iterationNames(loop);
  if (!mentions(call, names) || takesWholeItem(call, loop) || asksEachTable(call, loop) || runsGivenStatement(call, names, file)) return false;
  if (leavesEarly(loop) || isErrorPath(call, loop.node) || isMemoised(call, loop.node)) return false;
  return !mentions(call, carriedNames(loop, file));
}

/** `filter(id__in=ids)` inside `for ids in ...`: the item is a batch of keys. */
function takesWholeItem(call: PythonNode, loop: Loop): boolean {
  const names = new Set(loop.targets.map((target) => target.text));
  return [call, ...call.descendants('CallExpression')].some((inner) =>
    argumentsOf(inner).some(({ name, value }) => (name?.endsWith('__in') || memberOf(calleeOf(inner))?.name === 'in_') && names.has(value.text)),
  );
}

/** `session.query(model)` and `model.objects` inside `for model in models`: a query reads one table. */
function asksEachTable(call: PythonNode, loop: Loop): boolean {
  const names = new Set(loop.targets.flatMap((target) => (target.kind === 'VariableName' ? [target] : target.descendants('VariableName'))).map(({ text }) => text));
  const isTable = (node: PythonNode | undefined): boolean => node?.kind === 'VariableName' && names.has(node.text);
  return [call, ...call.descendants('CallExpression')].some((inner) => {
    const owner = memberOf(memberOf(calleeOf(inner))?.object);
    if (owner !== undefined && /^(?:objects|query|_default_manager)$/.test(owner.name) && isTable(owner.object)) return true;
    return /^(?:query|select|insert|update|delete|get)$/.test(inner.calledName) && isTable(argumentAt(inner, 0)) && isNamedAsClass(argumentAt(inner, 0)!);
  });
}

/** A row may be handed to `session.delete(row)`; a class says so by its name. */
const isNamedAsClass = ({ text }: PythonNode): boolean => /model|table|klass|^cls$|entity|class/i.test(text);

/** `asyncio.gather(*(load(x) for x in xs))` and a task per item. */
function startsTogether(loop: Loop): boolean {
  if (loop.kind !== 'comprehension') return false;
  const list = loop.node.kind === 'ArgList' ? loop.node : loop.node.parent;
  const call = list?.kind === 'ArgList' ? list.parent : undefined;
  const callee = call && calleeOf(call);
  return callee !== undefined && STARTS_ALL.test(memberOf(callee)?.name ?? callee.text);
}

/** `for statement in statements: cursor.execute(statement)`: the loop is a script, not a query per item. */
function runsGivenStatement(call: PythonNode, names: ReadonlySet<string>, file: PythonFile): boolean {
  const access = file.dataAccess(call);
  if (access?.verb !== 'execute' || access.table !== undefined) return false;
  const statement = argumentAt(call, 0);
  return statement?.kind === 'VariableName' && names.has(statement.text) && literalBehind(statement, file) === undefined && file.valueOf(statement)?.kind !== 'statement';
}

export function sizeOf(loop: Loop, file: PythonFile): SizeReference {
  if (loop.size !== undefined) return { kind: 'literal', value: loop.size };
  const value = loop.iterable && file.valueOf(loop.iterable);
  return { kind: 'collection', name: loop.label, table: value?.table ?? value?.element?.table };
}
