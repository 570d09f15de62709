import { MORE_RELATIONS } from '../data/loading';
import { argumentsOf, calleeOf, unwrap, type Member } from '../expressions';
import type { PythonFile } from '../file';
import { methodsOf } from '../models/members';
import type { PythonNode } from '../node';
import { basesOf, declaredName, decoratorsOf, simpleAssignment, statementsOf } from '../statements';
import type { Value } from '../values';

/** A line of classes of one file that is longer is a circle. */
const DEEPEST = 5;

/** Packages whose views and admin classes read no relations along by themselves. */
const FRAMEWORK = /^(?:django|rest_framework)\b/;

/** The class and those of its bases that stand in the same file, nearest first. */
export function ownLineage(declaration: PythonNode, file: PythonFile): readonly PythonNode[] {
  const found = [declaration];
  for (let i = 0; i < found.length && i < DEEPEST; i++) {
    for (const base of basesOf(found[i]!)) {
      const binding = base.kind === 'VariableName' ? file.scopes.resolve(base.text, base)?.bindings[0] : undefined;
      if (binding?.kind === 'class' && !found.includes(binding.owner)) found.push(binding.owner);
    }
  }
  return found;
}

/** The bases of a class that stand in other files. */
function foreignBases(declaration: PythonNode, file: PythonFile): readonly PythonNode[] {
  return ownLineage(declaration, file).flatMap((each) => basesOf(each).filter((base) => base.kind !== 'VariableName' || file.scopes.resolve(base.text, base)?.bindings[0]?.kind !== 'class'));
}

/** What a class attribute is set to, in the class or in a base of the same file. */
export function classAttribute(declaration: PythonNode, name: string, file: PythonFile): PythonNode | undefined {
  for (const each of ownLineage(declaration, file)) {
    for (const statement of statementsOf(each.child('Body'))) {
      const assigned = simpleAssignment(statement);
      if (assigned?.target.text === name) return assigned.value;
    }
  }
  return undefined;
}

export function classMethod(declaration: PythonNode, name: string, file: PythonFile): PythonNode | undefined {
  for (const each of ownLineage(declaration, file)) {
    const method = methodsOf(each).find((candidate) => declaredName(candidate)?.text === name);
    if (method !== undefined) return method;
  }
  return undefined;
}

/** The rows that a view or admin class says it is about: by its query set, its model, or the model it is registered for. */
export function declaredRows(declaration: PythonNode, file: PythonFile): Value | undefined {
  const queryset = classAttribute(declaration, 'queryset', file);
  const rows = queryset && file.valueOf(queryset);
  if (queryset !== undefined && queryset.text !== 'None') {
    if (rows?.kind !== 'queryset' && rows?.kind !== 'manager') return undefined;
    return rows.kind === 'manager' ? allOf(rows) : rows;
  }
  const model = classAttribute(declaration, 'model', file) ?? registeredModel(declaration, file);
  const value = model && file.valueOf(model);
  if (value === undefined || (value.kind !== 'model' && value.kind !== 'class') || (value.library ?? 'django') !== 'django') return undefined;
  return allOf(value);
}

/** Every row of a model. */
function allOf({ table, reference }: Value): Value {
  const row: Value = { kind: 'record', library: 'django', table, reference, eager: [] };
  return { ...row, kind: 'queryset', element: row };
}

/** `@admin.register(Order)` or `admin.site.register(Order, OrderAdmin)`. */
function registeredModel(declaration: PythonNode, file: PythonFile): PythonNode | undefined {
  const decorator = decoratorsOf(declaration).find(({ name }) => /(?:^|\.)register$/.test(name));
  if (decorator?.args) return argumentsOf(decorator.args)[0]?.value;
  const name = declaredName(declaration)?.text;
  if (name === undefined) return undefined;
  const calls = file.text.includes('.register(') ? file.root.descendants('CallExpression') : [];
  const call = calls.find((each) => each.calledName === 'register' && argumentsOf(each)[1]?.value.text === name);
  return call && argumentsOf(call)[0]?.value;
}

/** What `super().get_queryset()` yields in a view or admin class. */
export function inheritedQuerySet({ name, object }: Member, call: PythonNode, file: PythonFile): Value | undefined {
  if (name !== 'get_queryset' || calleeOf(unwrap(object))?.text !== 'super') return undefined;
  const declaration = call.closest('ClassDefinition');
  const rows = declaration && declaredRows(declaration, file);
  if (declaration === undefined || rows === undefined) return undefined;
  // A base of the project's own may read relations along.
  const isPlain = foreignBases(declaration, file).every((base) => FRAMEWORK.test(file.names.qualified(base) ?? ''));
  if (isPlain) return rows;
  const eager = [...(rows.eager ?? []), MORE_RELATIONS];
  return { ...rows, eager, element: rows.element && { ...rows.element, eager } };
}
