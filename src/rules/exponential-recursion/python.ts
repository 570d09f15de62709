import type { Match } from '../../core/rule';
import { argumentsOf, calleeOf, memberOf, operatorOf, unwrap } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { decoratorsOf, parametersOf } from '../../syntax/python/statements';
import type { PythonMatcher } from '../matchers';
import { memoise } from './pythonFix';
import { computesFromArguments } from './pythonPurity';
import type { Facts } from './rule';

/** A function that remembers what it has seen or computed does not solve a case twice. */
const REMEMBERS = /memo|cache|\bdp\b|seen|visited|known|\.get\s*\(|\bif\b[^\n:]*\bin\b/i;
const LOOPS = ['ForStatement', 'WhileStatement', 'ArrayComprehensionExpression', 'SetComprehensionExpression', 'DictionaryComprehensionExpression', 'ComprehensionExpression', 'ArgList'];

export const matcher: PythonMatcher<Facts> = {
  kinds: ['FunctionDefinition'],

  find(fn, file): Match<Facts> | undefined {
    const name = fn.child('VariableName')?.text;
    const body = fn.child('Body');
    if (name === undefined || body === undefined || !body.text.includes(`${name}(`) || REMEMBERS.test(body.text)) return undefined;
    if (decoratorsOf(fn).some((decorator) => REMEMBERS.test(decorator.name))) return undefined;
    const calls = overlappingCalls(fn, body, name, file);
    const [call] = calls;
    if (call === undefined) return undefined;
    const isPerItem = calls.length === 1 || !onOnePath(calls);
    if ((isPerItem && !calls.some((each) => isInLoop(each, body))) || !computesFromArguments(body, calls, file)) return undefined;
    return { span: call, facts: { functionName: name, times: isPerItem ? 'per item' : calls.length } };
  },

  fix: (_match, fn, file) => memoise(fn, file),
};

/** Calls of the function to itself whose results are used and whose arguments all count the parameters down. */
function overlappingCalls(fn: PythonNode, body: PythonNode, name: string, file: PythonFile): PythonNode[] {
  const parameters = parametersOf(fn).map((parameter) => parameter.name.text);
  const isMethod = parameters[0] === 'self' || parameters[0] === 'cls';
  const counted = isMethod ? parameters.slice(1) : parameters;
  const own = body.descendants('CallExpression').filter((call) => call.calledName === name && isSelf(call, fn, isMethod, file));
  return own.every((call) => isUsed(call) && countsDown(call, counted)) ? own : [];
}

function isSelf(call: PythonNode, fn: PythonNode, isMethod: boolean, file: PythonFile): boolean {
  const callee = calleeOf(call)!;
  if (isMethod) return /^(?:self|cls)$/.test(memberOf(callee)?.object.text ?? '');
  return callee.kind === 'VariableName' && file.scopes.resolve(callee.text, callee)?.bindings[0]?.owner === fn;
}

/** A call for its effect, as in drawing or moving, has to be made each time. */
function isUsed(call: PythonNode): boolean {
  return call.parent?.kind !== 'ExpressionStatement';
}

/** Each argument is its parameter as it was or a smaller case of it, and one of them is smaller. */
function countsDown(call: PythonNode, parameters: readonly string[]): boolean {
  const args = argumentsOf(call);
  if (args.length === 0 || args.length > parameters.length) return false;
  let isSmaller = false;
  const fits = args.every(({ name, value, unpacks }, index) => {
    const parameter = name ?? parameters[index];
    const node = unwrap(value);
    if (unpacks !== undefined || parameter === undefined) return false;
    if (node.kind === 'VariableName') return node.text === parameter;
    const steps = isStep(node, parameter, parameters);
    isSmaller ||= steps;
    return steps;
  });
  return fits && isSmaller;
}

/** `n - 1`, `i + 1`, `amount - coin`, `text[1:]`: the next case of a parameter. */
function isStep(node: PythonNode, parameter: string, parameters: readonly string[]): boolean {
  if (node.kind === 'BinaryExpression') {
    const [left, right] = [unwrap(node.firstChild!), unwrap(node.lastChild!)];
    if (left.kind !== 'VariableName' || left.text !== parameter) return false;
    return operatorOf(node) === '+' ? right.kind === 'Number' : operatorOf(node) === '-' && !parameters.includes(right.text);
  }
  return new RegExp(`^${parameter}\\s*\\[\\s*(?:\\d+\\s*:|:\\s*-\\s*\\d+)\\s*\\]$`).test(node.text);
}

/** Whether one run of the function may make two of the calls. */
function onOnePath(calls: readonly PythonNode[]): boolean {
  return calls.some((first, index) => calls.slice(index + 1).some((second) => !areExclusive(first, second)));
}

function areExclusive(first: PythonNode, second: PythonNode): boolean {
  let child = first;
  let ancestor = first.parent!;
  while (!ancestor.contains(second)) {
    child = ancestor;
    ancestor = ancestor.parent!;
  }
  const other = ancestor.children.find((each) => each.contains(second));
  if (ancestor.kind === 'ConditionalExpression') return child !== ancestor.children[2] && other !== ancestor.children[2];
  if (ancestor.kind === 'IfStatement') return child.kind === 'Body' && other?.kind === 'Body';
  return ancestor.kind === 'Body' && returnsFrom(first, child);
}

/** `if …: return f(n - 1)` ends the run before what comes after it. */
function returnsFrom(call: PythonNode, statement: PythonNode): boolean {
  for (let at: PythonNode | undefined = call; at !== undefined; at = at.parent) {
    if (at.kind === 'ReturnStatement') return true;
    if (at === statement) return false;
  }
  return false;
}

function isInLoop(call: PythonNode, body: PythonNode): boolean {
  for (let at = call.parent; at !== undefined && at !== body; at = at.parent) {
    if (LOOPS.includes(at.kind) && (at.kind !== 'ArgList' || at.children.some(({ kind }) => kind === 'for'))) return true;
  }
  return false;
}
