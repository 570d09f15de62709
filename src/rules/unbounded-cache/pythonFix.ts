import type { Fix } from '../../core/rule';
import { indentationAt, type SpanEdit } from '../../core/text';
import { subscriptOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { parametersOf, type DecoratorParts } from '../../syntax/python/statements';
import { cacheDecorator, endOfDecorator } from './pythonDecorators';

const LIMIT = 1024;

export function boundIt(node: PythonNode, file: PythonFile): Fix | undefined {
  if (node.kind === 'FunctionDefinition') return withMaxsize(node, file);
  return node.kind === 'AssignStatement' ? dropOldest(node, file) : undefined;
}

/** `@cache` and `@lru_cache(maxsize=None)` become `@lru_cache(maxsize=1024)`. A method needs another cache, not a smaller one. */
function withMaxsize(declaration: PythonNode, file: PythonFile): Fix | undefined {
  const decorator = cacheDecorator(declaration, file)!;
  if (parametersOf(declaration)[0]?.name.text === 'self') return undefined;
  const name = lruName(decorator, file);
  return {
    title: `Keep the ${LIMIT} results used last`,
    kind: 'suggestion',
    edits: [{ start: decorator.node.start, end: endOfDecorator(decorator.node), newText: `@${name.text}(maxsize=${LIMIT})` }, ...name.edits],
    caveat: 'Results that were not used for long are computed again. Choose the size by how many different arguments are in use at a time.',
  };
}

/** What lru_cache goes by here, with the import that it needs. */
function lruName({ name, node }: DecoratorParts, file: PythonFile): { readonly text: string; readonly edits: readonly SpanEdit[] } {
  const dot = name.lastIndexOf('.');
  if (dot >= 0) return { text: `${name.slice(0, dot)}.lru_cache`, edits: [] };
  if (file.names.qualifiedText(name, node) === 'functools.lru_cache') return { text: name, edits: [] };
  const known = file.scopes.module.bindings.get('lru_cache')?.[0];
  if (known?.kind === 'import') return { text: 'lru_cache', edits: [] };
  const binding = file.scopes.resolve(name, node)!.bindings[0]!;
  return { text: 'lru_cache', edits: [{ start: binding.node.end, end: binding.node.end, newText: ', lru_cache' }] };
}

/** After `cache[key] = value` the oldest entry goes when there are too many: a dictionary keeps its entries in the order they came. */
function dropOldest(statement: PythonNode, file: PythonFile): Fix | undefined {
  const cache = subscriptOf(statement.firstChild)?.object;
  if (cache === undefined || (cache.kind !== 'VariableName' && cache.kind !== 'MemberExpression') || statement.next?.kind === ';') return undefined;
  const line = indentationAt(file.text, statement.start);
  const step = line.includes('\t') ? '\t' : '    ';
  return {
    title: `Keep the last ${LIMIT} entries of ${cache.text}`,
    kind: 'suggestion',
    edits: [{ start: statement.end, end: statement.end, newText: `\n${line}if len(${cache.text}) > ${LIMIT}:\n${line}${step}del ${cache.text}[next(iter(${cache.text}))]` }],
    caveat: 'The entry that came first is dropped, used or not, and computed again when it is asked for. Choose the limit by what an entry takes and how many keys are in use at a time.',
  };
}
