import type { Fix } from '../../core/rule';
import { indentationAt } from '../../core/text';
import { importMember } from '../../syntax/python/addImport';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { isAsyncFunction, parametersOf, wholeDeclaration } from '../../syntax/python/statements';

/** Results that are kept at the same time: enough for any recursion that Python's stack allows. */
const KEPT = 4096;

/** Puts `@lru_cache` on a function; on a method it would keep every object alive. */
export function memoise(fn: PythonNode, file: PythonFile): Fix | undefined {
  const name = fn.child('VariableName')!.text;
  const parameters = parametersOf(fn);
  const isMethod = fn.closest('ClassDefinition', 'FunctionDefinition')?.kind === 'ClassDefinition';
  if (isMethod || isAsyncFunction(fn) || parameters.some(({ annotation }) => /\b(?:list|dict|set|List|Dict|Set)\b/.test(annotation?.text ?? ''))) return undefined;
  const cache = importMember('functools', 'lru_cache', file);
  if (cache === undefined) return undefined;
  const { start } = wholeDeclaration(fn);
  return {
    title: `Keep the result of each case of ${name}`,
    kind: 'suggestion',
    edits: [...cache.edits, { start, end: start, newText: `@${cache.name}(maxsize=${KEPT})\n${indentationAt(file.text, start)}` }],
    caveat: `Up to ${KEPT} results stay in memory as long as the process does, and every argument has to be hashable.`,
  };
}
