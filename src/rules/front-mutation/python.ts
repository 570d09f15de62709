import type { Match } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import { argumentAt, argumentsOf, calleeOf, dottedName, memberOf, operatorOf, shorten, subscriptOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode, Value } from '../../syntax/python/file';
import { climbs, comesFromOneText } from '../../syntax/python/handfuls';
import { isConditional, mentions, sleeps } from '../../syntax/python/iteration';
import { comparesLength } from '../../syntax/python/lengths';
import type { Loop } from '../../syntax/python/loops';
import { sizeOf } from '../../syntax/python/perItem';
import { simpleAssignment } from '../../syntax/python/statements';
import { writesIn } from '../../syntax/python/writes';
import { growsWithData } from '../growthPython';
import type { PythonMatcher } from '../matchers';
import { fixFront } from './pythonFix';
import type { Facts } from './rule';

/** Moving fewer elements costs nothing worth saying. */
const SMALL_LIST = 100;
const SHORT_NAMES = /(?:argv|args|path|parts|stack|ancestors|parents|words|chunks|breadcrumbs?|tokens)$/i;

interface Change {
  readonly does: Facts['does'];
  readonly list: PythonNode;
}

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression', 'DeleteStatement', 'AssignStatement'],
  names: ['pop', 'insert'],

  find(node, file): Match<Facts> | undefined {
    const change = file.loopsAround(node).length > 0 ? changeOf(node) : undefined;
    const path = change && dottedName(change.list);
    const loop = path === undefined ? undefined : loopOutside(node, change!.list, file);
    if (change === undefined || path === undefined || loop === undefined || isBounded(node, path, loop) || isPaced(loop, file)) return undefined;
    // How often a loop without a collection adds something is not known.
    if (change.does === 'adds to' && loop.kind === 'while') return undefined;
    if (!(change.does === 'takes from' ? isDrained(node, path, loop) : isFilled(node, loop))) return undefined;
    const kind = kindOf(change.list, node, file);
    // Only a list is asked for its item 0, but a slice may be one of text.
    const isList = kind === 'list' || (kind === undefined && node.kind === 'CallExpression');
    // Of a for loop the code has to show that its rounds grow in number; a while loop runs until the list is empty.
    if (!isList || isShort(change.list, path, loop, file) || (loop.kind !== 'while' && !growsWithData(loop.iterable, file)) || !isFirst(node, `${change.does} ${path}`, loop)) return undefined;
    return {
      span: node,
      facts: {
        list: path,
        change: shorten(node.text, 40),
        does: change.does,
        loop: loop.kind === 'while' ? 'the loop' : loop.label,
        advice: change.does === 'takes from' ? 'Use a collections.deque and popleft, or an index.' : 'Append and reverse once after the loop, or use a collections.deque and appendleft.',
      },
      size: loop.kind === 'while' ? { kind: 'collection', name: path } : sizeOf(loop, file),
    };
  },

  fix: (_match, node, file) => fixFront(node, file),
};

/** `q.pop(0)`, `q.insert(0, x)`, `del q[0]`, `q = q[1:]`. */
function changeOf(node: PythonNode): Change | undefined {
  if (node.kind === 'CallExpression') return calledChange(node);
  if (node.kind === 'DeleteStatement') {
    const subscript = subscriptOf(node.lastChild);
    return subscript?.index?.text === '0' ? { does: 'takes from', list: subscript.object } : undefined;
  }
  const assignment = simpleAssignment(node);
  const subscript = assignment && subscriptOf(assignment.value);
  const isRest = subscript?.isSlice === true && subscript.start?.text === '1' && subscript.stop === undefined;
  return isRest && subscript.object.text === assignment!.target.text ? { does: 'takes from', list: subscript.object } : undefined;
}

function calledChange(call: PythonNode): Change | undefined {
  const member = memberOf(calleeOf(call));
  const count = argumentsOf(call).length;
  if (member === undefined || argumentAt(call, 0)?.text !== '0') return undefined;
  if (member.name === 'pop' && count === 1) return { does: 'takes from', list: member.object };
  return member.name === 'insert' && count === 2 ? { does: 'adds to', list: member.object } : undefined;
}

/** The innermost loop that finds the list ready: one that is made or replaced in each round stays short. */
function loopOutside(node: PythonNode, list: PythonNode, file: PythonFile): Loop | undefined {
  const loop = file.loopsAround(node)[0]!;
  const root = dottedName(list)!.split('.')[0]!;
  const bindings = (file.scopes.resolve(root, list)?.bindings ?? []).filter((binding) => binding.owner !== node);
  if (bindings.length === 0 || bindings.some((binding) => loop.node.contains(binding.node))) return undefined;
  return node.kind !== 'AssignStatement' && writesIn(loop.node).assigned.has(list.text) ? undefined : loop;
}

/** Of `items = items[1:]` the other bindings tell what the list is. */
function kindOf(list: PythonNode, node: PythonNode, file: PythonFile): Value['kind'] | undefined {
  if (node.kind !== 'AssignStatement') return file.valueOf(list)?.kind;
  const others = (file.scopes.resolve(list.text, list)?.bindings ?? []).filter(({ owner }) => owner !== node).map((binding) => file.valueOfBinding(binding)?.kind);
  return others.every((kind) => kind === others[0]) ? others[0] : undefined;
}

/** `if len(history) > LIMIT: history.pop(0)` keeps the list at its limit. */
function isBounded(node: PythonNode, path: string, { node: loop }: Loop): boolean {
  for (let child = node, at = node.parent; at !== undefined; child = at, at = at.parent) {
    if ((at.kind === 'IfStatement' || at.kind === 'WhileStatement') && child.kind === 'Body') {
      const compared = at.children.filter((each) => each.kind !== 'Body').flatMap((each) => [each, ...each.descendants('BinaryExpression')]);
      if (compared.some((each) => comparesLength(each, path))) return true;
    }
    if (at === loop) return false;
  }
  return false;
}

/** A round that waits costs more than moving some thousand elements. */
function isPaced(loop: Loop, file: PythonFile): boolean {
  if (['AwaitExpression', 'YieldStatement', 'YieldExpression'].some((kind) => loop.node.descendants(kind).length > 0)) return true;
  return sleeps(loop) || (loop.node.child('Body') ?? loop.node).descendants('CallExpression').some((call) => file.dataAccess(call) !== undefined);
}

/** A loop that runs until the list is empty, or takes one element for each item of another collection. */
function isDrained(node: PythonNode, path: string, loop: Loop): boolean {
  if (loop.kind !== 'while') return !isConditional(node, loop.node) && !loop.node.text.includes(`${path}.append(`);
  const condition = loop.node.children[1];
  if (condition === undefined || !mentions(condition, new Set([path.split('.')[0]!])) || !condition.text.includes(path)) return false;
  // `while rows and size > budget: rows.pop(0)` takes away what does not fit, which is little of it.
  if ([condition, ...condition.descendants('BinaryExpression')].some((each) => each.kind === 'BinaryExpression' && /^[<>]=?$/.test(operatorOf(each)) && !each.text.includes(path))) return false;
  // `while lines[0] == "": lines.pop(0)` trims what few empty items there are.
  return ![condition, ...condition.descendants('MemberExpression')].some((each) => subscriptOf(each)?.object.text === path);
}

/** One element in front for each item; what stands under a condition may be rare. */
function isFilled(node: PythonNode, loop: Loop): boolean {
  return !loop.isBatched && !isConditional(node, loop.node);
}

function isShort(list: PythonNode, path: string, loop: Loop, file: PythonFile): boolean {
  if (loop.size !== undefined && loop.size < SMALL_LIST) return true;
  return isFewByNature(path) || SHORT_NAMES.test(path) || comesFromOneText(list, file) || climbs(loop);
}

const FIRST = new WeakMap<PythonNode, Map<string, PythonNode>>();

/** The first change of a list in a loop speaks for the others. */
function isFirst(node: PythonNode, change: string, loop: Loop): boolean {
  let changes = FIRST.get(loop.node);
  if (changes === undefined) FIRST.set(loop.node, (changes = new Map()));
  if (!changes.has(change)) changes.set(change, node);
  return changes.get(change) === node;
}
