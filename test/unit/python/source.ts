import { PythonFile, type PythonNode } from '../../../src/syntax/python/file';

/** A file of the lines given, under a name that says nothing. */
export function pythonFile(text: string, path = 'module.py'): PythonFile {
  return new PythonFile(path, text);
}

/** The first node of a kind whose text is exactly this. */
export function nodeOf(file: PythonFile, kind: string, text: string): PythonNode {
  const found = file.root.descendants(kind).find((node) => node.text === text);
  if (found === undefined) throw new Error(`no ${kind} reads ${text}`);
  return found;
}

/** The last use of a name, which is where tests ask what it is. */
export function lastUse(file: PythonFile, name: string): PythonNode {
  const uses = file.root.descendants('VariableName').filter((node) => node.text === name);
  const last = uses[uses.length - 1];
  if (last === undefined) throw new Error(`nothing is called ${name}`);
  return last;
}
