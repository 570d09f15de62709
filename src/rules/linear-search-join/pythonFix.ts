import type { Fix } from '../../core/rule';
import type { Span } from '../../core/text';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { argumentAt, argumentsOf, calleeOf, dottedName } from '../../syntax/python/expressions';
import { freeName, insertBefore, statementAround } from '../../syntax/python/hoisting';
import { clausesOf } from '../../syntax/python/statements';
import { searchOf, type PythonSearch } from './pythonSearch';

interface Replacement {
  readonly lines: readonly string[];
  /** What is replaced, where it is more than the search. */
  readonly node?: PythonNode;
  readonly asked: string;
  readonly caveat: string;
}

const ONCE = 'It is built once: if the list or its keys change while the loop runs, the answers differ. Keys must be hashable.';

/** Builds the index in front of the loop and asks it in place of the search. */
export function fixSearch(node: PythonNode, file: PythonFile): Fix | undefined {
  const search = searchOf(node, file);
  const statement = search && statementAround(search.loop.node);
  const list = search && dottedName(search.collection);
  if (search === undefined || statement === undefined || list === undefined || !search.isWhole || !isKnownAt(list, statement, file)) return undefined;
  const base = list.replace(/^self\./, '').replace(/\./g, '_');
  const name = freeName(search.consumer === 'any' ? `${base}_${keyWord(search)}s` : `${base}_by_${keyWord(search)}`, node);
  const replacement = replacementOf(search, node, list, name);
  if (replacement === undefined) return undefined;
  return {
    title: `Build an index of ${list} by ${search.key.text} before the loop`,
    kind: 'suggestion',
    edits: [insertBefore(statement, replacement.lines), { ...spanOf(replacement.node ?? search.node), newText: replacement.asked }],
    caveat: replacement.caveat,
  };
}

/** The list must have its value where the index is built: nothing in the statement binds it. */
function isKnownAt(list: string, statement: PythonNode, file: PythonFile): boolean {
  const root = list.split('.')[0]!;
  const bindings = file.scopes.resolve(root, statement)?.bindings ?? [];
  return bindings.length > 0 && !bindings.some((binding) => statement.contains(binding.node));
}

function keyWord({ key }: PythonSearch): string {
  return /[A-Za-z_]\w*(?=\W*$)/.exec(key.text)?.[0] ?? 'key';
}

function replacementOf(search: PythonSearch, node: PythonNode, list: string, name: string): Replacement | undefined {
  const { key, wanted, item } = search;
  switch (search.consumer) {
    case 'next':
      return firstMatch(search, node, list, name);
    case 'any': {
      const { parent } = search.node;
      const negation = parent?.kind === 'UnaryExpression' && parent.firstChild?.kind === 'not' ? parent : undefined;
      const asked = `${wanted.text} ${negation ? 'not in' : 'in'} ${name}`;
      return { lines: [`${name} = {${key.text} for ${item} in ${list}}`], node: negation, asked, caveat: ONCE };
    }
    case 'comprehension':
      return node.kind === 'ArrayComprehensionExpression' && clausesOf(node).length === 1 && node.children[1]?.text === item
        ? {
            lines: [`${name} = {}`, `for ${item} in ${list}:`, `    ${name}.setdefault(${key.text}, []).append(${item})`],
            asked: `${name}.get(${wanted.text}, [])`,
            caveat: `The lists are shared by all that look them up. ${ONCE}`,
          }
        : undefined;
    default:
      return undefined;
  }
}

/** `next((user for user in users if ...), None)`; without a default a missing key raises KeyError instead of StopIteration. */
function firstMatch({ key, wanted, item }: PythonSearch, node: PythonNode, list: string, name: string): Replacement | undefined {
  const call = node.kind === 'ArgList' ? node.parent : node.parent?.parent;
  if (call === undefined || calleeOf(call)?.text !== 'next' || firstChildOf(node) !== item) return undefined;
  const fallback = node.kind === 'ArgList' ? undefined : argumentAt(call, 1);
  if (fallback === undefined && node.kind !== 'ArgList' && argumentsOf(call).length > 1) return undefined;
  const asked = fallback === undefined ? `${name}[${wanted.text}]` : fallback.text === 'None' ? `${name}.get(${wanted.text})` : `${name}.get(${wanted.text}, ${fallback.text})`;
  const raises = fallback === undefined ? ' Where nothing matches, it raises KeyError and no longer StopIteration.' : '';
  return {
    lines: [`${name} = {${key.text}: ${item} for ${item} in ${list}}`],
    asked,
    caveat: `Where several items share a key, next gives the first and the index keeps the last.${raises} ${ONCE}`,
  };
}

function firstChildOf(comprehension: PythonNode): string | undefined {
  return comprehension.children.find((child) => child.kind !== '(')?.text;
}

function spanOf({ start, end }: PythonNode): Span {
  return { start, end };
}
