import type { MemberReads, ReadPath } from '../../../core/models';
import { memberOf } from '../expressions';
import type { PythonFile } from '../file';
import { followsExit, isConditional, isErrorPath } from '../iteration';
import type { PythonNode } from '../node';
import { declaredName, decoratorsOf, parametersOf, statementsOf } from '../statements';

/** The methods and properties of a class with what each reads of the row in one of its parameters. */
export function membersOf(declaration: PythonNode, file: PythonFile, parameter = 0): MemberReads[] {
  return methodsOf(declaration).flatMap((method) => {
    const row = parametersOf(method)[parameter]?.name.text;
    const { reads, sometimes } = readsOf(row ?? '', method);
    if (reads.length + sometimes.length === 0) return [];
    return [{ name: declaredName(method)!.text, reads, sometimes: sometimes.length > 0 ? sometimes : undefined, line: file.lineOf(method) }];
  });
}

/** The functions in a class's own body, decorated ones too. */
export function methodsOf(declaration: PythonNode): PythonNode[] {
  return statementsOf(declaration.child('Body')).flatMap((statement) => {
    const method = statement.kind === 'DecoratedStatement' ? statement.lastChild! : statement;
    return method.kind === 'FunctionDefinition' && declaredName(method) && !isStatic(method) ? [method] : [];
  });
}

function isStatic(method: PythonNode): boolean {
  return decoratorsOf(method).some(({ name }) => name === 'staticmethod' || name === 'classmethod');
}

/** What code below `node` reads of the row that `name` stands for, each path once. Failures are no ordinary reads. */
export function readsOf(name: string, node: PythonNode): { readonly reads: ReadPath[]; readonly sometimes: ReadPath[] } {
  const always = new Map<string, ReadPath>();
  const sometimes = new Map<string, ReadPath>();
  for (const use of node.descendants('VariableName')) {
    if (use.text !== name) continue;
    const path = pathFrom(use);
    if (path.length === 0 || isErrorPath(use, node)) continue;
    (isConditional(use, node) || followsExit(use, node) ? sometimes : always).set(path.join('.'), path);
  }
  return { reads: [...always.values()], sometimes: [...sometimes].flatMap(([key, path]) => (always.has(key) ? [] : [path])) };
}

/** The names read one after the other from a row: `row.customer.orders.count()` is customer, orders, count(). */
export function pathFrom(row: PythonNode): ReadPath {
  const path: string[] = [];
  let at = row;
  for (;;) {
    const parent: PythonNode | undefined = at.parent;
    const member = memberOf(parent);
    if (member?.object === at) {
      if (isWritten(parent!)) return path;
      path.push(member.name);
    } else if (parent?.kind === 'CallExpression' && parent.firstChild === at && path.length > 0) {
      path[path.length - 1] += '()';
    } else {
      return path;
    }
    at = parent!;
  }
}

/** `row.name = value` and `del row.name` read everything but the last name. */
function isWritten(member: PythonNode): boolean {
  const { parent } = member;
  if (parent?.kind === 'DeleteStatement') return true;
  return parent?.kind === 'AssignStatement' && parent.firstChild === member;
}
