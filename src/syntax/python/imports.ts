import type { PythonNode } from './node';

/** What an import statement binds one name to. */
export interface ImportedName {
  /** The name as this file uses it. */
  readonly local: PythonNode;
  /** The module as written, with its leading dots: "django.db", "..models". */
  readonly module: string;
  /** The member of the module; undefined where the module itself is bound. */
  readonly member?: string;
}

/**
 * The names one import statement binds. `import a.b` binds the package `a`;
 * `from m import *` binds nothing that can be told and yields the local name "*".
 */
export function importedNames(statement: PythonNode): readonly ImportedName[] {
  const words = statement.children;
  return words[0]?.kind === 'from' ? fromImport(words) : plainImport(words);
}

function plainImport(words: readonly PythonNode[]): readonly ImportedName[] {
  const found: ImportedName[] = [];
  for (const part of split(words.slice(1))) {
    const as = part.findIndex((word) => word.kind === 'as');
    const path = part.slice(0, as < 0 ? part.length : as).filter((word) => word.kind === 'VariableName');
    const first = path[0];
    if (first === undefined) continue;
    const alias = as < 0 ? undefined : part[as + 1];
    if (alias !== undefined) found.push({ local: alias, module: path.map((word) => word.text).join('.') });
    else found.push({ local: first, module: first.text });
  }
  return found;
}

function fromImport(words: readonly PythonNode[]): readonly ImportedName[] {
  const at = words.findIndex((word) => word.kind === 'import');
  if (at < 0) return [];
  const module = words
    .slice(1, at)
    .map((word) => word.text)
    .join('');
  const found: ImportedName[] = [];
  for (const part of split(words.slice(at + 1))) {
    const [member, , alias] = part;
    if (member !== undefined) found.push({ local: alias ?? member, module, member: member.text });
  }
  return found;
}

function split(words: readonly PythonNode[]): PythonNode[][] {
  const parts: PythonNode[][] = [[]];
  for (const word of words) {
    if (word.kind === ',') parts.push([]);
    else if (word.kind !== '(' && word.kind !== ')') parts[parts.length - 1]!.push(word);
  }
  return parts.filter((part) => part.length > 0);
}
