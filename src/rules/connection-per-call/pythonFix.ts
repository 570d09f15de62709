import type { Fix } from '../../core/rule';
import { memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { simpleAssignment } from '../../syntax/python/statements';
import { dependsOnCall } from './python';

/** Moves `client = Client(...)` in front of the statement of the module that holds the function. */
export function hoistClient(call: PythonNode, file: PythonFile): Fix | undefined {
  const assignment = simpleAssignment(call.parent);
  const owner = call.closest('FunctionDefinition');
  if (assignment?.value !== call || owner === undefined || dependsOnCall(call, owner, file)) return undefined;
  const statement = call.parent!;
  const name = assignment.target.text;
  const place = topLevelStatement(statement);
  const uses = file.usesOf(name);
  const isOnlyHere = uses.every((use) => owner.contains(use)) && file.scopes.resolve(name, place ?? statement) === undefined;
  if (place === undefined || !isOnlyHere || uses.some(isClosing)) return undefined;
  return {
    title: `Create ${name} once, at the top of the module`,
    kind: 'suggestion',
    edits: [
      { start: place.start, end: place.start, newText: `${statement.text}\n\n\n` },
      { ...wholeLines(file.text, statement), newText: '' },
    ],
    caveat: 'One client now serves all calls: it is created when the module is imported, what one call sets on it all others see, and nobody closes it.',
  };
}

function topLevelStatement(node: PythonNode): PythonNode | undefined {
  for (let at: PythonNode | undefined = node; at !== undefined; at = at.parent) if (at.parent?.kind === 'Script') return at;
  return undefined;
}

/** A call that closes its client would close it for everybody. */
function isClosing(use: PythonNode): boolean {
  const member = memberOf(use.parent);
  return use.parent?.kind === 'WithStatement' || (member?.object === use && /^(?:close|aclose|dispose|disconnect|quit|shutdown|__exit__)$/.test(member.name));
}

/** The statement with the rest of its lines; a body that would be empty keeps a line. */
function wholeLines(text: string, { start, end }: PythonNode): { start: number; end: number } {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const isAlone = text.slice(lineStart, start).trim() === '' && lineEnd >= 0 && text.slice(end, lineEnd).trim() === '';
  return isAlone ? { start: lineStart, end: lineEnd + 1 } : { start, end };
}
