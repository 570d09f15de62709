import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { calledName, calleeText } from '../../syntax/typescript/nodes';
import { perItemCall } from '../../syntax/typescript/perItem';
import { isConstantTable } from '../../syntax/typescript/rounds';
import { isBrowserCode } from '../../syntax/typescript/surroundings';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { fixNPlusOne } from './typescriptFix';

/** A function of this name does something for one item, and does not only read for it. */
const ACTING = /^(?:add|apply|archive|assign|cancel|complete|convert|copy|create|delete|detectAnd|dispatch|duplicate|enqueue|execute|generate|handle|import|insert|install|invite|merge|migrate|move|notify|perform|process|publish|queue|re(?:build|calculate|compute|create|name|order|rank|send|start|store|sync)|register|remove|replace|rollup|run|save|schedule|seal|send|set|sign|store|submit|sync|transfer|trigger|update|upload|upsert|write)(?![a-z])/;

/** A batch of such work has to be designed, and a function that is given a cache may seldom ask. */
function isOwnWork(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  return ACTING.test(calledName(node) ?? '') || node.arguments.some((argument) => ts.isIdentifier(argument) && /(?:cache|memo|map|seen)$/i.test(argument.text));
}

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.TaggedTemplateExpression],

  find(node, file: TypeScriptFile): Match<Facts> | undefined {
    const found = perItemCall(node, file, 'query');
    if (!found) return undefined;
    const { loop, access, callee, concurrent, size } = found;
    // Prisma sends them as one.
    if ((concurrent && access?.isBatched) || isConstantTable(loop.label)) return undefined;
    return {
      span: file.span(node),
      facts: {
        call: ts.isCallExpression(node) ? calleeText(node) : (node as ts.TaggedTemplateExpression).tag.getText(),
        loop: loop.label,
        library: access?.library,
        table: access?.table,
        callee,
        concurrent,
      },
      size,
      // The claim is true of a handful, too, and of what a page asks its server for; it hardly matters there.
      confidence: isFewByNature(loop.label) || isBrowserCode(file) || (callee && isOwnWork(node)) ? 'possible' : undefined,
    };
  },

  fix: (match, node, file) => (match.facts.callee ? undefined : fixNPlusOne(node, file)),
};
