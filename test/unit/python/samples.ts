import assert from 'node:assert/strict';
import { PythonFile, type DataAccess, type PythonNode, type Value } from '../../../src/syntax/python/file';

export function fileOf(text: string): PythonFile {
  return new PythonFile('shop/orders.py', text);
}

/** The outermost expression that reads exactly like `text`; of several, the last one in the file. */
export function nodeIn(file: PythonFile, text: string): PythonNode {
  let found: PythonNode | undefined;
  for (let row = 0; row < file.tree.size; row++) {
    const node = file.tree.node(row);
    if (node.kind !== 'ExpressionStatement' && node.text === text && !found?.contains(node)) found = node;
  }
  assert.ok(found, `the sample has no ${text}`);
  return found;
}

/** What is known of the last expression of a sample that reads like `text`. */
export function valueIn(sample: string, text: string): Value | undefined {
  const file = fileOf(sample);
  return file.valueOf(nodeIn(file, text));
}

export function qualifiedIn(sample: string, text: string): string | undefined {
  const file = fileOf(sample);
  return file.names.qualified(nodeIn(file, text));
}

/** What the calls of a sample do outside the process, in reading order: "query django Order get". */
export function accessesIn(sample: string): string[] {
  const file = fileOf(sample);
  const accesses = file.root.descendants('CallExpression').map((call) => file.dataAccess(call));
  return accesses.filter((access): access is DataAccess => access !== undefined).map(({ kind, library, table, verb }) => `${kind} ${library} ${table ?? '-'} ${verb}`);
}
