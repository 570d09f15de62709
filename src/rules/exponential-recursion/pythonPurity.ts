import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { isPureCall } from '../../syntax/python/invariance';
import { assignmentOf } from '../../syntax/python/statements';

const DOES_MORE = ['DictionaryExpression', 'YieldStatement', 'YieldExpression', 'ScopeStatement', 'DeleteStatement'];
const STRUCTURES = ['ArrayExpression', 'SetExpression', 'ArrayComprehensionExpression', 'SetComprehensionExpression', 'DictionaryComprehensionExpression'];

/**
 * Whether a function with this body only computes a value from its arguments, so that a case solved once is solved
 * for good. Backtracking changes a board between the calls, and what builds a tree needs each node anew.
 */
export function computesFromArguments(body: PythonNode, calls: readonly PythonNode[], file: PythonFile): boolean {
  if (DOES_MORE.some((kind) => body.descendants(kind).length > 0) || calls.some((call) => isPartOfStructure(call, body))) return false;
  if (!body.descendants('CallExpression').every((call) => calls.some((own) => own.index === call.index) || isPureCall(call, file) || call.closest('RaiseStatement') !== undefined)) return false;
  const updated = body.descendants('UpdateStatement').map((statement) => statement.firstChild);
  const assigned = body.descendants('AssignStatement').flatMap((statement) => assignmentOf(statement).targets.flat());
  return [...updated, ...assigned].every((target) => target?.kind !== 'MemberExpression');
}

/** `[f(n - 1), …]`: the result grows as fast as the calls do. */
function isPartOfStructure(call: PythonNode, body: PythonNode): boolean {
  const structure = call.closest(...STRUCTURES);
  return structure !== undefined && body.contains(structure);
}
