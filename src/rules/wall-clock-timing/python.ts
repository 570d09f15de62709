import type { Match } from '../../core/rule';
import { operatorOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import type { PythonMatcher } from '../matchers';
import { carriedClock, clockOf, differenceAround, timerOf, usesOf, type Timer } from './pythonClock';
import { fixTimers } from './pythonFix';
import { isDeadline, isReported, isSameRun } from './pythonUse';
import type { Facts } from './rule';

export const matcher: PythonMatcher<Facts> = {
  kinds: ['BinaryExpression'],

  find(difference, file): Match<Facts> | undefined {
    if (operatorOf(difference) !== '-') return undefined;
    const right = difference.lastChild!;
    const timer = timerOf(right, file);
    const clock = timer?.clock ?? carriedClock(right, file);
    if (clock === undefined || !isDuration(difference, timer, file)) return undefined;
    if (timer && isSettled(difference, timer, file)) return undefined;
    return { span: difference, facts: { clock: `${clock.split('.').slice(-2).join('.')}()`, instead: 'time.perf_counter()' } };
  },

  fix: (_match, node, file) => fixTimers(node, file),
};

function isDuration(difference: PythonNode, timer: Timer | undefined, file: PythonFile): boolean {
  const left = difference.firstChild!;
  if (clockOf(left, file) === undefined && timerOf(left, file) === undefined) return false;
  return (timer === undefined || isSameRun(left, timer.scope)) && isReported(difference, file);
}

/**
 * A function that ends in several ways takes the same duration in each, so that the first is enough. A timer that is
 * also compared with a limit keeps a deadline, and the difference of two timestamps agrees with what they say.
 */
function isSettled(difference: PythonNode, timer: Timer, file: PythonFile): boolean {
  const end = timerOf(difference.firstChild!, file);
  if (end && isTimestamp(timer, file) && isTimestamp(end, file)) return true;
  return usesOf(timer, file).some((use) => {
    const other = differenceAround(use);
    if (other?.lastChild?.contains(use) !== true) return false;
    return isDeadline(other) || (other.start < difference.start && isDuration(other, timer, file));
  });
}

/** Besides in differences it is used for what it is: a time of day. */
function isTimestamp(timer: Timer, file: PythonFile): boolean {
  return usesOf(timer, file).some((use) => differenceAround(use) === undefined);
}
