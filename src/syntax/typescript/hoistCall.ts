import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { TypeScriptFile } from './file';
import { insertBefore, isKnownBefore, moveDeclaration, statementBefore } from './hoisting';
import { loopsWithSame } from './invariance';
import type { Loop } from './loops';
import { freeName } from './names';
import { some } from './nodes';

export type Call = ts.CallExpression | ts.NewExpression;

/** Computes the value in front of the outermost loop that always gives the same one. */
export function hoistCall(call: Call, file: TypeScriptFile, nameFor: (call: Call) => string): Fix | undefined {
  const loop = loopsWithSame(call, call, file).at(-1);
  const place = loop && statementBefore(loop.node, undefined, file);
  if (!loop || !place || !isKnownBefore(call, place, file) || !isUnconditional(call, loop)) return undefined;
  return move(call, loop, place, file) ?? extract(call, loop, place, file, nameFor(call));
}

function move(call: Call, loop: Loop, place: ts.Statement, file: TypeScriptFile): Fix | undefined {
  const moved = moveDeclaration(call, loop, place, file);
  return moved && { title: `Compute ${moved.name} once before the loop`, ...kindOf(moved.initializer), edits: moved.edits };
}

function extract(call: Call, loop: Loop, place: ts.Statement, file: TypeScriptFile, base: string): Fix | undefined {
  const name = freeName(base, loop.node);
  return {
    title: `Compute ${name} once before the loop`,
    ...kindOf(call),
    edits: [insertBefore(place, [`const ${name} = ${call.getText()};`], file), { ...file.span(call), newText: name }],
  };
}

/** Nothing between the loop and the call decides whether it runs. */
function isUnconditional(call: Call, loop: Loop): boolean {
  for (let at: ts.Node = call; at !== loop.body && at.parent; at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) ? parent.expression !== at : ts.isConditionalExpression(parent) ? parent.condition !== at : false) return false;
    if (ts.isBinaryExpression(parent) && parent.right === at && /^(?:&&|\|\||\?\?)$/.test(parent.operatorToken.getText())) return false;
  }
  return true;
}

/** A property read may fail where the loop would have had no round. */
function kindOf(value: ts.Expression): Pick<Fix, 'kind' | 'caveat'> {
  const readsProperty = some(value, (node) => ts.isElementAccessExpression(node) || (ts.isPropertyAccessExpression(node) && !(ts.isCallExpression(node.parent) && node.parent.expression === node)));
  return readsProperty ? { kind: 'suggestion', caveat: 'It is computed even if the loop has no round, and must not fail then.' } : { kind: 'safe' };
}
