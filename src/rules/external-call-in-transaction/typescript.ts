import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import { isProjectCallee } from '../../syntax/typescript/callees';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { calleeText } from '../../syntax/typescript/nodes';
import { awaitedCalls, openedTransaction, OPENING_NAMES } from '../../syntax/typescript/transactions';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],
  names: OPENING_NAMES,

  find(node, file): readonly Match<Facts>[] | undefined {
    const transaction = openedTransaction(node as ts.CallExpression);
    return transaction && awaitedCalls(transaction).flatMap((call) => matchOf(call, transaction.label, file) ?? []);
  },
};

function matchOf(call: ts.CallExpression, transaction: string, file: TypeScriptFile): Match<Facts> | undefined {
  const access = file.dataAccess(call);
  if (access && access.kind !== 'request') return undefined;
  const callee = access ? undefined : file.callee(call);
  if (!access && !(callee && isProjectCallee(callee))) return undefined;
  return { span: file.span(call), facts: { call: calleeText(call), transaction, library: access?.library, callee } };
}
