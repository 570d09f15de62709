import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { isWithin } from '../../syntax/typescript/nodes';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { carriedClock, clockOf, differenceAround, timerOf, type Timer } from './typescriptClock';
import { fixTimers } from './typescriptFix';
import { isDeadline, isReported, isSameRun } from './typescriptUse';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.BinaryExpression],

  find(node, file): Match<Facts> | undefined {
    const difference = node as ts.BinaryExpression;
    if (difference.operatorToken.kind !== ts.SyntaxKind.MinusToken) return undefined;
    const timer = timerOf(difference.right, file);
    const clock = timer?.clock ?? carriedClock(difference.right, file);
    if (clock === undefined || !isDuration(difference, timer, file)) return undefined;
    if (timer && isSettled(difference, timer, file)) return undefined;
    return { span: file.span(difference), facts: { clock, instead: 'performance.now()' } };
  },

  fix: (_match, node, file) => fixTimers(node as ts.BinaryExpression, file),
};

function isDuration(difference: ts.BinaryExpression, timer: Timer | undefined, file: TypeScriptFile): boolean {
  const { left } = difference;
  if (clockOf(left, file) === undefined && timerOf(left, file) === undefined) return false;
  return (timer === undefined || isSameRun(left, timer.declaration.node)) && isReported(difference, file);
}

/**
 * A function that ends in several ways takes the same duration in each, so that the first is enough. A timer that is
 * also compared with a limit keeps a deadline, and the difference of two timestamps agrees with what they say.
 */
function isSettled(difference: ts.BinaryExpression, timer: Timer, file: TypeScriptFile): boolean {
  const end = timerOf(difference.left, file);
  if (end && isTimestamp(timer, file) && isTimestamp(end, file)) return true;
  return file.uses.of(timer.declaration).some((use) => {
    const other = differenceAround(use);
    if (!other || !isWithin(use, other.right)) return false;
    return isDeadline(other) || (other.pos < difference.pos && isDuration(other, timer, file));
  });
}

/** Besides in differences it is used for what it is: a time of day. */
function isTimestamp({ declaration }: Timer, file: TypeScriptFile): boolean {
  return file.uses.of(declaration).some((use) => differenceAround(use) === undefined);
}
