import { indentationAt, type SpanEdit } from '../../core/text';
import type { PythonNode } from './node';

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
