import type { SpanEdit } from '../../core/text';
import type { PythonFile } from './file';
import { literalText } from './strings';
import { statementsOf } from './statements';

/** How `member` of `module` is called in a file, and the edit that imports it where it is not imported yet. */
export interface AvailableName {
  readonly name: string;
  readonly edits: readonly SpanEdit[];
}

/** Makes `from module import member` available; undefined where the name means something else in the file. */
export function importMember(module: string, member: string, file: PythonFile): AvailableName | undefined {
  const bindings = file.scopes.module.bindings;
  for (const [name, [binding]] of bindings) {
    if (binding?.kind !== 'import' || binding.module !== module) continue;
    if (binding.member === member) return { name, edits: [] };
    if (binding.member === undefined) return { name: `${name}.${member}`, edits: [] };
  }
  if (bindings.has(member)) return undefined;
  return { name: member, edits: [importLine(`from ${module} import ${member}`, file)] };
}

/** In front of the first import; in a file without any, behind its docstring. */
function importLine(line: string, file: PythonFile): SpanEdit {
  const statements = statementsOf(file.root);
  const isFuture = (text: string): boolean => /^from\s+__future__\b/.test(text);
  const first = statements.find(({ kind, text }) => kind === 'ImportStatement' && !isFuture(text));
  if (first !== undefined) return { start: first.start, end: first.start, newText: `${line}\n` };
  const preamble = statements.filter((statement, index) => isFuture(statement.text) || (index === 0 && statement.firstChild !== undefined && literalText(statement.firstChild) !== undefined));
  const last = preamble[preamble.length - 1];
  return last === undefined ? { start: 0, end: 0, newText: `${line}\n\n\n` } : { start: last.end, end: last.end, newText: `\n\n${line}` };
}
