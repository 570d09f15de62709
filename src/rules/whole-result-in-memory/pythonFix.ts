import type { Fix } from '../../core/rule';
import { argumentAt, calleeOf, memberOf, outerParent } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';

/** Takes the rows from the cursor, or from the query's iterator, where the loop stands around the read itself. */
export function iterateInstead(call: PythonNode, file: PythonFile): Fix | undefined {
  if (call.calledName === 'fetchall') return iterateCursor(call, file);
  if (call.calledName !== 'list') return undefined;
  const query = argumentAt(call, 0)!;
  return file.valueOf(query)?.library === 'django' ? iterateQuery(call, query) : undefined;
}

/** Drivers whose cursors hand out the rows that fetchall() would put into a list; the DB-API leaves that open. */
const ITERABLE_CURSORS = [
  'sqlite3', 'psycopg', 'psycopg2', 'pymysql', 'MySQLdb', 'mysql', 'mariadb', 'pyodbc', 'cx_Oracle', 'oracledb', 'snowflake', 'trino', 'pyhive', 'pyathena', 'sqlalchemy', 'flask_sqlalchemy', 'django',
] as const;

function iterateCursor(call: PythonNode, file: PythonFile): Fix | undefined {
  const cursor = memberOf(calleeOf(call))!.object;
  if (outerParent(call)?.kind === 'AwaitExpression') return undefined;
  const isIterable = file.imports(...ITERABLE_CURSORS);
  return {
    title: 'Iterate over the cursor',
    kind: isIterable ? 'safe' : 'suggestion',
    edits: [{ start: cursor.end, end: call.end, newText: '' }],
    caveat: isIterable ? undefined : 'The cursor must be iterable, which nearly all drivers offer but the DB-API leaves open.',
  };
}

function iterateQuery(call: PythonNode, query: PythonNode): Fix | undefined {
  if (query.kind !== 'CallExpression' && query.kind !== 'VariableName') return undefined;
  const isEager = /prefetch_related/.test(query.text);
  return {
    title: 'Iterate with .iterator()',
    kind: 'suggestion',
    edits: [
      { start: call.start, end: query.start, newText: '' },
      { start: query.end, end: call.end, newText: isEager ? '.iterator(chunk_size=1000)' : '.iterator()' },
    ],
    caveat: 'Rows are read while the loop runs: changes that it makes to the same table may show up, and behind a pooler that reuses connections server-side cursors must be switched off.',
  };
}
