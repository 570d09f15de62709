import { annotatedValue, instanceOf } from './annotations';
import { importedClass } from './classes';
import { managerOf, shortcutValue } from './data/django';
import { selectedModel } from './data/sqlalchemy';
import { memberValue, methodValue, moduleValue } from './data/values';
import { argumentsOf, calleeOf, dottedName, isComprehension, itemsOf, memberOf, operatorOf, subscriptOf, unwrap } from './expressions';
import type { PythonFile } from './file';
import { resultOf } from './knownApis';
import type { PythonNode } from './node';
import { reachingBindings } from './reaching';
import { returnedValue } from './returns';
import type { Binding, Scope } from './scope';
import { inheritedQuerySet } from './views/declaredRows';
import { BOOL, BYTES, DICT, ITERATOR, LIST, NONE, NUMBER, SET, STR, TUPLE, join, type Value } from './values';

const FIXED: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['ArrayComprehensionExpression', LIST],
  ['SetComprehensionExpression', SET],
  ['DictionaryComprehensionExpression', DICT],
  ['ComprehensionExpression', ITERATOR],
  ['FormatString', STR],
  ['ContinuedString', STR],
  ['Number', NUMBER],
  ['Boolean', BOOL],
  ['None', NONE],
  ['LambdaExpression', { kind: 'function' }],
]);

/** What the value of an expression is, from literals, annotations, constructors and known APIs of this file. */
export function inferValue(expression: PythonNode, file: PythonFile): Value | undefined {
  const node = unwrap(expression);
  switch (node.kind) {
    case 'VariableName':
      return valueOfName(node, file);
    case 'MemberExpression':
      return memberOf(node) ? valueOfMember(node, file) : valueOfSubscript(node, file);
    case 'CallExpression':
      return valueOfCall(node, file);
    case 'String':
      return /^[a-zA-Z]*[bB]/.test(node.text.slice(0, 3)) ? BYTES : STR;
    case 'ArrayExpression':
      return { ...LIST, length: itemsOf(node)?.length };
    case 'SetExpression':
      return { ...SET, length: itemsOf(node)?.length };
    case 'TupleExpression':
      return { ...TUPLE, length: itemsOf(node)?.length };
    case 'DictionaryExpression':
      return { ...DICT, length: dictionaryLength(node) };
    case 'ArgList':
      return isComprehension(node) ? ITERATOR : undefined;
    case 'AwaitExpression':
    case 'NamedExpression':
      return node.lastChild && file.valueOf(node.lastChild);
    case 'ConditionalExpression':
      return join(file.valueOf(node.firstChild!), file.valueOf(node.lastChild!));
    case 'BinaryExpression':
      return valueOfOperation(node, file);
    case 'UnaryExpression':
      return node.firstChild?.kind === 'not' ? BOOL : undefined;
    default:
      return FIXED.get(node.kind);
  }
}

function dictionaryLength(node: PythonNode): number | undefined {
  const children = node.children;
  return children.some((child) => child.kind === '**') ? undefined : children.filter((child) => child.kind === ':').length;
}

function valueOfOperation(node: PythonNode, file: PythonFile): Value | undefined {
  const operator = operatorOf(node);
  if (/^(?:not in|in|is|is not|[<>]=?|[!=]=|<>)$/.test(operator)) return BOOL;
  const left = file.valueOf(node.firstChild!);
  const right = file.valueOf(node.lastChild!);
  if (operator === '%' && left?.kind === 'str') return left;
  if (operator === '/' && left?.kind === 'path') return left;
  if (operator === '*' && (left?.kind === 'list' || left?.kind === 'str')) return { kind: left.kind };
  // `items or []` may be anything that is true, so only agreement counts.
  if (operator === '+' || operator === 'or' || operator === 'and' || operator === '|') {
    const both = join(left, right);
    return both && operator === '+' ? { ...both, length: undefined } : both;
  }
  return undefined;
}

function valueOfName(name: PythonNode, file: PythonFile): Value | undefined {
  const resolution = file.scopes.resolve(name.text, name);
  if (resolution === undefined) return undefined;
  const bindings = sameFlow(resolution.scope, name, file) ? reachingBindings(resolution.bindings, name) : resolution.bindings;
  const value = joinBindings(bindings, file);
  // A list that grows later is longer than the literal it began as.
  const isFixed = value?.length === undefined || value.kind === 'tuple' || !file.mutated.has(name.text);
  return isFixed ? value : { ...value, length: undefined };
}

/** The name is read in the same run of code that binds it, not in a function that is called later. */
function sameFlow(scope: Scope, place: PythonNode, file: PythonFile): boolean {
  let at = file.scopes.scopeAt(place);
  while (at !== scope && at.parent !== undefined && isComprehension(at.node)) at = at.parent;
  return at === scope;
}

/** `x += more` and `x = x + more` keep the kind of x, so they are left out; nothing remains known where the others disagree. */
function joinBindings(bindings: readonly Binding[], file: PythonFile): Value | undefined {
  const [first] = bindings;
  if (bindings.length === 1 && first!.kind !== 'update') return file.valueOfBinding(first!);
  const others = bindings.filter((binding) => binding.kind !== 'update' && !addsToItself(binding));
  const joined = others.length > 0 ? others.map((binding) => file.valueOfBinding(binding)).reduce(join) : undefined;
  return joined && others.length < bindings.length ? { ...joined, length: undefined } : joined;
}

function addsToItself({ node, value }: Binding): boolean {
  if (value?.kind === 'BinaryExpression') return value.firstChild!.text === node.text || value.lastChild!.text === node.text;
  const member = value && memberOf(calleeOf(value));
  return member?.name === 'append' && member.object.text === node.text;
}

export function bindingValue(binding: Binding, file: PythonFile): Value | undefined {
  if (binding.annotation !== undefined) {
    const declared = annotatedValue(binding.annotation, file);
    if (declared !== undefined && declared.kind !== 'none') return withLength(declared, binding, file);
  }
  switch (binding.kind) {
    case 'assignment':
    case 'with':
      return binding.value && file.valueOf(binding.value);
    case 'loop':
      return binding.value && elementOf(file.valueOf(binding.value));
    case 'class':
      return file.classOf(binding.owner);
    case 'import':
      return importedClass(binding.node.text, binding, file) ?? moduleValue(file.names.qualified(binding.node));
    case 'parameter':
      return ownClass(binding, file);
    default:
      return undefined;
  }
}

/** `names: list[str] = ["a", "b"]` is a list of two. */
function withLength(declared: Value, binding: Binding, file: PythonFile): Value {
  const assigned = binding.kind === 'assignment' && binding.value ? file.valueOf(binding.value) : undefined;
  return assigned?.kind === declared.kind ? { ...declared, length: assigned.length } : declared;
}

/** The first parameter of a method: an instance of its class, or the class itself in a class method. */
function ownClass({ node, owner }: Binding, file: PythonFile): Value | undefined {
  const declaration = owner.closest('FunctionDefinition', 'ClassDefinition', 'LambdaExpression');
  if (declaration?.kind !== 'ClassDefinition' || owner.child('ParamList')?.child('VariableName') !== node) return undefined;
  const value = file.classOf(declaration);
  return node.text === 'cls' ? value : node.text === 'self' ? instanceOf(value) : undefined;
}

function elementOf(iterable: Value | undefined): Value | undefined {
  if (iterable?.kind === 'file') return STR;
  return iterable?.element;
}

function valueOfMember(node: PythonNode, file: PythonFile): Value | undefined {
  const { object, name } = memberOf(node)!;
  const module = moduleValue(file.names.qualified(node));
  if (module !== undefined) return module;
  const manager = managerOf(node, file);
  if (manager !== undefined) return manager;
  const assigned = attributeValue(object, name, file);
  if (assigned !== undefined) return assigned;
  const owner = file.valueOf(object);
  if (owner !== undefined) return memberValue(owner, name);
  const root = dottedName(node);
  const binding = root === undefined ? undefined : file.scopes.resolve(root.split('.')[0]!, node)?.bindings[0];
  return binding?.kind === 'import' && root !== undefined ? importedClass(root, binding, file) : undefined;
}

/** `self.name`: what the methods and the body of the class assign to it. */
function attributeValue(object: PythonNode, name: string, file: PythonFile): Value | undefined {
  if (object.kind !== 'VariableName' || !/^(?:self|cls)$/.test(object.text)) return undefined;
  const declaration = object.closest('ClassDefinition');
  const scope = declaration && file.scopes.scopeOf(declaration);
  if (scope === undefined) return undefined;
  const bindings = [...(scope.bindings.get(name) ?? []), ...(scope.attributes.get(name) ?? [])];
  // A method or property of that name is no value.
  return bindings.some((binding) => binding.kind === 'function') ? undefined : joinBindings(bindings, file);
}

function valueOfSubscript(node: PythonNode, file: PythonFile): Value | undefined {
  const subscript = subscriptOf(node);
  const owner = subscript && file.valueOf(subscript.object);
  if (owner === undefined) return undefined;
  if (subscript!.isSlice) return { ...owner, length: undefined };
  return owner.kind === 'documents' || owner.kind === 'connection' ? owner : owner.element;
}

function valueOfCall(call: PythonNode, file: PythonFile): Value | undefined {
  const callee = calleeOf(call);
  if (callee === undefined) return undefined;
  const qualified = file.names.qualified(callee);
  const result = qualified === undefined ? undefined : resultOf(qualified);
  if (result?.kind === 'statement') return { ...result, ...selectedModel(call, file) };
  if (result !== undefined) return withElement(result, call, file);
  const found = shortcutValue(qualified, call, file);
  if (found !== undefined) return found;
  const member = memberOf(callee);
  if (member !== undefined) {
    const value = inheritedQuerySet(member, call, file) ?? methodValue(member, call, file);
    if (value !== undefined) return value;
  }
  const called = file.valueOf(callee);
  if (called?.kind === 'class' || called?.kind === 'model') return isWrapped(called, call, qualified) ? { kind: 'object', reference: called.reference } : instanceOf(called);
  if (called?.kind === 'session') return called;
  return returnedValue(call, file);
}

/**
 * `EdgeUser(document)`: rows are made of named columns, so what takes an object is a class beside the models.
 * Django's own classes stand for the rows of a relation: `customer = models.ForeignKey(Customer)`.
 */
function isWrapped({ kind, library }: Value, call: PythonNode, qualified: string | undefined): boolean {
  return kind === 'model' && library === 'django' && qualified?.startsWith('django.') !== true && argumentsOf(call).some(({ name, unpacks }) => name === undefined && unpacks === undefined);
}

/** `list(orders)`, `sorted(orders)`, `reversed(orders)` hold what they were made of. */
function withElement(result: Value, call: PythonNode, file: PythonFile): Value {
  if (result.kind !== 'list' && result.kind !== 'tuple' && result.kind !== 'iterator') return result;
  const source = call.child('ArgList')?.children[1];
  const element = source && source.kind !== ')' ? elementOf(file.valueOf(source)) : undefined;
  return element === undefined ? result : { ...result, element };
}
