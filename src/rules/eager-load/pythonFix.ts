import type { Fix } from '../../core/rule';
import { indentationAt } from '../../core/text';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { statementsOf } from '../../syntax/python/statements';

/** Moves the import to the beginning of the one function that uses it, behind its docstring. */
export function importInside(statement: PythonNode, users: ReadonlySet<PythonNode | undefined>, file: PythonFile): Fix | undefined {
  const [user] = users;
  const body = user?.child('Body');
  const first = statementsOf(body).find((each) => !isDocstring(each));
  if (user === undefined || first === undefined || statement.text.includes('\n')) return undefined;
  const lineEnd = file.text.indexOf('\n', statement.end);
  const rest = file.text.slice(statement.end, lineEnd < 0 ? file.text.length : lineEnd);
  // A body on the line of the `def`, or another statement on that of the import, is left to its author.
  if (rest.trim() !== '' || file.text.slice(user.start, first.start).indexOf('\n') < 0) return undefined;
  return {
    title: `Import it inside ${user.child('VariableName')!.text}`,
    kind: 'suggestion',
    edits: [
      { start: statement.start, end: lineEnd < 0 ? statement.end : lineEnd + 1, newText: '' },
      { start: first.start, end: first.start, newText: `${statement.text.trimEnd()}\n${indentationAt(file.text, first.start)}` },
    ],
    caveat: 'The first call waits for the package, and one that is missing is noticed only then. Code that patches the name in this module must patch it elsewhere.',
  };
}

function isDocstring(statement: PythonNode): boolean {
  return statement.kind === 'ExpressionStatement' && /^(?:String|ContinuedString)$/.test(statement.firstChild?.kind ?? '');
}
