import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { FEW } from '../../syntax/typescript/fanOut';
import type { Loop } from '../../syntax/typescript/loops';
import { calleeText, isWithin, some } from '../../syntax/typescript/nodes';
import { perItemCall } from '../../syntax/typescript/perItem';
import { isScript } from '../../syntax/typescript/surroundings';
import type { TypeScriptMatcher } from '../matchers';
import { asksForList } from './lists';
import type { Facts } from './rule';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    const found = perItemCall(call, file, 'request');
    if (!found || FEW.test(found.loop.label)) return undefined;
    const { loop, access, callee, size } = found;
    if (access && access.bulk === undefined && access.list === undefined) return undefined;
    if (!dependsOnItem(call, loop, file) || isScript(file)) return undefined;
    const { library, bulk: batch, list } = access ?? {};
    const isListKnown = list === undefined ? undefined : asksForList(list, file.text) || undefined;
    return {
      span: file.span(call),
      facts: { call: calleeText(call), loop: loop.label, library, batch, list, isListKnown, callee },
      size,
      // Behind a condition it may be few of the items that need a request.
      confidence: isConditional(call, loop) ? 'possible' : 'likely',
    };
  },
};

function isConditional(call: ts.CallExpression, loop: Loop): boolean {
  for (let at: ts.Node = call; at !== loop.body && at.parent; at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && parent.expression !== at) return true;
    if (ts.isCaseClause(parent) || (ts.isConditionalExpression(parent) && parent.condition !== at)) return true;
    if (ts.isBinaryExpression(parent) && parent.right === at && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) return true;
  }
  return false;
}

/** An argument is made of what a round of the loop brings. */
function dependsOnItem(call: ts.CallExpression, loop: Loop, file: TypeScriptFile): boolean {
  return call.arguments.some((argument) => some(argument, (node) => {
    const declaration = ts.isIdentifier(node) ? file.scopes.resolve(node)?.node : undefined;
    return declaration !== undefined && isWithin(declaration, loop.node);
  }));
}
