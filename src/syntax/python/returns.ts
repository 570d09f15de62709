import { annotatedValue } from './annotations';
import { lookedUpModel } from './classes';
import { calleeOf, dottedName, memberOf } from './expressions';
import type { PythonFile } from './file';
import type { PythonNode } from './node';
import { decoratorsOf } from './statements';
import { ITERATOR, join, type Value } from './values';

/** What a call of a function of this file yields: its return annotation, or what its returns agree on. */
export function returnedValue(call: PythonNode, file: PythonFile): Value | undefined {
  const callee = calleeOf(call)!;
  const name = memberOf(callee)?.name ?? dottedName(callee);
  if (name === 'get_model') {
    const table = lookedUpModel(call);
    return table === undefined ? undefined : { kind: 'model', library: 'django', table };
  }
  const declaration = declarationOf(callee, file);
  if (declaration === undefined) return undefined;
  const annotation = declaration.child('TypeDef')?.lastChild;
  const declared = annotation && annotatedValue(annotation, file);
  return declared ?? valueOfReturns(declaration, file);
}

/** The function of this file that an expression names: a plain function, or a method of the class around. */
export function declarationOf(callee: PythonNode, file: PythonFile): PythonNode | undefined {
  if (callee.kind === 'VariableName') {
    const bindings = file.scopes.resolve(callee.text, callee)?.bindings;
    return bindings?.length === 1 && bindings[0]!.kind === 'function' ? bindings[0]!.owner : undefined;
  }
  const member = memberOf(callee);
  if (member?.object.kind !== 'VariableName' || !/^(?:self|cls)$/.test(member.object.text)) return undefined;
  const owner = callee.closest('ClassDefinition');
  const binding = owner && file.scopes.scopeOf(owner)?.bindings.get(member.name)?.[0];
  return binding?.kind === 'function' ? binding.owner : undefined;
}

/** A context manager yields its value once, which counts as returning it; other functions that yield are iterators. */
function valueOfReturns(declaration: PythonNode, file: PythonFile): Value | undefined {
  const yields = own(declaration, 'YieldStatement');
  const isManager = decoratorsOf(declaration).some(({ name }) => /contextmanager$/.test(name));
  if (yields.length > 0 && !isManager) return ITERATOR;
  const values: (Value | undefined)[] = [];
  for (const statement of yields.length > 0 ? yields : own(declaration, 'ReturnStatement')) {
    // `return a, b` is a tuple and `yield from` many values; neither is of use here.
    if (statement.children.length > 2) return undefined;
    const value = statement.children[1];
    if (value !== undefined) values.push(file.valueOf(value));
  }
  return values.length > 0 ? values.reduce(join) : undefined;
}

function own(declaration: PythonNode, kind: string): PythonNode[] {
  return declaration.descendants(kind).filter((node) => node.closest('FunctionDefinition', 'LambdaExpression') === declaration);
}
