import { ts } from 'ts-morph';
import { indentationAt } from '../../core/text';
import type { Fix } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { isFunction, isWithin, methodName, receiverOf, rootOf, unwrap } from '../../syntax/typescript/nodes';
import { freeName } from '../../syntax/typescript/names';
import { comparedIndex, outermostLoopOutside } from './typescript';

/** Builds a Set before the loop and asks it instead of the list. */
export function fixMembership(call: ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const list = receiverOf(call);
  const loop = list && outermostLoopOutside(call, list, file);
  if (!list || !loop || isModified(list, loop.body)) return undefined;
  const place = statementBefore(loop.node, rootOf(list), file);
  if (!place) return undefined;
  const name = freeName(`${camelName(list.getText())}Set`, loop.node);
  const start = place.getStart(file.source);
  const indentation = indentationAt(file.text, start);
  const asked = `${name}.has(${call.arguments[0]!.getText()})`;
  const replaced = replacement(call, asked);
  return {
    title: `Build a Set of ${list.getText()} before the loop`,
    kind: 'suggestion',
    edits: [
      { start, end: start, newText: `const ${name} = new Set(${list.getText()});\n${indentation}` },
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

/** The statement that holds the loop, where the list is already known and no other function begins in between. */
function statementBefore(loop: ts.Node, root: ts.Expression, file: TypeScriptFile): ts.Statement | undefined {
  const declaration = ts.isIdentifier(unwrap(root)) ? file.scopes.resolve(root as ts.Identifier)?.node : undefined;
  for (let at: ts.Node = loop; at.parent; at = at.parent) {
    if (isFunction(at)) return undefined;
    const { parent } = at;
    if (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isModuleBlock(parent)) {
      const statement = at as ts.Statement;
      return declaration && isWithin(declaration, statement) ? undefined : statement;
    }
  }
  return undefined;
}

function camelName(text: string): string {
  return text
    .replace(/^this\./, '')
    .split(/[^\w$]+/)
    .filter((part) => part !== '')
    .map((part, index) => (index === 0 ? part : part[0]!.toUpperCase() + part.slice(1)))
    .join('');
}
