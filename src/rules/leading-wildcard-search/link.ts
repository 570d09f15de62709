import type { IndexDefinition } from '../../core/facts';
import type { Candidate, Fix, Linked } from '../../core/rule';
import type { Table, WorkspaceView } from '../../core/workspaceView';
import { createTrigramIndex, indexName } from '../../workspace/schema/indexDdl';
import { plainName } from '../../workspace/schema/names';
import { newMigration } from '../../workspace/schema/newMigration';
import { isSmallTable } from '../../workspace/schema/smallTables';
import type { Facts } from './rule';

/** Withdraws a search that an index serves or whose table is declared small. */
export function linkSearch({ facts }: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  if (facts.table === undefined) return { facts };
  if (isSmallTable(facts.table, workspace)) return undefined;
  const table = workspace.schema.table(facts.table);
  const column = facts.column === undefined ? undefined : plainName(facts.column);
  if (table !== undefined && column !== undefined && table.indexes.some((index) => servesSubstrings(index, column))) return undefined;
  return { facts, size: { kind: 'table', name: facts.table }, fix: table && column ? trigramFix(table, column, workspace) : undefined };
}

/** A trigram, bigram or full-text index over the column or an expression of it. */
function servesSubstrings(index: IndexDefinition, column: string): boolean {
  const position = index.columns.findIndex((indexed) => plainName(indexed) === column || indexed.toLowerCase().includes(`(${column})`));
  if (position < 0) return false;
  return /^(?:fulltext|pgroonga|rum)$/.test(index.method) || /trgm|bigm/.test(index.operatorClasses?.[position] ?? '');
}

/** Only PostgreSQL serves the query as it stands; other databases need another query, which is advice. */
function trigramFix(table: Table, column: string, workspace: WorkspaceView): Fix | undefined {
  if (table.dialect !== 'postgresql' || !table.columns.has(column)) return undefined;
  const place = newMigration(`add_${indexName(table.name, [column, 'trgm'])}`, table, workspace);
  if (place === undefined) return undefined;
  const blocking = 'Creating the index blocks writes to the table while it is built; on a large live table create it CONCURRENTLY outside a transaction.';
  return {
    title: `Add a migration that creates a trigram index on ${table.name} (${column})`,
    kind: 'suggestion',
    edits: [],
    create: { file: place.file, text: createTrigramIndex(table, column) },
    caveat: [blocking, place.caveat].filter(Boolean).join(' '),
  };
}
