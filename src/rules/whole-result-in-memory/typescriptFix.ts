import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { receiverOf, unwrap } from '../../syntax/typescript/nodes';
import { passOver } from './typescriptPass';
import { materialisingRead } from './typescriptReads';

const { isAwaitExpression, isForOfStatement, isPropertyAccessExpression } = ts;

/** Takes the rows from the statement's iterator or the database's cursor, where a for loop stands around the read itself. */
export function streamInstead(call: ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const read = materialisingRead(call, file);
  const pass = read && passOver(call, file, read.ownsConnection);
  if (!read || !pass?.isDirect || !isForOfStatement(pass.node) || pass.node.awaitModifier) return undefined;
  if (/sqlite/.test(read.library)) return iterate(call, file);
  return read.library === 'mongodb' ? awaitEach(call, pass.node, file) : undefined;
}

/** `statement.all()` and `statement.iterate()` take the same parameters and give the same rows. */
function iterate(call: ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee)) return undefined;
  return { title: 'Use .iterate()', kind: 'safe', edits: [{ ...file.span(callee.name), newText: 'iterate' }] };
}

/** `for (const x of await c.find().toArray())` becomes `for await (const x of c.find())`. */
function awaitEach(call: ts.CallExpression, loop: ts.ForOfStatement, file: TypeScriptFile): Fix | undefined {
  const waited = unwrap(loop.expression);
  if (!isAwaitExpression(waited) || unwrap(waited.expression) !== call) return undefined;
  const keywordEnd = file.span(loop).start + 'for'.length;
  return {
    title: 'Iterate over the cursor with for await',
    kind: 'safe',
    edits: [
      { start: keywordEnd, end: keywordEnd, newText: ' await' },
      { ...file.span(loop.expression), newText: receiverOf(call)!.getText() },
    ],
  };
}
