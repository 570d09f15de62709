import { FailureError } from '../../core/failures';
import { proofFailures } from '../../core/proofFailures';
import type { Schema } from '../../core/workspaceView';
import { splitStatements } from '../../syntax/sql/splitter';
import { parsedRoot } from './constraints';
import type { PlannedCandidate } from './plan';

const INDEX_NAME = 'performance_engineer_index';

/** A CREATE INDEX that a person has written. Throws FailureError where it is anything else. */
export function userCandidate(sql: string, schema: Schema): PlannedCandidate {
  const statements = splitStatements(sql);
  const text = statements.length === 1 ? sql.slice(statements[0]!.first, statements[0]!.end) : '';
  const root = text === '' ? undefined : parsedRoot(text);
  const statement = root?.as('IndexStmt');
  const table = schema.table(statement?.relation?.relname ?? '');
  if (statement === undefined || table === undefined) throw new FailureError(proofFailures.badIndex(sql));
  // A transaction, in which the index is taken away and put back, allows none that is built concurrently.
  const plain = text.replace(/^(create\s+(?:unique\s+)?index)\s+concurrently\b/i, '$1').replace(/^(create\s+(?:unique\s+)?index)\s+if\s+not\s+exists\b/i, '$1');
  const named = statement.idxname === undefined ? plain.replace(/^(create\s+(?:unique\s+)?index)\s+on\b/i, `$1 ${INDEX_NAME} ON`) : plain;
  return { findings: [], title: named, table: table.name, statements: [named], indexes: [statement.idxname ?? INDEX_NAME], altersTable: false };
}
