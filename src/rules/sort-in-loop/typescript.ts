import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { dependsOn } from '../../syntax/typescript/invariance';
import type { Loop } from '../../syntax/typescript/loops';
import { isWithin, methodName, receiverOf, rootOf, shortText, some } from '../../syntax/typescript/nodes';
import { sizeOf } from '../../syntax/typescript/perItem';
import { pathOf, writesIn } from '../../syntax/typescript/writes';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { sortOnce } from './typescriptFix';

/** Sorting fewer takes no time. */
const SMALL = 20;
const ADDERS = /^(?:push|unshift|splice)$/;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],
  names: ['sort'],

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    const list = receiverOf(call);
    const path = list && pathOf(list);
    const loop = path ? loopOutside(call, list, path, file) : undefined;
    if (!list || !path || !loop || isRare(call, loop) || call.arguments.some((argument) => dependsOn(argument, loop, file))) return undefined;
    const shape = file.shape(list);
    if ((shape.kind !== 'array' && shape.kind !== 'unknown') || isFewByNature(path) || isFewByNature(loop.label)) return undefined;
    return {
      span: file.span(call),
      facts: { call: shortText(call), list: path.replace(/^this\./, ''), loop: loop.kind === 'while' ? 'the loop' : loop.label, form: isAddedTo(path, loop) ? 'grows' : 'same', structure: 'a heap (priority queue)' },
      size: loop.kind === 'while' ? { kind: 'collection', name: path } : sizeOf(loop),
      question: shape.kind === 'unknown' ? { span: file.span(list), holdsFor: ['array'], unanswered: 'possible' } : undefined,
    };
  },

  fix: (_match, node, file) => sortOnce(node as ts.CallExpression, file),
};

/** The innermost loop that finds the list ready and does not replace it. */
export function loopOutside(call: ts.CallExpression, list: ts.Expression, path: string, file: TypeScriptFile): Loop | undefined {
  const loop = file.loopAround(call);
  const root = rootOf(list);
  const declaration = loop && ts.isIdentifier(root) ? file.scopes.resolve(root)?.node : undefined;
  if (!loop || (ts.isIdentifier(root) && !declaration) || (declaration && isWithin(declaration, loop.node))) return undefined;
  if (loop.size !== undefined && loop.size < SMALL) return undefined;
  return writesIn(loop.node).assigned.has(path) || some(loop.body, ts.isAwaitExpression) ? undefined : loop;
}

export function isAddedTo(path: string, loop: Loop): boolean {
  return some(loop.body, (node) => ts.isCallExpression(node) && ADDERS.test(methodName(node) ?? '') && pathOf(receiverOf(node)!) === path);
}

/** Under a condition, or in a function that runs some other time. */
function isRare(call: ts.CallExpression, loop: Loop): boolean {
  for (let at: ts.Node = call; at !== loop.body && at.parent; at = at.parent) {
    const { parent } = at;
    if ((ts.isIfStatement(parent) && parent.expression !== at) || ts.isConditionalExpression(parent) || ts.isCaseOrDefaultClause(parent)) return true;
    if (ts.isBinaryExpression(parent) && parent.right === at && /^(?:&&|\|\||\?\?)$/.test(parent.operatorToken.getText())) return true;
  }
  return false;
}
