import type { Match } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import { argumentAt, argumentsOf, calleeOf, isComprehension, memberOf, operatorOf, outerParent, rootName, shorten } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { comesFromOneText } from '../../syntax/python/handfuls';
import { loopOfCallback, sourceOf, type Loop } from '../../syntax/python/loops';
import { assignmentOf, clausesOf, parametersOf, simpleAssignment } from '../../syntax/python/statements';
import type { PythonMatcher } from '../matchers';
import { inPlace } from './pythonFix';
import type { Facts } from './rule';

/** Fewer rounds copy little. */
const SMALL = 8;
const COPIED_KINDS: ReadonlySet<string | undefined> = new Set(['list', 'tuple', 'set', 'dict']);
const CONCATENATIONS = /^(?:pandas\.concat|numpy\.(?:append|concatenate|vstack|hstack|row_stack|column_stack|r_))$/;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['AssignStatement', 'CallExpression'],
  names: ['sum', 'reduce'],

  find(node, file) {
    return node.kind === 'AssignStatement' ? assignedCopy(node, file) : (flattenBySum(node, file) ?? reducedCopy(node, file));
  },

  fix: (_match, node, file) => inPlace(node, file),
};

/** `acc = acc + [x]`, `acc = {**acc, k: v}`, `frame = pd.concat([frame, row])` in a loop that acc outlives. */
function assignedCopy(statement: PythonNode, file: PythonFile): Match<Facts> | undefined {
  if (file.loopsAround(statement).length === 0) return undefined;
  const assignment = simpleAssignment(statement);
  if (assignment === undefined || !/^[\w.]+$/.test(assignment.target.text)) return undefined;
  const { target, value } = assignment;
  const loop = file.loopsAround(statement)[0];
  if (loop === undefined || isShort(loop) || (isFewByNature(loop.label) && file.valueOf(target)?.kind !== 'dataframe') || !copies(target, value, file) || startsInside(target, statement, loop, file) || isKept(target, statement, loop, file)) return undefined;
  return { span: statement, facts: { accumulator: target.text, form: shorten(value.text, 40), loop: loop.label }, size: sizeOf(loop) };
}

function copies(target: PythonNode, value: PythonNode, file: PythonFile): boolean {
  const name = target.text;
  switch (value.kind) {
    case 'BinaryExpression':
      return copiesByOperator(name, value, file);
    case 'ArrayExpression':
    case 'SetExpression':
      return unpacks(name, value);
    case 'DictionaryExpression':
      return unpacks(name, value) && !hasFixedKeys(value, name);
    case 'CallExpression':
      return copiesByCall(name, value, file);
    default:
      return false;
  }
}

function unpacks(name: string, display: PythonNode): boolean {
  return display.children.some((child) => /^\*\*?$/.test(child.kind) && child.next?.text === name);
}

/** `{**state, "last": x}` overwrites the same few entries in each round and does not grow. */
function hasFixedKeys(display: PythonNode, name?: string): boolean {
  return display.children.every((child) => {
    if (child.kind === '**') return child.next?.text === name;
    return child.next?.kind !== ':' || child.kind === 'String' || child.kind === 'Number';
  });
}

/** `acc + [x]`, `[x] + acc`, `acc | {x}`, where an operand is known to be a collection. */
function copiesByOperator(name: string, value: PythonNode, file: PythonFile): boolean {
  const operator = operatorOf(value);
  if (operator !== '+' && operator !== '|') return false;
  const operands = operandsOf(value, operator);
  if (operands.length < 2 || !operands.some((operand) => operand.text === name)) return false;
  if (operands.every((operand) => operand.text === name || (operand.kind === 'DictionaryExpression' && hasFixedKeys(operand)))) return false;
  const kinds = operands.map((operand) => file.valueOf(operand)?.kind);
  return operator === '+' ? kinds.some((kind) => kind === 'list' || kind === 'tuple') : kinds.some((kind) => kind === 'dict' || kind === 'set');
}

function operandsOf(node: PythonNode, operator: string): PythonNode[] {
  if (node.kind !== 'BinaryExpression' || operatorOf(node) !== operator) return [node];
  return [...operandsOf(node.firstChild!, operator), node.lastChild!];
}

function copiesByCall(name: string, call: PythonNode, file: PythonFile): boolean {
  const callee = calleeOf(call)!;
  const first = argumentAt(call, 0, 'objs');
  const qualified = file.names.qualified(callee) ?? '';
  if (CONCATENATIONS.test(qualified)) {
    return first !== undefined && (first.text === name || (/^(?:Array|Tuple)Expression$/.test(first.kind) && first.children.some((child) => child.text === name)));
  }
  if (qualified === 'builtins.dict') return first?.text === name && argumentsOf(call).length > 1;
  const member = memberOf(callee);
  if (member?.object.text !== name) return false;
  const kind = file.valueOf(member.object)?.kind;
  if (member.name === 'append' || member.name === '_append') return kind === 'dataframe';
  return member.name === 'union' && kind === 'set' && argumentsOf(call).length > 0;
}

/** A collection that begins anew in each round of the loop does not grow with it. */
function startsInside(target: PythonNode, statement: PythonNode, loop: Loop, file: PythonFile): boolean {
  if (loop.targets.some((each) => each.text === target.text)) return true;
  if (target.kind !== 'VariableName') {
    const root = rootName(target);
    const owner = (root && file.scopes.resolve(root.text, root)?.bindings) ?? [];
    if (owner.some((binding) => loop.node.contains(binding.node))) return true;
    return loop.node.descendants('AssignStatement').some((other) => other !== statement && simpleAssignment(other)?.target.text === target.text);
  }
  const bindings = file.scopes.resolve(target.text, target)?.bindings ?? [];
  const isBoundOutside = bindings.some((binding) => !loop.node.contains(binding.node));
  return !isBoundOutside || bindings.some((binding) => loop.node.contains(binding.node) && binding.owner !== statement && binding.kind !== 'update');
}

/** `history.append(acc)`, `yield acc`, `by_name[x] = acc`: somebody keeps the earlier version, so the copy is wanted. */
function isKept(target: PythonNode, statement: PythonNode, loop: Loop, file: PythonFile): boolean {
  return loop.node.descendants(target.kind).some((node) => {
    if (node.text !== target.text || statement.contains(node)) return false;
    const parent = outerParent(node);
    switch (parent?.kind) {
      case 'ArgList':
        // What len(), print() and their like are given, they give back.
        return !isComprehension(parent) && !file.names.qualified(calleeOf(parent.parent!))?.startsWith('builtins.');
      case 'AssignStatement':
        return assignmentOf(parent).value.some((value) => value.contains(node));
      case 'YieldStatement':
      case 'YieldExpression':
      case 'TupleExpression':
      case 'ArrayExpression':
      case 'DictionaryExpression':
        return true;
      default:
        return false;
    }
  });
}

/** `sum(lists, [])` copies the sum so far for each list. */
function flattenBySum(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  if (call.calledName !== 'sum' || file.names.qualified(calleeOf(call)) !== 'builtins.sum') return undefined;
  const start = argumentAt(call, 1, 'start');
  const lists = argumentAt(call, 0);
  const kind = start && file.valueOf(start)?.kind;
  if (lists === undefined || (kind !== 'list' && kind !== 'tuple')) return undefined;
  const length = file.valueOf(lists)?.length;
  if (length !== undefined && length < SMALL) return undefined;
  const iterable = isComprehension(lists) ? clausesOf(lists)[0]?.iterable : lists;
  if (iterable !== undefined && (isFewByNature(sourceOf(iterable).text) || comesFromOneText(iterable, file))) return undefined;
  const source = lists.kind === 'ArgList' ? 'the lists' : shorten(lists.text, 40);
  return { span: call, facts: { accumulator: 'the sum', form: shorten(call.text, 40), loop: source }, size: { kind: 'collection', name: source } };
}

/** `reduce(lambda acc, x: acc + [x], xs, [])`. */
function reducedCopy(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  if (call.calledName !== 'reduce') return undefined;
  const lambda = argumentAt(call, 0);
  const accumulator = lambda?.kind === 'LambdaExpression' ? parametersOf(lambda)[0]?.name : undefined;
  const body = lambda?.lastChild;
  if (accumulator === undefined || body === undefined) return undefined;
  const start = argumentAt(call, 2);
  const isCollection = start !== undefined && COPIED_KINDS.has(file.valueOf(start)?.kind);
  const isCopy = isCollection && body.kind === 'BinaryExpression' ? operandsOf(body, operatorOf(body)).some((operand) => operand.text === accumulator.text) : copies(accumulator, body, file);
  const loop = isCopy ? loopOfCallback(call, file) : undefined;
  if (loop === undefined || isShort(loop)) return undefined;
  return { span: body, facts: { accumulator: accumulator.text, form: shorten(body.text, 40), loop: loop.label }, size: sizeOf(loop) };
}

function isShort(loop: Loop): boolean {
  return loop.size !== undefined && loop.size < SMALL;
}

function sizeOf(loop: Loop): Match<Facts>['size'] {
  return loop.size === undefined ? { kind: 'collection', name: loop.label } : { kind: 'literal', value: loop.size };
}
