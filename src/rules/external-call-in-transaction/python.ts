import type { Match } from '../../core/rule';
import { calleeReference } from '../../syntax/python/callees';
import { calleeOf, callText } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { isErrorPath } from '../../syntax/python/iteration';
import { callsInside, openedTransaction } from '../../syntax/python/transactions';
import type { PythonMatcher } from '../matchers';
import type { Facts } from './rule';

export const matcher: PythonMatcher<Facts> = {
  kinds: ['WithStatement', 'FunctionDefinition'],

  find(node, file) {
    const transaction = openedTransaction(node, file);
    return transaction && callsInside(transaction).flatMap((call) => matchOf(call, transaction.body, transaction.label, file) ?? []);
  },
};

function matchOf(call: PythonNode, body: PythonNode, transaction: string, file: PythonFile): Match<Facts> | undefined {
  const access = file.dataAccess(call);
  if (access !== undefined && access.kind !== 'request') return undefined;
  if (isErrorPath(call, body)) return undefined;
  const callee = access ? undefined : calleeReference(calleeOf(call)!, file);
  if (access === undefined && callee === undefined) return undefined;
  return { span: call, facts: { call: callText(call), transaction, library: access?.library, callee } };
}
