import type { Match } from '../../core/rule';
import type { PythonNode } from '../../syntax/python/file';
import { isAsyncFunction, statementsOf } from '../../syntax/python/statements';
import type { PythonMatcher } from '../matchers';
import { gatherNeighbours } from './pythonFix';
import { rootAwait, runsOf, type Step } from './pythonRuns';
import type { Facts } from './rule';
import { needsLess, type Wait } from './waits';

export const matcher: PythonMatcher<Facts> = {
  kinds: ['Body'],

  find(body, file): readonly Match<Facts>[] | undefined {
    if (!awaitsTwice(body)) return undefined;
    const owner = body.closest('FunctionDefinition', 'LambdaExpression', 'ClassDefinition');
    if (owner?.kind !== 'FunctionDefinition' || !isAsyncFunction(owner)) return undefined;
    return runsOf(body, file).flatMap(matchesOf);
  },

  fix: (match, body, file) => gatherNeighbours(match, body, file),
};

/** Two assignments that begin with an await, which nearly no body has. */
function awaitsTwice(body: PythonNode): boolean {
  let count = 0;
  for (const statement of statementsOf(body)) {
    if (statement.kind === 'AssignStatement' && statement.lastChild && rootAwait(statement.lastChild)) count++;
  }
  return count > 1;
}

/** One match for each await that may have waited in vain; the linker keeps the first that did. */
function matchesOf(run: readonly Step[]): Match<Facts>[] {
  const waits: Wait[] = run.map(({ call, library, callee, needs }) => ({ call, library, callee, needs }));
  return run.flatMap(({ awaited }, at) => (needsLess(at, waits) ? [{ span: awaited, facts: { waits, at, together: 'asyncio.gather' } }] : []));
}
