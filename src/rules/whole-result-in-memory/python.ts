import type { Match } from '../../core/rule';
import { argumentAt, argumentsOf, calleeOf, callText, memberOf, outerParent } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { leavesEarly } from '../../syntax/python/iteration';
import { onePassOver } from '../../syntax/python/onePass';
import type { PythonMatcher } from '../matchers';
import { iterateInstead } from './pythonFix';
import { changesRows, keepsRows, sharesConnection, touchesConnectionBetween } from './pythonPass';
import { isBoundedQuery, isBoundedStatement, isGivenStatement, tableRead } from './pythonSize';
import type { Facts } from './rule';

const YIELD = '.yield_per(1000)';

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ['fetchall', 'list', 'all'],

  find(call, file): Match<Facts> | undefined {
    switch (call.calledName) {
      case 'fetchall':
        return fetchedRows(call, file);
      case 'list':
        return listedQuery(call, file);
      case 'all':
        return allOfQuery(call, file);
      default:
        return undefined;
    }
  },

  fix: (_match, call, file) => iterateInstead(call, file),
};

/** `for row in cursor.fetchall():`, and the same under a name that is read once, right below. */
function fetchedRows(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const cursor = memberOf(calleeOf(call))?.object;
  // DuckDB's connection has fetchall() and cannot be iterated.
  if (cursor === undefined || argumentsOf(call).length > 0 || file.imports('duckdb')) return undefined;
  const isAwaited = outerParent(call)?.kind === 'AwaitExpression';
  const pass = passOver(isAwaited ? outerParent(call)! : call, file);
  if (pass === undefined || sharesConnection(pass, call) || touchesConnectionBetween(call, pass)) return undefined;
  const size = isBoundedStatement(call, cursor, file);
  if (size === 'bounded' || (size === 'unknown' && keepsRows(pass, file) && !isGivenStatement(call, cursor, file))) return undefined;
  const instead = isAwaited ? 'async for over the cursor itself' : 'the cursor itself in the loop';
  return match(call, { read: `${callText(call)}()`, instead, table: tableRead(call, cursor, file) }, size === 'unknown');
}

/** `for order in list(Order.objects.all()):` */
function listedQuery(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const query = argumentAt(call, 0);
  if (query === undefined || argumentsOf(call).length !== 1 || file.names.qualified(calleeOf(call)) !== 'builtins.list') return undefined;
  const value = file.valueOf(query);
  const isQuery = value?.kind === 'queryset' || value?.kind === 'manager';
  const documents = query.kind === 'CallExpression' && /^(?:find|aggregate)$/.test(query.calledName) && file.dataAccess(query)?.library === 'pymongo';
  if (!documents && !(isQuery && value.table !== undefined)) return undefined;
  const instead = documents ? 'the cursor itself in the loop' : value?.library === 'django' ? '.iterator()' : YIELD;
  return rowObjects(call, query, { read: `list(${callText(query)}())`, instead, table: value?.table }, file);
}

/** `for user in session.query(User).all():` of SQLAlchemy; Django's `all()` is lazy. */
function allOfQuery(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const query = memberOf(calleeOf(call))?.object;
  if (query === undefined || argumentsOf(call).length > 0) return undefined;
  const access = file.dataAccess(call);
  if (access?.library !== 'sqlalchemy' || access.kind !== 'query' || access.table === undefined) return undefined;
  return rowObjects(call, query, { read: `${callText(call)}()`, instead: YIELD, table: access.table }, file);
}

/** Objects of an ORM: leaving them to an iterator pays only where the pass lets each of them go. */
function rowObjects(call: PythonNode, query: PythonNode, facts: Facts, file: PythonFile): Match<Facts> | undefined {
  const pass = passOver(call, file);
  if (pass === undefined || keepsRows(pass, file) || isBoundedQuery(query, file)) return undefined;
  if (facts.instead === YIELD && changesRows(pass)) return undefined;
  return match(call, facts, false);
}

/** The one loop over a value, if it runs to its end. */
function passOver(node: PythonNode, file: PythonFile): PythonNode | undefined {
  const pass = onePassOver(node, file);
  if (pass === undefined) return undefined;
  const inside = pass.kind === 'ForStatement' ? pass.child('Body')?.lastChild : pass.children.find(({ kind }) => kind !== '(' && kind !== '[' && kind !== '{');
  const loop = inside && file.loopsAround(inside).find((each) => each.node === pass);
  return loop !== undefined && !leavesEarly(loop) ? pass : undefined;
}

function match(call: PythonNode, facts: Facts, isUnsure: boolean): Match<Facts> {
  const { table } = facts;
  return { span: call, facts, size: table === undefined ? undefined : { kind: 'table', name: table }, confidence: isUnsure ? 'possible' : 'likely' };
}
