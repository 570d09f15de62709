import type { Fix } from '../../core/rule';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { simpleAssignment, wholeDeclaration } from '../../syntax/python/statements';

/** Moves `template = Template(SOURCE)` from the function to the module, above the function or class that holds it. */
export function makeOnce(call: PythonNode, file: PythonFile): Fix | undefined {
  const statement = call.parent;
  const assigned = simpleAssignment(statement);
  const fn = call.closest('FunctionDefinition')!;
  if (statement === undefined || assigned?.value !== call || assigned.target.kind !== 'VariableName') return undefined;
  const name = assigned.target.text;
  const bindings = file.scopes.resolve(name, assigned.target)?.bindings ?? [];
  const place = wholeDeclaration(outermostDeclaration(fn));
  const isOnly = bindings.length === 1 && !file.scopes.module.bindings.has(name);
  if (!isOnly || place.parent?.kind !== 'Script' || readsLocals(call, file) || isOnlyStatement(statement)) return undefined;
  const lineStart = file.text.lastIndexOf('\n', statement.start - 1) + 1;
  const lineEnd = file.text.indexOf('\n', statement.end);
  if (lineEnd < 0 || file.text.slice(lineStart, statement.start).trim() !== '' || file.text.slice(statement.end, lineEnd).trim() !== '') return undefined;
  return {
    title: `Make ${name} once, when the module is imported`,
    kind: 'suggestion',
    edits: [{ start: place.start, end: place.start, newText: `${statement.text}\n\n\n` }, { start: lineStart, end: lineEnd + 1, newText: '' }],
    caveat: 'It is made when the module is imported, used or not, and an error in it ends the import. Whoever changes the result changes it for all calls.',
  };
}

function outermostDeclaration(node: PythonNode): PythonNode {
  let outermost = node;
  for (let at: PythonNode | undefined = node; at !== undefined; at = at.closest('FunctionDefinition', 'ClassDefinition')) outermost = at;
  return outermost;
}

function readsLocals(call: PythonNode, file: PythonFile): boolean {
  return call.descendants('VariableName').some((name) => {
    const resolution = file.scopes.resolve(name.text, name);
    return resolution !== undefined && resolution.scope !== file.scopes.module;
  });
}

/** A body without it would be empty. */
function isOnlyStatement(statement: PythonNode): boolean {
  return statement.parent!.children.filter(({ kind }) => kind !== ':').length === 1;
}
