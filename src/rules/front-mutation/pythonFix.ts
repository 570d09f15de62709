import type { Fix } from '../../core/rule';
import type { SpanEdit } from '../../core/text';
import { importMember } from '../../syntax/python/addImport';
import { argumentAt, argumentsOf, calleeOf, isComprehension, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { insertAfter } from '../../syntax/python/hoisting';
import type { Binding, Scope } from '../../syntax/python/scope';

interface OwnList {
  readonly scope: Scope;
  /** Where the list is made. */
  readonly made: Binding;
  readonly uses: readonly PythonNode[];
}

/** Makes the list a deque, or appends and reverses once, where the list belongs to the function alone. */
export function fixFront(call: PythonNode, file: PythonFile): Fix | undefined {
  const member = memberOf(calleeOf(call));
  const own = member?.object.kind === 'VariableName' ? ownList(member.object, file) : undefined;
  if (member === undefined || own === undefined) return undefined;
  return (member.name === 'insert' ? appendAndReverse(call, member.object.text, own, file) : undefined) ?? useDeque(member.object.text, own, file);
}

function ownList(name: PythonNode, file: PythonFile): OwnList | undefined {
  const resolution = file.scopes.resolve(name.text, name);
  const [made, ...others] = resolution?.bindings ?? [];
  if (resolution === undefined || made?.kind !== 'assignment' || made.value === undefined || made.annotation !== undefined || others.length > 0) return undefined;
  const uses = file.usesOf(name.text).filter((use) => file.scopes.resolve(name.text, use)?.scope === resolution.scope);
  return isNewList(made.value, file) && resolution.scope.node.kind === 'FunctionDefinition' ? { scope: resolution.scope, made, uses } : undefined;
}

function isNewList(value: PythonNode, file: PythonFile): boolean {
  if (value.kind === 'ArrayExpression' || value.kind === 'ArrayComprehensionExpression') return true;
  return value.kind === 'CallExpression' && /^builtins\.(?:list|sorted)$/.test(file.names.qualified(calleeOf(value)) ?? '');
}

/** `queue = [start]` becomes `queue = deque([start])` where everything done with it a deque can do as well. */
function useDeque(name: string, { made, uses }: OwnList, file: PythonFile): Fix | undefined {
  const edits: SpanEdit[] = [];
  for (const use of uses) {
    const edit = asDeque(use, file);
    if (edit === undefined) return undefined;
    edits.push(...edit);
  }
  const deque = importMember('collections', 'deque', file);
  if (deque === undefined) return undefined;
  const { start, end, text } = made.value!;
  const isListCall = made.value!.kind === 'CallExpression' && text.startsWith('list(');
  const inner = isListCall ? text.slice('list('.length, -1) : text === '[]' ? '' : text;
  return {
    title: `Make ${name} a deque`,
    kind: 'suggestion',
    edits: [...deque.edits, { start, end, newText: `${deque.name}(${inner})` }, ...edits],
    caveat: 'A deque cannot be sliced, is slow to index in its middle, and never equals a list.',
  };
}

/** The edits that let a use work on a deque; undefined where it cannot. */
function asDeque(use: PythonNode, file: PythonFile): SpanEdit[] | undefined {
  const { parent } = use;
  const member = memberOf(parent);
  if (member?.object === use) return calledOnDeque(parent!, member.name);
  switch (parent?.kind) {
    case 'WhileStatement':
    case 'IfStatement':
    case 'UnaryExpression':
    case 'ForStatement':
      return [];
    case 'BinaryExpression':
      return /\b(?:in|and|or|not)\b/.test(parent.children.slice(1, -1).map(({ text }) => text).join(' ')) ? [] : undefined;
    case 'ArgList':
      return !isComprehension(parent) && /^builtins\.(?:len|bool|iter|list|set|sum|min|max|sorted|enumerate|tuple)$/.test(file.names.qualified(calleeOf(parent.parent!)) ?? '') ? [] : undefined;
    default:
      return undefined;
  }
}

function calledOnDeque(callee: PythonNode, name: string): SpanEdit[] | undefined {
  const call = callee.parent;
  if (call?.kind !== 'CallExpression' || call.firstChild !== callee) return undefined;
  const property = callee.lastChild!;
  const args = argumentsOf(call);
  if (name === 'pop' && args.length === 1 && args[0]!.value.text === '0') return [{ start: property.start, end: call.end, newText: 'popleft()' }];
  if (name === 'insert' && args.length === 2 && args[0]!.value.text === '0') return [{ start: property.start, end: call.end, newText: `appendleft(${args[1]!.value.text})` }];
  const isShared = /^(?:append|extend|clear|remove|count|reverse)$/.test(name) || (name === 'pop' && args.length === 0);
  return isShared ? [] : undefined;
}

/** `rows.insert(0, row)` becomes `rows.append(row)`, and `rows.reverse()` follows the loop. */
function appendAndReverse(call: PythonNode, name: string, { made, uses }: OwnList, file: PythonFile): Fix | undefined {
  const [loop, ...outer] = file.loopsAround(call);
  const item = argumentAt(call, 1);
  if (loop?.kind !== 'for' || outer.length > 0 || item === undefined || call.parent?.kind !== 'ExpressionStatement') return undefined;
  if (made.value!.text.replace(/\s/g, '') !== '[]' && made.value!.text !== 'list()') return undefined;
  if (uses.some((use) => use.start < loop.node.end && !call.contains(use)) || loop.node.descendants('ReturnStatement').length > 0) return undefined;
  const property = calleeOf(call)!.lastChild!;
  return {
    title: `Append to ${name} and reverse it after the loop`,
    kind: 'suggestion',
    edits: [
      { start: property.start, end: call.end, newText: `append(${item.text})` },
      insertAfter(loop.node, [`${name}.reverse()`]),
    ],
    caveat: `Where the loop ends by an exception, ${name} is left in reading order.`,
  };
}
