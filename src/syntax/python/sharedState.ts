import { argumentsOf, calleeOf, memberOf, subscriptOf, unwrap } from './expressions';
import type { PythonFile } from './file';
import type { PythonNode } from './node';
import type { Binding } from './scope';
import { roleOf, type Addition } from './sharedUses';

export type Container = 'dict' | 'list' | 'set' | 'queue';

/** A collection that lives as long as the process: of the module, of a class, or of an object that the module makes once. */
export interface SharedCollection {
  /** As a reader calls it: "cache", "self.sessions". */
  readonly name: string;
  readonly container: Container;
  /** The statement that makes it. */
  readonly declaration: PythonNode;
  /** Where functions add to it; what the module itself puts in while it is imported is left out. */
  readonly additions: readonly Addition[];
  /** Something in the file removes entries, replaces it, or looks at how large it has become. */
  readonly isEmptied: boolean;
  /** Other code gets hold of it and may do with it what it likes. */
  readonly escapes: boolean;
}

const KNOWN = new WeakMap<Binding, SharedCollection | null>();
/** The methods that add to a collection, for matchers to name. */
export const ADDING_METHODS: readonly string[] = ['append', 'appendleft', 'add', 'insert', 'setdefault', 'put', 'put_nowait', 'update', 'extend', 'push'];
const EMPTY_CALLS: Readonly<Record<string, Container>> = {
  'builtins.dict': 'dict', 'collections.OrderedDict': 'dict', 'collections.defaultdict': 'dict', 'collections.Counter': 'dict', 'builtins.list': 'list', 'builtins.set': 'set',
  'collections.deque': 'list', 'queue.Queue': 'queue', 'queue.SimpleQueue': 'queue', 'queue.LifoQueue': 'queue', 'asyncio.Queue': 'queue',
};

/** The collection that a call (`x.append(v)`) or an assignment (`x[k] = v`) adds to, if it is a shared one. */
export function sharedCollectionAt(node: PythonNode, file: PythonFile): SharedCollection | undefined {
  const owner = addedTo(node);
  const binding = owner && bindingOf(owner, file);
  if (binding === undefined) return undefined;
  let known = KNOWN.get(binding);
  if (known === undefined) KNOWN.set(binding, (known = describe(owner!, binding, file) ?? null));
  return known ?? undefined;
}

/** What a statement or call adds to; of `rooms[name].append(user)` it is `rooms`. */
function addedTo(node: PythonNode): PythonNode | undefined {
  if (node.kind === 'CallExpression') {
    const object = ADDING_METHODS.includes(node.calledName) ? memberOf(calleeOf(node))?.object : undefined;
    return object && collectionBehind(object);
  }
  const target = node.firstChild;
  const subscript = target?.kind === 'MemberExpression' ? subscriptOf(target) : undefined;
  return subscript && collectionBehind(subscript.object);
}

/** The collection at the root of `x[a][b]` and `x.setdefault(k, [])`. */
function collectionBehind(node: PythonNode): PythonNode {
  let at = unwrap(node);
  for (;;) {
    const member = at.calledName === 'setdefault' ? memberOf(calleeOf(at)) : undefined;
    const inner = subscriptOf(at)?.object ?? member?.object;
    if (inner === undefined) return at;
    at = unwrap(inner);
  }
}

/** The binding that makes the collection: of the module, of a class, or of the one object of a class. */
function bindingOf(owner: PythonNode, file: PythonFile): Binding | undefined {
  if (owner.kind === 'VariableName') {
    const resolution = file.scopes.resolve(owner.text, owner);
    return resolution !== undefined && resolution.scope === file.scopes.module ? resolution.bindings[0] : undefined;
  }
  const member = memberOf(owner);
  const declaration = member && classBehind(member.object, file);
  const scope = declaration && file.scopes.scopeOf(declaration);
  if (scope === undefined) return undefined;
  const ofInstances = scope.attributes.get(member!.name) ?? [];
  if (ofInstances.length === 0) return scope.bindings.get(member!.name)?.[0];
  return ofInstances.length === 1 && isMadeOnce(declaration!, file) ? ofInstances[0] : undefined;
}

/** The class of `self`, `cls` or `ClassName`. */
function classBehind(object: PythonNode, file: PythonFile): PythonNode | undefined {
  if (object.kind !== 'VariableName') return undefined;
  if (/^(?:self|cls)$/.test(object.text)) return object.closest('ClassDefinition');
  const binding = file.scopes.resolve(object.text, object)?.bindings[0];
  return binding?.kind === 'class' ? binding.owner : undefined;
}

/** `service = Service()` at the top of the module, and no other instance. */
function isMadeOnce(declaration: PythonNode, file: PythonFile): boolean {
  const name = declaration.child('VariableName')?.text;
  const made = name === undefined ? [] : file.usesOf(name).filter((use) => calleeOf(use.parent ?? use) === use);
  return made.length === 1 && made[0]!.closest('FunctionDefinition', 'LambdaExpression', 'ClassDefinition') === undefined;
}

function describe(owner: PythonNode, binding: Binding, file: PythonFile): SharedCollection | undefined {
  const container = binding.kind === 'assignment' && binding.value ? containerOf(binding.value, file) : undefined;
  if (container === undefined) return undefined;
  const member = memberOf(owner);
  const uses = member ? memberUses(member.name, file) : nameUses(owner, file);
  const roles = uses.map((use) => roleOf(use, container));
  return {
    name: owner.text,
    container,
    declaration: binding.owner,
    additions: roles.flatMap((role) => (role.kind === 'addition' && role.addition.node.closest('FunctionDefinition') ? [role.addition] : [])),
    isEmptied: roles.some(({ kind }) => kind === 'removal') || isReplaced(owner, binding, file),
    escapes: roles.some(({ kind }) => kind === 'escape'),
  };
}

/** What an empty collection is: it is filled later. A deque with a length forgets by itself. */
function containerOf(value: PythonNode, file: PythonFile): Container | undefined {
  const node = unwrap(value);
  if (node.kind === 'DictionaryExpression') return node.children.length === 2 ? 'dict' : undefined;
  if (node.kind === 'ArrayExpression') return node.children.length === 2 ? 'list' : undefined;
  if (node.kind !== 'CallExpression') return undefined;
  const qualified = file.names.qualified(calleeOf(node)) ?? '';
  const container = Object.hasOwn(EMPTY_CALLS, qualified) ? EMPTY_CALLS[qualified] : undefined;
  if (container === undefined) return undefined;
  const args = argumentsOf(node);
  if (qualified === 'collections.defaultdict') return args.length <= 1 ? container : undefined;
  return args.length === 0 ? container : undefined;
}

function nameUses(name: PythonNode, file: PythonFile): readonly PythonNode[] {
  const bindings = file.scopes.resolve(name.text, name)?.bindings;
  return file.usesOf(name.text).filter((use) => file.scopes.resolve(name.text, use)?.bindings === bindings);
}

/** Every `something.name` of the file: through another object it may be this one. */
function memberUses(name: string, file: PythonFile): readonly PythonNode[] {
  return file.root.descendants('PropertyName').flatMap((property) => (property.text === name && property.parent ? [property.parent] : []));
}

/** Bound a second time: `cache = {}` under `global cache`. Attributes were counted already. */
function isReplaced(owner: PythonNode, first: Binding, file: PythonFile): boolean {
  if (owner.kind !== 'VariableName') return false;
  const bindings = file.scopes.resolve(owner.text, owner)?.bindings ?? [];
  return bindings.some((binding) => binding !== first && binding.kind !== 'update');
}
