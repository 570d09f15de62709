import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import type { Loop } from '../../syntax/typescript/loops';
import { calleeText, some } from '../../syntax/typescript/nodes';
import { perItemCall } from '../../syntax/typescript/perItem';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { fixRowByRow } from './typescriptFix';

/** `const row = await create(…)`: the round goes on with the row, most often with its new id, which a bulk write gives too late. */
function goesOnWith(write: ts.Node): boolean {
  const { parent } = write;
  return ts.isAwaitExpression(parent) && ts.isVariableDeclaration(parent.parent);
}

/** What the round sends takes longer than the row that records it. */
function sendsAsWell(loop: Loop, file: TypeScriptFile): boolean {
  return some(loop.body, (node) => ts.isCallExpression(node) && file.dataAccess(node)?.kind === 'request');
}

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.TaggedTemplateExpression],

  find(node, file): Match<Facts> | undefined {
    const found = perItemCall(node, file, 'write');
    if (!found || found.access?.isBulk) return undefined;
    const { loop, access, callee, concurrent, size } = found;
    return {
      span: file.span(node),
      facts: {
        call: ts.isCallExpression(node) ? calleeText(node) : (node as ts.TaggedTemplateExpression).tag.getText(),
        loop: loop.label,
        library: access?.library,
        table: access?.table,
        bulk: access?.bulk,
        callee,
        concurrent,
      },
      size,
      confidence: callee === undefined && (goesOnWith(node) || sendsAsWell(loop, file)) ? 'possible' : undefined,
    };
  },

  fix: (_match, node, file) => fixRowByRow(node, file),
};
