import type { Fix } from '../../core/rule';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { wholeDeclaration } from '../../syntax/python/statements';
import { holderOf } from './python';

/**
 * Moves `client = X(settings)` in front of the declaration around the function. `with X() as client:` and
 * clients that are awaited or closed are left alone: somebody has to decide when a shared one ends.
 */
export function hoist(call: PythonNode, file: PythonFile): Fix | undefined {
  const statement = call.parent;
  const name = holderOf(call);
  const owner = call.closest('FunctionDefinition');
  if (statement?.kind !== 'AssignStatement' || name === undefined || owner === undefined) return undefined;
  if (file.scopes.module.bindings.has(name.text) || new RegExp(`\\b${name.text}\\.(?:close|aclose|disconnect|dispose)\\(`).test(owner.text)) return undefined;
  const top = topDeclaration(owner);
  // A module that is loaded has no event loop yet, which these need.
  if (top === undefined || /^(?:aiohttp|asyncpg|aiomysql)\./.test(file.names.qualified(call.firstChild) ?? '')) return undefined;
  const lineStart = file.lines.lineStart(file.lineOf(statement));
  const lineEnd = file.lines.lineStart(file.lines.positionAt(statement.end).line + 1);
  const isAlone = file.text.slice(lineStart, statement.start).trim() === '' && file.text.slice(statement.end, lineEnd).trim() === '';
  const body = statement.parent;
  if (!isAlone || body === undefined || body.children.filter((child) => child.kind !== ':').length < 2) return undefined;
  return {
    title: `Share one ${name.text} for the whole module`,
    kind: 'suggestion',
    edits: [
      { start: top.start, end: top.start, newText: `${statement.text}\n\n\n` },
      { start: lineStart, end: lineEnd, newText: '' },
    ],
    caveat: 'The client is made when the module is loaded and lives as long as the process; check that its settings are known by then and that it may be used from several threads.',
  };
}

function topDeclaration(owner: PythonNode): PythonNode | undefined {
  let at = wholeDeclaration(owner);
  while (at.parent !== undefined && at.parent.kind !== 'Script') at = at.parent;
  return at.parent === undefined ? undefined : at;
}
