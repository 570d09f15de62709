import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { camelName, capitalised, insertBefore, isKnownBefore, moveDeclaration, statementBefore } from '../../syntax/typescript/hoisting';
import { loopsWithSame } from '../../syntax/typescript/invariance';
import type { Loop } from '../../syntax/typescript/loops';
import { freeName } from '../../syntax/typescript/names';
import { methodName, receiverOf, some, unwrap } from '../../syntax/typescript/nodes';
import { pathOf } from '../../syntax/typescript/writes';

type Call = ts.CallExpression | ts.NewExpression;

/** Computes the value in front of the outermost loop that always gives the same one. */
export function hoist(call: Call, file: TypeScriptFile): Fix | undefined {
  const loop = loopsWithSame(call, call, file).at(-1);
  const place = loop && statementBefore(loop.node, undefined, file);
  if (!loop || !place || !isKnownBefore(call, place, file) || !isUnconditional(call, loop)) return undefined;
  return move(call, loop, place, file) ?? extract(call, loop, place, file);
}

function move(call: Call, loop: Loop, place: ts.Statement, file: TypeScriptFile): Fix | undefined {
  const moved = moveDeclaration(call, loop, place, file);
  return moved && { title: `Compute ${moved.name} once before the loop`, ...kindOf(moved.initializer), edits: moved.edits };
}

function extract(call: Call, loop: Loop, place: ts.Statement, file: TypeScriptFile): Fix | undefined {
  const name = freeName(nameFor(call), loop.node);
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

const PREFIXES: Readonly<Record<string, string>> = { filter: 'filtered', map: 'mapped', flatMap: 'mapped', toSorted: 'sorted', reduce: 'reduced', find: 'found', some: 'any', every: 'all' };

/** "rateKeys" for Object.keys(rates), "largestValue" for Math.max(...values), "numberFormat" for new Intl.NumberFormat(). */
function nameFor(call: Call): string {
  if (ts.isNewExpression(call)) {
    const [first] = call.arguments ?? [];
    const callee = unwrap(call.expression);
    if (ts.isPropertyAccessExpression(callee)) return callee.name.text[0]!.toLowerCase() + callee.name.text.slice(1);
    return `${baseOf(first)}${callee.getText()}`;
  }
  const method = methodName(call)!;
  const [first] = call.arguments;
  const receiver = receiverOf(call)!;
  if (ts.isIdentifier(receiver) && receiver.text === 'Math') return method === 'max' ? 'largest' : 'smallest';
  if (ts.isIdentifier(receiver) && receiver.text === 'Object') return `${baseOf(first)}${capitalised(method === 'fromEntries' ? 'object' : method)}`;
  if (ts.isIdentifier(receiver) && receiver.text === 'Array') return `${baseOf(first)}List`;
  return `${PREFIXES[method] ?? method}${capitalised(baseOf(receiver))}`;
}

function baseOf(expression: ts.Expression | undefined): string {
  const path = expression && pathOf(expression);
  const last = path?.split('.').at(-1);
  return last === undefined ? 'once' : camelName(last);
}
