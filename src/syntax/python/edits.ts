import { indentationAt, type SpanEdit } from '../../core/text';
import { argumentsOf } from './expressions';
import type { PythonFile } from './file';
import type { PythonNode } from './node';

/** Writes one more argument at the end of a call, in the form the call has; a comment stays behind the argument it is about. */
export function addArgument(call: PythonNode, argument: string, file: PythonFile): readonly SpanEdit[] {
  const list = call.child('ArgList')!;
  const args = argumentsOf(call);
  const last = args[args.length - 1];
  if (last === undefined) return [insert(list.start + 1, argument)];
  const comma = last.value.next?.kind === ',' ? last.value.next : undefined;
  const end = comma?.end ?? last.value.end;
  if (file.lines.positionAt(list.start).line === file.lines.positionAt(last.value.start).line) {
    return [insert(end, comma ? ` ${argument}` : `, ${argument}`)];
  }
  const line = `\n${indentationAt(file.text, last.value.start)}${argument}`;
  const comment = file.tree.comments.find(({ start }) => start >= end && !file.text.slice(end, start).includes('\n'));
  if (comment === undefined) return [insert(end, comma ? `${line},` : `,${line}`)];
  return [...(comma ? [] : [insert(end, ',')]), insert(comment.end, comma ? `${line},` : line)];
}

const insert = (at: number, newText: string): SpanEdit => ({ start: at, end: at, newText });

/** The name a module goes by at a place, with the import where there is none; undefined where the name is taken. */
export function importModule(module: string, place: PythonNode, file: PythonFile): { readonly name: string; readonly edits: readonly SpanEdit[] } | undefined {
  const binding = file.scopes.resolve(module, place)?.bindings[0];
  if (binding !== undefined) return binding.kind === 'import' && binding.member === undefined ? { name: module, edits: [] } : undefined;
  return { name: module, edits: [addImport(`import ${module}`, file)] };
}

/** Makes `from module import name` hold; nothing to do where it does, undefined where the name stands for something else. */
export function importMember(name: string, module: string, place: PythonNode, file: PythonFile): readonly SpanEdit[] | undefined {
  const binding = file.scopes.resolve(name, place)?.bindings[0];
  if (binding === undefined) return [addImport(`from ${module} import ${name}`, file)];
  return binding.kind === 'import' && binding.member === name && binding.module === module ? [] : undefined;
}

/** Before the first import that may have others in front of it, else at the top behind the docstring. */
function addImport(statement: string, file: PythonFile): SpanEdit {
  const statements = file.root.children;
  const first = statements.find((child) => child.kind === 'ImportStatement' && !/^from\s+__future__/.test(child.text));
  const code = first ?? statements.find((child, index) => !(index === 0 && child.kind === 'ExpressionStatement' && /String$/.test(child.firstChild?.kind ?? '')) && child.kind !== 'ImportStatement');
  const at = code?.start ?? 0;
  return insert(at, first ? `${statement}\n` : `${statement}\n\n\n`);
}
