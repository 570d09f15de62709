import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { assignedNames, leavesEarly, waitsOnPurpose } from '../../syntax/typescript/loopFlow';
import type { Loop } from '../../syntax/typescript/loops';
import { calleeText, isAssignment, isFunction, some, unwrap } from '../../syntax/typescript/nodes';
import { isProjectCallee } from '../../syntax/typescript/callees';
import { sizeOf } from '../../syntax/typescript/perItem';
import { isConstantTable } from '../../syntax/typescript/rounds';
import { isBrowserCode } from '../../syntax/typescript/surroundings';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { fixSequentialAwait } from './typescriptFix';

/** Fewer waits than this are not worth the concurrency. */
const SMALLEST_LOOP = 3;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.AwaitExpression],

  find(node, file): Match<Facts> | undefined {
    const awaited = unwrap((node as ts.AwaitExpression).expression);
    if (!ts.isCallExpression(awaited)) return undefined;
    const loop = file.loopAround(node);
    if (!loop || !isPlainLoop(loop) || !isFirstAwait(node, loop)) return undefined;
    const target = targetOf(awaited, file);
    if (!target || !areIndependent(loop)) return undefined;
    return {
      span: file.span(node),
      facts: { call: calleeText(awaited), loop: loop.label, ...target },
      size: sizeOf(loop),
      // In a browser nobody else waits, and what hangs on one record is short.
      confidence: isBrowserCode(file) || (loop.collection && ts.isPropertyAccessExpression(loop.collection)) ? 'possible' : undefined,
    };
  },

  fix: (match, node, file) => (match.facts.callee ? undefined : fixSequentialAwait(node as ts.AwaitExpression, file)),
};

/** Loops over a collection in this function; callbacks already start together, and `for await` is a stream. */
function isPlainLoop(loop: Loop): boolean {
  if (loop.isBatched || isConstantTable(loop.label) || (loop.size !== undefined && loop.size < SMALLEST_LOOP)) return false;
  if (ts.isForOfStatement(loop.node)) return !loop.node.awaitModifier;
  return loop.kind === 'for-in' || (loop.kind === 'for' && loop.collection !== undefined);
}

/** One finding a loop: later awaits of the same round often need the first. */
function isFirstAwait(node: ts.Node, loop: Loop): boolean {
  return !some(loop.body, (at) => ts.isAwaitExpression(at) && at.pos < node.pos, isFunction);
}

/** File calls whose order does not matter. Appending, renaming and making folders depend on order. */
const INDEPENDENT_FILE_CALLS = /(?:^|\.)(?:readFile|writeFile|copyFile|stat|lstat|access|readdir|unlink|rm|pathExists)$/;

function targetOf(call: ts.CallExpression, file: TypeScriptFile): Pick<Facts, 'library' | 'callee'> | undefined {
  const access = file.dataAccess(call);
  if (access) {
    // Queries, writes and requests with a batch form are other rules' business: they want one call, not many at once.
    const counts = (access.kind === 'request' && access.bulk === undefined) || (access.kind === 'file' && INDEPENDENT_FILE_CALLS.test(calleeText(call)));
    return counts ? { library: access.library } : undefined;
  }
  const callee = file.callee(call);
  return callee && isProjectCallee(callee) ? { callee } : undefined;
}

/** No round reads what an earlier one wrote, may end the loop, or waits on purpose. */
function areIndependent(loop: Loop): boolean {
  if (leavesEarly(loop) || waitsOnPurpose(loop) || isSaidToBeInOrder(loop)) return false;
  if (some(loop.body, ts.isYieldExpression, isFunction)) return false;
  return assignedNames(loop.body).size === 0 && !accumulatesAwaited(loop);
}

/** Somebody has thought of it: "Sequential on purpose", "one at a time", "because of the rate limit". */
function isSaidToBeInOrder({ node }: Loop): boolean {
  const comment = node.getFullText().slice(0, node.getLeadingTriviaWidth());
  return /\b(?:sequential|serial|in order|on purpose|intentional|deliberate|rate[- ]?limit|throttl|one (?:at a time|by one|after another))/i.test(comment);
}

/** `total += await …` carries a value from round to round. */
function accumulatesAwaited(loop: Loop): boolean {
  return some(loop.body, (node) => isAssignment(node) && ts.isIdentifier(node.left) && some(node.right, ts.isAwaitExpression));
}
