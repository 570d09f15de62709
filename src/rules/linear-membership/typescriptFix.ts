import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { camelName, insertBefore, statementBefore } from '../../syntax/typescript/hoisting';
import { freeName } from '../../syntax/typescript/names';
import { methodName, receiverOf, rootOf } from '../../syntax/typescript/nodes';
import { comparedIndex, outermostLoopOutside } from './typescript';

/** Builds a Set before the loop and asks it instead of the list. */
export function fixMembership(call: ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const list = receiverOf(call);
  const loop = list && outermostLoopOutside(call, list, file);
  if (!list || !loop || isModified(list, loop.body)) return undefined;
  const place = statementBefore(loop.node, rootOf(list), file);
  if (!place) return undefined;
  const name = freeName(`${camelName(list.getText())}Set`, loop.node);
  const asked = `${name}.has(${call.arguments[0]!.getText()})`;
  const replaced = replacement(call, asked);
  return {
    title: `Build a Set of ${list.getText()} before the loop`,
    kind: 'suggestion',
    edits: [
      insertBefore(place, [`const ${name} = new Set(${list.getText()});`], file),
      { ...file.span(replaced.node), newText: replaced.text },
    ],
    caveat:
      methodName(call) === 'includes'
        ? 'The Set is built once: if the list changes while the loop runs, the answers differ. Empty slots of sparse lists are not kept.'
        : 'The Set is built once: if the list changes while the loop runs, the answers differ. indexOf never finds NaN, a Set does.',
  };
}

function replacement(call: ts.CallExpression, asked: string): { node: ts.Node; text: string } {
  if (methodName(call) === 'includes') return { node: call, text: asked };
  const found = comparedIndex(call);
  return { node: call.parent, text: found ? asked : `!${asked}` };
}

/** Anything that could change the list between two questions. */
function isModified(list: ts.Expression, body: ts.Node): boolean {
  const text = list.getText().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w.$])${text}\\s*(?:\\??\\.\\s*(?:push|pop|shift|unshift|splice|sort|reverse|fill|length\\s*=)|\\[[^\\]]*\\]\\s*=(?!=))`).test(body.getText());
}
