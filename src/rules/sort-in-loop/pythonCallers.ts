import { calleeReference } from '../../syntax/python/callees';
import { argumentAt, calleeOf, memberOf, rootName } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import type { Loop } from '../../syntax/python/loops';
import { declaredName, parametersOf } from '../../syntax/python/statements';

/** A loop of this file that calls a function in each round. */
export interface Caller {
  readonly callee: PythonNode;
  readonly loop: Loop;
}

/** A loop that calls the function around `node`, where `list`, which that function changes, outlives the rounds. */
export function loopOfCaller(node: PythonNode, list: PythonNode, file: PythonFile): Caller | undefined {
  const callee = node.closest('FunctionDefinition', 'LambdaExpression');
  if (callee?.kind !== 'FunctionDefinition') return undefined;
  for (const call of callsOf(callee, file)) {
    const loop = callee.contains(call) ? undefined : file.loopsAround(call)[0];
    if (loop !== undefined && loop.kind !== 'callback' && outlives(list, callee, call, loop, file)) return { callee, loop };
  }
  return undefined;
}

/** The calls of a function by its name, and of a method on what this file knows to be of its class. */
function callsOf(fn: PythonNode, file: PythonFile): PythonNode[] {
  const name = declaredName(fn)?.text;
  const owner = classOf(fn);
  return file.root.descendants('CallExpression').filter((call) => {
    if (call.calledName !== name) return false;
    const callee = calleeOf(call)!;
    if (owner === undefined) return callee.kind === 'VariableName' && file.scopes.resolve(callee.text, callee)?.bindings[0]?.owner === fn;
    const reference = memberOf(callee) && calleeReference(callee, file);
    return reference?.kind === 'method' && reference.owner.kind === 'local' && reference.owner.name === owner;
  });
}

function classOf(fn: PythonNode): string | undefined {
  const around = fn.closest('ClassDefinition', 'FunctionDefinition');
  return around?.kind === 'ClassDefinition' ? declaredName(around)?.text : undefined;
}

/** The list belongs to the object whose method is called, is handed over, or stands outside of the function; and it is the same in each round. */
function outlives(list: PythonNode, callee: PythonNode, call: PythonNode, loop: Loop, file: PythonFile): boolean {
  const root = rootName(list);
  const parameters = parametersOf(callee).map((parameter) => parameter.name.text);
  const isMethod = classOf(callee) !== undefined;
  const position = root === undefined ? -1 : parameters.indexOf(root.text);
  if (position < 0) return root !== undefined && isBefore(root, loop, file) && !(file.scopes.resolve(root.text, root)?.bindings ?? []).some(({ node }) => callee.contains(node));
  if (isMethod && position === 0) return isBefore(memberOf(calleeOf(call))?.object, loop, file);
  return isBefore(argumentAt(call, isMethod ? position - 1 : position, root!.text), loop, file);
}

function isBefore(value: PythonNode | undefined, loop: Loop, file: PythonFile): boolean {
  const root = value && rootName(value);
  const bindings = root === undefined ? [] : (file.scopes.resolve(root.text, root)?.bindings ?? []);
  return bindings.length > 0 && !bindings.some(({ node }) => loop.node.contains(node));
}
