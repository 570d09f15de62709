import type { Fix } from '../../core/rule';
import { indentationAt } from '../../core/text';
import { argumentAt, argumentsOf, calleeOf, itemsOf, operatorOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import type { Loop } from '../../syntax/python/loops';
import { simpleAssignment } from '../../syntax/python/statements';

/** Adds in place, where nobody else can hold the collection that was copied until now. */
export function inPlace(node: PythonNode, file: PythonFile): Fix | undefined {
  if (node.kind === 'CallExpression') return flatten(node, file);
  const assignment = simpleAssignment(node);
  const loop = file.loopsAround(node)[0];
  if (assignment?.target.kind !== 'VariableName' || loop === undefined || !isUnshared(assignment.target, node, loop, file)) return undefined;
  const change = changeOf(assignment.target.text, assignment.value, node, file);
  if (change === undefined) return undefined;
  const { text, isSafe } = change;
  return {
    title: `Add to ${assignment.target.text} in place`,
    kind: isSafe ? 'safe' : 'suggestion',
    edits: [{ start: assignment.target.start, end: assignment.value.end, newText: text }],
    caveat: isSafe ? undefined : 'What is added must be a list; where it is an array, + adds numbers instead.',
  };
}

function changeOf(name: string, value: PythonNode, statement: PythonNode, file: PythonFile): { text: string; isSafe: boolean } | undefined {
  switch (value.kind) {
    case 'BinaryExpression':
      return value.firstChild!.text === name ? addition(name, operatorOf(value), value.lastChild!, file) : undefined;
    case 'ArrayExpression':
      return unpackedItems(name, value);
    case 'DictionaryExpression':
      return unpackedEntries(name, value, statement);
    default:
      return undefined;
  }
}

function addition(name: string, operator: string, added: PythonNode, file: PythonFile): { text: string; isSafe: boolean } | undefined {
  const kind = file.valueOf(added)?.kind;
  if (operator === '|') return kind === 'dict' || kind === 'set' ? { text: `${name}.update(${added.text})`, isSafe: true } : undefined;
  const items = added.kind === 'ArrayExpression' ? itemsOf(added) : undefined;
  if (items?.length === 1) return { text: `${name}.append(${items[0]!.text})`, isSafe: true };
  return { text: `${name}.extend(${added.text})`, isSafe: kind === 'list' };
}

/** `[*acc, x]`; what follows the accumulator is added, in order. */
function unpackedItems(name: string, value: PythonNode): { text: string; isSafe: boolean } | undefined {
  const parts = argumentsOfDisplay(value);
  const [first, ...rest] = parts;
  if (first?.unpacks !== '*' || first.text !== name || rest.length === 0) return undefined;
  if (rest.length === 1) return { text: rest[0]!.unpacks ? `${name}.extend(${rest[0]!.text})` : `${name}.append(${rest[0]!.text})`, isSafe: true };
  return { text: `${name}.extend([${rest.map((part) => (part.unpacks ?? '') + part.text).join(', ')}])`, isSafe: true };
}

function argumentsOfDisplay(display: PythonNode): { text: string; unpacks?: string }[] {
  const parts: { text: string; unpacks?: string }[] = [];
  let unpacks: string | undefined;
  for (const child of display.children) {
    if (child.kind === '*' || child.kind === '**') unpacks = child.kind;
    else if (!/^[[\](),{}]$/.test(child.kind)) {
      parts.push({ text: child.text, unpacks });
      unpacks = undefined;
    }
  }
  return parts;
}

/** `{**acc, key: value}`: one assignment; `{**acc, **more}`: update. */
function unpackedEntries(name: string, value: PythonNode, statement: PythonNode): { text: string; isSafe: boolean } | undefined {
  const words = value.children.filter((child) => !/^[{},]$/.test(child.kind));
  const [stars, first, ...rest] = words;
  if (stars?.kind !== '**' || first?.text !== name) return undefined;
  if (rest.length === 2 && rest[0]!.kind === '**') return { text: `${name}.update(${rest[1]!.text})`, isSafe: true };
  if (rest.length === 0 || rest.some((word, index) => (index % 3 === 1) !== (word.kind === ':')) || rest.some((word) => word.kind === '**')) return undefined;
  const lines: string[] = [];
  for (let i = 0; i + 2 < rest.length; i += 3) lines.push(`${name}[${rest[i]!.text}] = ${rest[i + 2]!.text}`);
  // Several entries that read the collection would see one another.
  const readsItself = lines.length > 1 && rest.some((word) => word.descendants('VariableName').some((each) => each.text === name));
  return readsItself ? undefined : { text: lines.join(`\n${indentationAt(statement.tree.text, statement.start)}`), isSafe: true };
}

/**
 * The collection begins as a fresh one in the same function, and up to the end of the loop only this
 * statement reads it, so that nobody sees that it is now one object all along.
 */
function isUnshared(target: PythonNode, statement: PythonNode, loop: Loop, file: PythonFile): boolean {
  const resolution = file.scopes.resolve(target.text, target);
  const others = (resolution?.bindings ?? []).filter((binding) => binding.owner !== statement);
  const start = others.length === 1 ? others[0] : undefined;
  if (start?.kind !== 'assignment' || start.value === undefined || !isFresh(start.value, file)) return false;
  const outermost = file.loopsAround(statement).findLast((each) => !each.node.contains(start.node)) ?? loop;
  return file.usesOf(target.text).every((use) => {
    if (file.scopes.resolve(target.text, use)?.scope !== resolution!.scope) return true;
    return statement.contains(use) || use.start >= outermost.node.end;
  });
}

function isFresh(value: PythonNode, file: PythonFile): boolean {
  if (/^(?:Array|Dictionary|Set)(?:Comprehension)?Expression$/.test(value.kind)) return true;
  return value.kind === 'CallExpression' && /^builtins\.(?:list|dict|set)$/.test(file.names.qualified(calleeOf(value)) ?? '');
}

/** `sum(lists, [])` becomes one comprehension. */
function flatten(call: PythonNode, file: PythonFile): Fix | undefined {
  const start = argumentAt(call, 1, 'start');
  const lists = argumentAt(call, 0);
  if (file.names.qualified(calleeOf(call)) !== 'builtins.sum' || start?.text.replace(/\s/g, '') !== '[]' || lists === undefined) return undefined;
  if (argumentsOf(call).length !== 2 || lists.kind === 'ArgList' || lists.kind === 'LambdaExpression' || lists.kind === 'ConditionalExpression') return undefined;
  return {
    title: 'Flatten in one pass',
    kind: 'safe',
    edits: [{ start: call.start, end: call.end, newText: `[item for part in ${lists.text} for item in part]` }],
  };
}
