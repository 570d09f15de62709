import type { IndexDefinition } from '../../core/facts';
import type { FindingFix } from '../../core/finding';
import type { Candidate, Linked } from '../../core/rule';
import type { Table, WorkspaceView } from '../../core/workspaceView';
import { columnName, expressionIndexSteps, indexName, migrationFix, quotedName } from '../../workspace/schema/indexDdl';
import { plainName } from '../../workspace/schema/names';
import { isSmallTable } from '../../workspace/schema/smallTables';
import type { Facts } from './rule';

/** Withdraws a search that an index serves or whose table is declared small. */
export function linkSearch({ facts, confidence }: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  if (facts.table === undefined) return { facts };
  if (isSmallTable(facts.table, workspace)) return undefined;
  const table = workspace.schema.table(facts.table);
  const column = facts.column === undefined ? undefined : plainName(facts.column);
  if (table !== undefined && column !== undefined && table.indexes.some((index) => servesSubstrings(index, column, facts.wrappedBy))) return undefined;
  const fixes = table && column ? [trigramFix(table, column, facts, workspace), fullTextFix(table, column, workspace)] : [];
  return { facts, size: { kind: 'table', name: facts.table }, confidence, fixes: fixes.filter((fix) => fix !== undefined) };
}

/** A trigram, bigram or full-text index over the column or the expression that is searched. */
function servesSubstrings(index: IndexDefinition, column: string, wrappedBy: string | undefined): boolean {
  const serves = (indexed: string): boolean => {
    if (wrappedBy !== undefined) return indexed === `${wrappedBy}(${column})`;
    return plainName(indexed) === column || indexed.toLowerCase().includes(`(${column})`);
  };
  const position = index.columns.findIndex(serves);
  if (position < 0) return false;
  return /^(?:fulltext|pgroonga|rum)$/.test(index.method) || /trgm|bigm/.test(index.operatorClasses?.[position] ?? '');
}

/** Serves the query as it stands, in PostgreSQL; in other databases the query must change, which is advice. */
function trigramFix(table: Table, column: string, { wrappedBy }: Facts, workspace: WorkspaceView): FindingFix | undefined {
  if (table.dialect !== 'postgresql' || !table.columns.has(column)) return undefined;
  const written = quotedName(columnName(table, column), table.dialect);
  const expression = wrappedBy === undefined ? written : `${wrappedBy}(${written})`;
  const name = indexName(table.name, [wrappedBy, column, 'trgm'].filter((part) => part !== undefined));
  const extension = { up: 'CREATE EXTENSION IF NOT EXISTS pg_trgm;\n', down: 'DROP EXTENSION IF EXISTS pg_trgm;\n', outsideTransaction: false };
  return migrationFix(
    `Add migrations that create a trigram index on ${table.name} (${expression})`,
    table.file,
    [
      { name: 'add_pg_trgm', steps: extension },
      { name: `add_${name}`, steps: expressionIndexSteps(table, name, `USING gin (${expression} gin_trgm_ops)`) },
    ],
    workspace,
    'A trigram index is often larger than its column and slows its writes; patterns of fewer than three characters still read every row.',
  );
}

/** A search for words, which is smaller and ranks its results, and asks another question than LIKE does. */
function fullTextFix(table: Table, column: string, workspace: WorkspaceView): FindingFix | undefined {
  if (table.dialect !== 'postgresql' || !table.columns.has(column)) return undefined;
  const document = `to_tsvector('simple', ${quotedName(columnName(table, column), table.dialect)})`;
  const name = indexName(table.name, [column, 'fts']);
  return migrationFix(
    `Add a migration that creates a full-text index on ${table.name} (${columnName(table, column)})`,
    table.file,
    [{ name: `add_${name}`, steps: expressionIndexSteps(table, name, `USING gin (${document})`) }],
    workspace,
    `The query must become ${document} @@ websearch_to_tsquery('simple', ...), which finds whole words and not any part of one.`,
  );
}
