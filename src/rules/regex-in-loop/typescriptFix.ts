import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { insertBefore, isKnownBefore, moveDeclaration, statementBefore } from '../../syntax/typescript/hoisting';
import { loopsWithSame } from '../../syntax/typescript/invariance';
import { freeName } from '../../syntax/typescript/names';
import { methodName, receiverOf } from '../../syntax/typescript/nodes';

type Construction = ts.CallExpression | ts.NewExpression;

const TITLE = 'Make the pattern once before the loop';
const CAVEAT = 'A pattern that is no regular expression now fails even where the loop has no round.';

/** Makes the pattern in front of the outermost loop that always makes the same one. */
export function hoist(node: Construction, file: TypeScriptFile): Fix | undefined {
  const loop = loopsWithSame(node, node, file).at(-1);
  const place = loop && statementBefore(loop.node, undefined, file);
  const text = sharedForm(node);
  if (!loop || !place || text === undefined || !isKnownBefore(node, place, file)) return undefined;
  const [pattern] = node.arguments!;
  const isLiteral = ts.isStringLiteralLike(pattern!);
  if (!isLiteral && isTried(node, place)) return undefined;
  const kind = isLiteral ? ({ kind: 'safe' } as const) : ({ kind: 'suggestion', caveat: CAVEAT } as const);
  const moved = moveDeclaration(node, loop, place, file);
  if (moved) return { title: TITLE, ...kind, edits: moved.edits };
  const name = freeName('pattern', loop.node);
  return { title: TITLE, ...kind, edits: [insertBefore(place, [`const ${name} = ${text};`], file), { ...file.span(node), newText: name }] };
}

/** What catches a bad pattern must go on catching it. */
function isTried(node: ts.Node, place: ts.Statement): boolean {
  for (let at = node; at !== place; at = at.parent) if (ts.isTryStatement(at)) return true;
  return ts.isTryStatement(place);
}

/**
 * The pattern as all rounds can share it. With the flag g or y, test and exec go on from where the last one stopped;
 * a new pattern begins anew. `new RegExp(x, 'g').test(y)` does not use the g, so the shared one goes without.
 */
function sharedForm(node: Construction): string | undefined {
  const flags = node.arguments?.[1];
  // `text.match('x')` makes a pattern of its string.
  if (ts.isCallExpression(node) && methodName(node) !== undefined) return undefined;
  if (!flags) return node.getText();
  if (!ts.isStringLiteralLike(flags)) return undefined;
  if (!/[gy]/.test(flags.text)) return node.getText();
  const { parent } = node;
  const isAsked = ts.isPropertyAccessExpression(parent) && /^(?:test|exec)$/.test(parent.name.text) && ts.isCallExpression(parent.parent);
  if (isAsked && !flags.text.includes('y')) return withoutGlobal(node, flags);
  const isGiven = ts.isCallExpression(parent) && parent.arguments[0] === node && receiverOf(parent) !== undefined && /^(?:replace|replaceAll|match|matchAll|search|split)$/.test(methodName(parent) ?? '');
  return isGiven && !flags.text.includes('y') ? node.getText() : undefined;
}

function withoutGlobal(node: Construction, flags: ts.StringLiteralLike): string {
  const rest = flags.text.replace('g', '');
  const [pattern] = node.arguments!;
  return `new RegExp(${pattern!.getText()}${rest === '' ? '' : `, '${rest}'`})`;
}
