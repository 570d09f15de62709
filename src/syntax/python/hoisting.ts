import { indentationAt, wholeLines, type SpanEdit } from '../../core/text';
import { outerParent } from './expressions';
import type { PythonFile } from './file';
import type { PythonNode } from './node';
import { simpleAssignment, statementsOf } from './statements';

/** The statement that a line can be put in front of; none inside a lambda or a statement that shares its line. */
export function statementAround(node: PythonNode): PythonNode | undefined {
  let at: PythonNode | undefined = node;
  while (at !== undefined && at.parent?.kind !== 'Body' && at.parent?.kind !== 'Script') {
    if (at.kind === 'LambdaExpression' || at.kind === 'StatementGroup') return undefined;
    at = at.parent;
  }
  const isOnOwnLine = at !== undefined && /(?:^|[\r\n])[ \t]*$/.test(at.tree.text.slice(0, at.start));
  return isOnOwnLine ? at : undefined;
}

/** Puts lines in front of a statement. */
export function insertBefore(statement: PythonNode, lines: readonly string[]): SpanEdit {
  const indentation = indentationAt(statement.tree.text, statement.start);
  return { start: statement.start, end: statement.start, newText: lines.map((line) => `${line}\n${indentation}`).join('') };
}

/** Every name that an expression reads has its value before a statement. */
export function isKnownBefore(expression: PythonNode, statement: PythonNode, file: PythonFile): boolean {
  const names = expression.kind === 'VariableName' ? [expression] : expression.descendants('VariableName');
  return names.every((name) => {
    const bindings = file.scopes.resolve(name.text, name)?.bindings ?? [];
    return bindings.every((binding) => expression.contains(binding.node) || !statement.contains(binding.node));
  });
}

/** `keys = set(rates)` in the body of a loop: the line itself moves in front of a statement. */
export function moveAssignment(value: PythonNode, statement: PythonNode, file: PythonFile): { name: string; edits: SpanEdit[] } | undefined {
  const line = outerParent(value);
  const assigned = simpleAssignment(line);
  if (line === undefined || assigned?.value !== value || assigned.target.kind !== 'VariableName' || line.parent?.kind !== 'Body') return undefined;
  const { bindings } = file.scopes.resolve(assigned.target.text, assigned.target)!;
  // A body needs another statement to stay.
  if (bindings.length !== 1 || statementsOf(line.parent).length < 2) return undefined;
  const span = { start: line.start, end: value.end };
  return {
    name: assigned.target.text,
    edits: [insertBefore(statement, [file.text.slice(span.start, span.end)]), { ...wholeLines(span, file.text), newText: '' }],
  };
}

/** Puts lines behind a compound statement, whose node reaches to the beginning of the next one. */
export function insertAfter(statement: PythonNode, lines: readonly string[]): SpanEdit {
  const indentation = indentationAt(statement.tree.text, statement.start);
  const end = statement.start + statement.text.trimEnd().length;
  return { start: end, end, newText: lines.map((line) => `\n${indentation}${line}`).join('') };
}

/** A name that does not occur in the function around `node` (or the file, outside of functions): `base`, or `base_2`, `base_3`... */
export function freeName(base: string, node: PythonNode): string {
  const { text } = node.closest('FunctionDefinition') ?? node.tree.root;
  for (let ordinal = 1; ; ordinal++) {
    const name = ordinal === 1 ? base : `${base}_${ordinal}`;
    if (!new RegExp(`\\b${name}\\b`).test(text)) return name;
  }
}
