import { calleeOf, memberOf, operatorOf, subscriptOf, unwrap } from '../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../syntax/python/file';
import type { SharedCollection } from '../syntax/python/sharedState';
import type { Addition } from '../syntax/python/sharedUses';
import { combined, domainOfName, stateKept, type KeyDomain } from './sharedState';

/** What a shared collection is for: each is the business of one rule. */
export type SharedUse = { readonly kind: 'state'; readonly what: string } | { readonly kind: 'cache'; readonly lookup: Addition } | { readonly kind: 'collection' };

/** Functions that the program calls while it is set up. */
const REGISTERING = /(?:^|[._])(?:register|define|declare|install|setup|init|configure|bootstrap|__init__|__init_subclass__|__new__|ready|autodiscover)(?:$|_|\.)/;

const OTHER_SESSIONS = ['sqlalchemy', 'requests', 'aiohttp', 'boto3', 'httpx', 'onnxruntime', 'cassandra'] as const;

export function useOf(collection: SharedCollection, file: PythonFile): SharedUse {
  const isRegistry = writersOf(collection, file).every((name) => REGISTERING.test(name));
  const what = isRegistry ? undefined : stateKept(collection.name);
  // A session of a database or of an HTTP client is no state of a user.
  if (what === 'sessions' && file.imports(...OTHER_SESSIONS)) return { kind: 'collection' };
  // A lock of asyncio or threading is for the callers of one process, who wait for each other's result.
  if (what === 'locks' && /\b(?:asyncio|threading|anyio|trio)\.R?Lock\(|\bfrom (?:asyncio|threading|anyio|trio) import\b[^\n]*\bR?Lock\b/.test(file.text)) return { kind: 'collection' };
  if (what !== undefined) return { kind: 'state', what };
  const lookup = isRegistry ? undefined : collection.additions.find((addition) => isLookedUpBefore(collection, addition));
  return lookup ? { kind: 'cache', lookup } : { kind: 'collection' };
}

/** The function that adds an entry asks for the same entry first: `in`, `get`, `[key]` or `setdefault`. */
function isLookedUpBefore(collection: SharedCollection, { node, key }: Addition): boolean {
  const fn = node.closest('FunctionDefinition');
  if (key === undefined || fn === undefined || collection.container !== 'dict' || node.kind === 'UpdateStatement') return false;
  if (node.kind === 'CallExpression') return node.calledName === 'setdefault';
  const last = collection.name.slice(collection.name.lastIndexOf('.') + 1);
  const isIt = (owner: PythonNode | undefined): boolean => owner !== undefined && (memberOf(owner)?.name ?? owner.text) === last;
  // What stands in `x[k] = x.get(k, 0) + 1` itself counts; nobody asks whether the answer is there already.
  const own = (kind: string): readonly PythonNode[] => fn.descendants(kind).filter((each) => !node.contains(each));
  return (
    own('BinaryExpression').some((test) => /^(?:not )?in$/.test(operatorOf(test)) && test.firstChild!.text === key.text && isIt(test.lastChild)) ||
    own('CallExpression').some((call) => call.calledName === 'get' && isIt(memberOf(calleeOf(call))?.object) && call.child('ArgList')?.children[1]?.text === key.text) ||
    own('MemberExpression').some((read) => isIt(subscriptOf(read)?.object) && subscriptOf(read)?.index?.text === key.text && read.parent?.firstChild !== read && read.parent !== node)
  );
}

/** Whether keys come from a set that somebody has written down, or from outside. */
export function keyDomain({ key }: Addition, file: PythonFile): KeyDomain {
  return key === undefined ? 'open' : domainOf(key, file);
}

export function domainOf(expression: PythonNode, file: PythonFile, depth = 0): KeyDomain {
  const node = unwrap(expression);
  if (/^(?:String|Number|Boolean|None)$/.test(node.kind)) return 'fixed';
  if (depth > 4) return 'unknown';
  const inner = (part: PythonNode): KeyDomain => domainOf(part, file, depth + 1);
  switch (node.kind) {
    case 'VariableName':
      return domainOfVariable(node, file, depth);
    case 'MemberExpression': {
      const member = memberOf(node);
      if (member === undefined) return inner(subscriptOf(node)!.object);
      if (/^[A-Z][A-Z0-9_]*$/.test(member.name)) return 'fixed';
      return /^(?:name|__name__|__class__|value|key)$/.test(member.name) ? inner(member.object) : domainOfName(member.name);
    }
    case 'TupleExpression':
    case 'FormatString':
    case 'BinaryExpression': {
      const parts = node.kind === 'FormatString' ? node.descendants('FormatReplacement').flatMap((part) => part.children.slice(1, 2)) : node.children.filter(({ kind }) => /Name$|Expression$|String$|Number/.test(kind));
      return parts.length === 0 ? 'fixed' : combined(parts.map(inner));
    }
    case 'CallExpression':
      return domainOfCall(node, inner);
    default:
      return 'unknown';
  }
}

function domainOfVariable(name: PythonNode, file: PythonFile, depth: number): KeyDomain {
  const bindings = file.scopes.resolve(name.text, name)?.bindings ?? [];
  const [binding] = bindings;
  if (binding?.kind === 'parameter' && binding.annotation && isFewValued(binding.annotation, file)) return 'fixed';
  if (bindings.length === 1 && binding!.kind === 'assignment' && binding!.value) {
    const value = domainOf(binding!.value, file, depth + 1);
    return value === 'unknown' ? domainOfName(name.text) : value;
  }
  return domainOfName(name.text);
}

/** `str(x)`, `x.lower()` and `type(x)` say what `x` says; a digest is of anything. */
function domainOfCall(call: PythonNode, inner: (part: PythonNode) => KeyDomain): KeyDomain {
  const name = call.calledName;
  if (name === 'type') return 'fixed';
  if (/^(?:hexdigest|digest|dumps|getvalue|read)$/.test(name)) return 'open';
  const member = memberOf(calleeOf(call));
  if (/^(?:lower|upper|strip|encode|decode|format|casefold|title)$/.test(name) && member) return inner(member.object);
  const parts = call.child('ArgList')?.children.filter(({ kind }) => /Name$|Expression$|String$/.test(kind)) ?? [];
  return parts.length === 0 ? 'unknown' : combined(parts.map(inner));
}

/** `bool`, `Literal[…]`, `type[…]`, or an enum of this file. */
export function isFewValued(annotation: PythonNode, file: PythonFile): boolean {
  if (/^(?:bool|None|type|Type\b|type\[|Literal\[|typing\.Literal\[|Callable|FunctionType|ModuleType)/.test(annotation.text)) return true;
  const declaration = file.classes.get(annotation.text);
  return declaration !== undefined && /\((?:[\w.]*Enum|[\w.]*Choices)\b/.test(declaration.text.slice(0, 120));
}

/** The functions that add to a collection, by the names the workspace knows them under. */
export function writersOf(collection: SharedCollection, file: PythonFile): readonly string[] {
  const names = collection.additions.map(({ node }) => functionName(node, file));
  return [...new Set(names)];
}

export function functionName(node: PythonNode, file: PythonFile): string {
  const declaration = node.closest('FunctionDefinition');
  return declaration === undefined ? '' : (file.functions.get(declaration.index)?.name ?? '');
}
