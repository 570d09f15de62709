import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { SpanEdit } from '../../core/text';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { enclosingFunction, isAsync } from '../../syntax/typescript/nodes';
import { outermost } from './typescript';

/**
 * `for (const line of readFileSync(f, 'utf8').split('\n'))` in an async function becomes
 * `for await (const line of createInterface({ input: createReadStream(f) }))`.
 */
export function fixWholeFileRead(call: ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const access = outermost(call).parent;
  if (!ts.isPropertyAccessExpression(access) || access.name.text !== 'split') return undefined;
  const split = access.parent;
  const loop = split.parent;
  if (!ts.isForOfStatement(loop) || loop.expression !== split || loop.awaitModifier) return undefined;
  const around = enclosingFunction(loop);
  if (!around || !isAsync(around) || !isModule(file)) return undefined;
  const path = call.arguments[0]!.getText();
  const stream = importEdit('createReadStream', 'node:fs', file);
  const lines = importEdit('createInterface', 'node:readline', file);
  return {
    title: 'Read line by line from a stream',
    kind: 'suggestion',
    edits: [
      ...[...stream.edits, ...lines.edits],
      { start: loop.getStart(file.source) + 3, end: loop.getStart(file.source) + 3, newText: ' await' },
      { ...file.span(split), newText: `createInterface({ input: createReadStream(${path}), crlfDelay: Infinity })` },
    ],
    caveat: 'A missing file is now noticed while reading, an empty last line is no longer seen, and other code may run between two lines.',
  };
}

/** ES modules only: a CommonJS file keeps its own way to import. */
function isModule(file: TypeScriptFile): boolean {
  return file.source.statements.some(ts.isImportDeclaration);
}

function importEdit(name: string, module: string, file: TypeScriptFile): { edits: SpanEdit[] } {
  const known = file.imports.get(name);
  if (known?.module.replace(/^node:/, '') === module.replace(/^node:/, '')) return { edits: [] };
  const start = file.source.statements.find(ts.isImportDeclaration)!.getStart(file.source);
  return { edits: [{ start, end: start, newText: `import { ${name} } from '${module}';\n` }] };
}
