import type { Fix, Match } from '../../core/rule';
import { ORM_NAMES } from '../../syntax/python/data/ormNames';
import { argumentAt, calleeOf, callText, memberOf, operatorOf, outerParent } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { existenceTest, type ExistenceTest } from '../../syntax/python/results/existence';
import { resultUses } from '../../syntax/python/results/resultUses';
import { simpleAssignment } from '../../syntax/python/statements';
import type { PythonMatcher } from '../matchers';
import type { Facts } from './rule';

const COUNTS: ReadonlySet<string> = new Set(['count', 'acount']);

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ORM_NAMES,

  find(call, file) {
    if (!file.usesOrm) return undefined;
    return COUNTS.has(call.calledName) ? counted(call, file) : measured(call, file);
  },

  fix: (_match: Match<Facts>, call, file) => existsFix(call, file),
};

/** `orders.count() > 0`, and a count that is kept under a name nobody asks more of. */
function counted(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  if (!asksOnlyForExistence(call, file)) return undefined;
  const access = file.dataAccess(call);
  if (access?.kind !== 'query') return undefined;
  return matchOf(call, 'counted', access.library, access.table);
}

function asksOnlyForExistence(call: PythonNode, file: PythonFile): boolean {
  const number = awaited(call);
  if (existenceTest(number) !== undefined) return true;
  const target = simpleAssignment(outerParent(number))?.target;
  const resolution = target?.kind === 'VariableName' ? file.scopes.resolve(target.text, target) : undefined;
  if (target === undefined || resolution?.bindings.length !== 1 || resolution.scope.node.kind === 'Script') return false;
  const uses = file.usesOf(target.text).filter((use) => file.scopes.resolve(target.text, use)?.bindings === resolution.bindings);
  return uses.length > 0 && uses.every((use) => existenceTest(use) !== undefined);
}

/** `await orders.acount()` is the number, not the call. */
function awaited(call: PythonNode): PythonNode {
  const parent = outerParent(call);
  return parent?.kind === 'AwaitExpression' ? parent : call;
}

/** Rows that are all read, and of which nothing is used but whether there are any: `len(orders) > 0`, `if query.all():`. */
function measured(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const access = file.dataAccess(call);
  if (access?.kind !== 'query' || !readsRows(call, access.library, file)) return undefined;
  const { uses, escapes } = resultUses(call, file);
  if (escapes || uses.length === 0 || uses.some(({ kind }) => kind !== 'existence')) return undefined;
  return matchOf(call, 'read', access.library, access.table);
}

/** The call yields many rows, and not one or a number. */
function readsRows(call: PythonNode, library: string, file: PythonFile): boolean {
  const value = file.valueOf(call);
  return library === 'django' ? value?.kind === 'queryset' : library === 'sqlalchemy' && call.calledName === 'all' && value?.kind === 'list';
}

function matchOf(call: PythonNode, how: Facts['how'], library: string, table: string | undefined): Match<Facts> {
  const instead = library === 'django' ? (call.calledName === 'acount' ? 'aexists()' : 'exists()') : 'first() is not None, or an EXISTS';
  return { span: { start: call.start, end: call.end }, facts: { call: callText(call), how, table, instead } };
}

/** Replaces the whole test where it stands around the count itself. */
function existsFix(call: PythonNode, file: PythonFile): Fix | undefined {
  const isDjango = file.dataAccess(call)?.library === 'django';
  const isCount = COUNTS.has(call.calledName);
  const number = isCount ? awaited(call) : measuring(call);
  const test = existenceTest(number);
  if (test === undefined) return undefined;
  const rows = isCount || call.calledName === 'all' ? memberOf(calleeOf(call))?.object : call;
  if (rows === undefined || !file.text.slice(rows.start, rows.end).trim()) return undefined;
  const question = isDjango ? djangoQuestion(rows, call, test) : `${rows.text}.first() is ${test.asks === 'some' ? 'not None' : 'None'}`;
  return {
    title: isDjango ? 'Ask with exists()' : 'Ask for the first row',
    kind: 'safe',
    edits: [{ start: test.node.start, end: test.node.end, newText: needsBrackets(test) ? `(${question})` : question }],
  };
}

/** `len(rows)` around the rows, or the rows themselves where their truth is asked for. */
function measuring(call: PythonNode): PythonNode {
  const list = outerParent(call);
  const outer = list?.kind === 'ArgList' ? list.parent : undefined;
  return outer !== undefined && calleeOf(outer)?.text === 'len' && argumentAt(outer, 0)?.contains(call) ? outer : call;
}

function djangoQuestion(rows: PythonNode, call: PythonNode, { asks }: ExistenceTest): string {
  const question = call.calledName === 'acount' ? `await ${rows.text}.aexists()` : `${rows.text}.exists()`;
  return asks === 'some' ? question : `not ${question}`;
}

/** `not` and `is` bind looser than the operators that may stand around a comparison. */
function needsBrackets({ node }: ExistenceTest): boolean {
  const parent = node.parent;
  return parent?.kind === 'BinaryExpression' && !/^(?:and|or)$/.test(operatorOf(parent));
}
