import type { CalleeReference } from '../../core/facts';
import { calleeOf, dottedName, memberOf } from './expressions';
import type { PythonFile } from './file';
import { STANDARD_LIBRARY } from './knownApis';
import { bindingReference } from './names';
import type { PythonNode } from './node';
import type { Value } from './values';

/** Names what a call calls, as far as this file can tell, so that the workspace's call graph can find it. */
export function calleeReference(callee: PythonNode, file: PythonFile): CalleeReference | undefined {
  const member = memberOf(callee);
  if (member !== undefined) return methodReference(callee, member.object, member.name, file);
  return callee.kind === 'VariableName' ? checked(file.names.reference(callee), file) : undefined;
}

/** A function that is named and not called: one of this file, an imported name, or a member of an imported module. */
export function functionReference(value: PythonNode, file: PythonFile): CalleeReference | undefined {
  const owner = memberOf(value)?.object ?? value;
  if (owner.kind !== 'VariableName') return undefined;
  const binding = file.scopes.resolve(owner.text, owner)?.bindings[0];
  const isFunction = binding?.kind === 'import' ? !isStandard(binding.module!) : binding?.kind === 'function' && owner === value;
  return isFunction ? checked(file.names.reference(value), file) : undefined;
}

/** Methods of the built-in types. A project's own of these names is not looked for, for the sake of the thousands that are none. */
const BUILT_IN: ReadonlySet<string> = new Set(
  (
    'append extend insert remove clear sort reverse join format strip lstrip rstrip split rsplit splitlines startswith endswith lower upper ' +
    'title capitalize replace encode decode items keys values setdefault isdigit isalpha partition rpartition zfill popleft appendleft ' +
    'discard union difference intersection isoformat strftime total_seconds debug info warning error exception critical'
  ).split(' '),
);

function methodReference(callee: PythonNode, object: PythonNode, name: string, file: PythonFile): CalleeReference | undefined {
  if (BUILT_IN.has(name) && object.text !== 'self') return undefined;
  if (object.kind === 'VariableName') {
    // Most calls go to a module or to something imported, which the import alone tells.
    const binding = file.scopes.resolve(object.text, object)?.bindings[0];
    if (binding === undefined || (binding.kind === 'import' && isStandard(binding.module!))) return undefined;
    if (binding.kind === 'import') return checked(file.names.reference(callee), file);
  }
  const value = file.valueOf(object);
  if (value !== undefined) {
    const owner = ownerClass(value);
    return owner && checked({ kind: 'method', owner, name }, file);
  }
  return checked(file.names.reference(callee), file);
}

/** The class whose method is called: of an instance, of `self`, or the class itself. */
function ownerClass({ kind, reference }: Value): CalleeReference | undefined {
  return kind === 'object' || kind === 'record' || kind === 'class' || kind === 'model' ? reference : undefined;
}

/** References into Python's own library lead nowhere in a workspace; so do methods a class of this file does not have. */
function checked(reference: CalleeReference | undefined, file: PythonFile): CalleeReference | undefined {
  if (reference === undefined) return undefined;
  if (reference.kind === 'import') return isStandard(reference.module) ? undefined : reference;
  if (reference.kind === 'local') return reference;
  if (reference.owner.kind !== 'local') return checked(reference.owner, file) && reference;
  return file.methodOf(reference.owner.name, reference.name);
}

function isStandard(module: string): boolean {
  const dot = module.indexOf('.');
  return STANDARD_LIBRARY.has(dot < 0 ? module : module.slice(0, dot));
}

/** The class of this file, or its base, that has the method; a base in another file is named by its import. */
export function inheritedMethod(className: string, method: string, file: PythonFile): CalleeReference | undefined {
  let name = className;
  for (let depth = 0; depth < 5; depth++) {
    const declaration = file.classes.get(name);
    if (declaration === undefined) return undefined;
    if (file.scopes.scopeOf(declaration)?.bindings.get(method)?.some((binding) => binding.kind === 'function')) {
      return { kind: 'method', owner: { kind: 'local', name }, name: method };
    }
    const base = declaration.child('ArgList')?.children[1];
    const binding = base && dottedName(base) === base.text ? file.scopes.resolve(base.text.split('.')[0]!, base)?.bindings[0] : undefined;
    if (base === undefined || binding === undefined) return undefined;
    if (binding.kind === 'import') {
      const owner = checked(file.names.reference(base), file);
      return owner && { kind: 'method', owner, name: method };
    }
    const next = bindingReference(binding);
    if (next?.kind !== 'local' || next.name === name) return undefined;
    name = next.name;
  }
  return undefined;
}

/** What a call calls; a call of `map(f, xs)` is one of `map`. */
export function calleeOfCall(call: PythonNode, file: PythonFile): CalleeReference | undefined {
  const callee = calleeOf(call);
  return callee && calleeReference(callee, file);
}
