import { argumentsOf, calleeOf, dottedName, memberOf, subscriptOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { dependsOn } from '../../syntax/python/invariance';
import { isConditional, sleeps } from '../../syntax/python/iteration';
import { comparesLength } from '../../syntax/python/lengths';
import type { Loop } from '../../syntax/python/loops';
import { MUTATORS } from '../../syntax/python/mutation';
import { assignmentOf } from '../../syntax/python/statements';
import { leavesItems, writesIn } from '../../syntax/python/writes';
import { loopOfCaller } from './pythonCallers';
import type { Facts } from './rule';

/** Sorting fewer takes no time. */
const SMALL = 20;
const ADDERS = /^(?:append|extend|insert|add)$/;

/** The loop in each round of which a list is sorted that was there before it. */
export interface Sorting {
  readonly loop: Loop;
  readonly form: Facts['form'];
}

export function sortingLoop(call: PythonNode, list: PythonNode, path: string, file: PythonFile): Sorting | undefined {
  const loop = file.loopsAround(call)[0];
  if (loop !== undefined) return loop.kind !== 'callback' && isFoundReady(call, list, path, loop, file) && isLong(loop, file) ? sortedIn(loop, call, path) : undefined;
  const caller = isAddedBeside(call, path) ? loopOfCaller(call, list, file) : undefined;
  return caller && isLong(caller.loop, file) && !isBounded(path, caller.callee) ? { loop: caller.loop, form: 'grows' } : undefined;
}

function sortedIn(loop: Loop, call: PythonNode, path: string): Sorting | undefined {
  if (isBounded(path, loop.node) || argumentsOf(call).some(({ name, value }) => name !== undefined && dependsOn(value, loop))) return undefined;
  const isRare = isConditional(call, loop.node);
  if (isAddedTo(path, loop.node)) return isRare && !isAddedBeside(call, path) ? undefined : { loop, form: 'grows' };
  return isRare || call.calledName === 'heapify' || mayChange(call, path, loop) ? undefined : { loop, form: 'same' };
}

/** The list was there before the loop, and no round replaces it but by itself with more in it. */
function isFoundReady(call: PythonNode, list: PythonNode, path: string, loop: Loop, file: PythonFile): boolean {
  const bindings = file.scopes.resolve(path.split('.')[0]!, list)?.bindings ?? [];
  const others = bindings.filter(({ owner, kind }) => kind !== 'update' && !(owner.kind === 'AssignStatement' && owner.contains(call)));
  if (others.length === 0 || others.some(({ node }) => loop.node.contains(node))) return false;
  return !loop.node.descendants('AssignStatement').some((statement) => !statement.contains(call) && assignmentOf(statement).targets.flat().some((target) => target.text === path));
}

/** A round that waits, for a query or a request, costs more than sorting. */
function isLong(loop: Loop, file: PythonFile): boolean {
  if ((loop.size !== undefined && loop.size < SMALL) || loop.node.descendants('AwaitExpression').length > 0) return false;
  return !sleeps(loop) && !loop.node.descendants('CallExpression').some((call) => file.dataAccess(call) !== undefined);
}

/** `seen.append(x)`, `seen += [x]`, `seen = sorted(seen + [x])`. */
export function isAddedTo(path: string, within: PythonNode): boolean {
  const calls = within.kind === 'CallExpression' ? [within] : within.descendants('CallExpression');
  if (calls.some((call) => ADDERS.test(call.calledName) && memberOf(calleeOf(call))?.object.text === path)) return true;
  if (calls.some((call) => call.calledName === 'sorted' && isLonger(argumentsOf(call)[0]?.value, path))) return true;
  return [within, ...within.descendants('UpdateStatement')].some((node) => node.kind === 'UpdateStatement' && node.firstChild?.text === path);
}

export function isLonger(value: PythonNode | undefined, path: string): boolean {
  return value?.kind === 'BinaryExpression' && value.firstChild?.text === path;
}

/** Adding and sorting stand under the same condition. */
function isAddedBeside(call: PythonNode, path: string): boolean {
  let at = call;
  while (at.parent !== undefined && at.parent.kind !== 'Body') at = at.parent;
  return at.parent?.kind === 'Body' && at.parent.children.some((statement) => /^(?:Expression|Update|Assign)Statement$/.test(statement.kind) && isAddedTo(path, statement));
}

/** The best ten are kept in order: `if len(best) > 10: best.pop()`, `del best[10:]`. */
function isBounded(path: string, within: PythonNode): boolean {
  if (within.descendants('BinaryExpression').some((node) => comparesLength(node, path))) return true;
  return ['DeleteStatement', 'AssignStatement'].some((kind) =>
    within.descendants(kind).some((statement) => {
      const target = subscriptOf(kind === 'DeleteStatement' ? statement.lastChild : statement.firstChild);
      return target?.isSlice === true && target.object.text === path;
    }),
  );
}

/** Whether a round may change which items the list holds or, where they are compared by a key, the items. */
function mayChange(call: PythonNode, path: string, { node }: Loop): boolean {
  const { passed } = writesIn(node);
  const isKeyed = argumentsOf(call).some(({ name }) => name === 'key');
  if (passed.has(path) || ['YieldStatement', 'YieldExpression'].some((kind) => node.descendants(kind).length > 0)) return true;
  const others = node.descendants('CallExpression').filter((each) => each !== call && !call.contains(each));
  if (others.some((each) => MUTATORS.has(each.calledName) && memberOf(calleeOf(each))?.object.text === path)) return true;
  if (isKeyed && others.some((each) => !leavesItems(each))) return true;
  return ['AssignStatement', 'UpdateStatement', 'DeleteStatement'].some((kind) => node.descendants(kind).some((statement) => writesMember(statement, path, isKeyed)));
}

function writesMember(statement: PythonNode, path: string, isKeyed: boolean): boolean {
  const targets = statement.kind === 'AssignStatement' ? assignmentOf(statement).targets.flat() : statement.children;
  return targets.some((target) => target.kind === 'MemberExpression' && (isKeyed || dottedName(subscriptOf(target)?.object) === path));
}
