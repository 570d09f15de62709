import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { enclosingFunction, isAsync } from '../../syntax/typescript/nodes';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { startTogether } from './typescriptFix';
import { startAsListed, waitsInList } from './typescriptLists';
import { rootAwait, runsOf, type Step } from './typescriptRuns';
import { needsLess, type Wait } from './waits';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.Block, ts.SyntaxKind.ArrayLiteralExpression],

  find(node, file): readonly Match<Facts>[] | undefined {
    if (ts.isArrayLiteralExpression(node)) return waitsInList(node, file);
    const block = node as ts.Block;
    if (!awaitsTwice(block)) return undefined;
    const owner = enclosingFunction(block);
    if (!owner || !isAsync(owner)) return undefined;
    return runsOf(block, file).flatMap((run) => matchesOf(run, file));
  },

  fix: (match, node, file) => (ts.isArrayLiteralExpression(node) ? startAsListed(node, file) : startTogether(match, node as ts.Block, file)),
};

/** Two declarations that begin with an await, which nearly no block has. */
function awaitsTwice({ statements }: ts.Block): boolean {
  let count = 0;
  for (const statement of statements) {
    if (statement.kind !== ts.SyntaxKind.VariableStatement) continue;
    for (const { initializer } of (statement as ts.VariableStatement).declarationList.declarations) {
      if (initializer && rootAwait(initializer)) count++;
    }
  }
  return count > 1;
}

/** One match for each await that may have waited in vain; the linker keeps the first that did. */
function matchesOf(run: readonly Step[], file: TypeScriptFile): Match<Facts>[] {
  const waits: Wait[] = run.map(({ call, library, callee, needs }) => ({ call, library, callee, needs }));
  return run.flatMap(({ awaited }, at) =>
    needsLess(at, waits) ? [{ span: file.span(awaited), facts: { waits, at, together: 'Promise.all' } }] : [],
  );
}
