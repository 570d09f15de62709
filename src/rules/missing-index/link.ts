import type { Candidate, Fix, Linked } from '../../core/rule';
import type { Table, WorkspaceView } from '../../core/workspaceView';
import { createIndex, indexName } from '../../workspace/schema/indexDdl';
import { neededIndex, unindexedReference, type IndexNeed } from '../../workspace/schema/indexNeeds';
import { newMigration } from '../../workspace/schema/newMigration';
import { isSmallTable } from '../../workspace/schema/smallTables';
import type { Facts } from './rule';

/** Confirms a query of a table whose definition is known and has no index that serves the query. */
export function linkQuery({ facts }: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  const { schema } = workspace;
  const table = schema.table(facts.table);
  if (table === undefined) return undefined;
  const need = facts.use === 'reference' ? unindexedReference(table, schema) : neededIndex(table, facts.query, schema, facts.enumerated);
  if (need === undefined || isSmallTable(need.table.name, workspace)) return undefined;
  const { name, file, line } = need.table;
  return {
    facts: { ...facts, table: name, columns: written(need), use: need.use },
    size: { kind: 'table', name },
    confidence: schema.mayLackIndexes ? 'possible' : need.confidence,
    related: [{ file, line, message: `${name} is declared here, without such an index.` }],
    fix: migrationFix(need, workspace),
  };
}

/** The columns as the schema spells them. */
const written = ({ table, columns }: IndexNeed): string[] => columns.map((column) => table.columns.get(column)?.name ?? column);

function migrationFix({ table, columns }: IndexNeed, workspace: WorkspaceView): Fix | undefined {
  const place = newMigration(`add_${indexName(table.name, columns)}`, table, workspace);
  if (place === undefined) return undefined;
  return {
    title: `Add a migration that creates an index on ${table.name} (${spelled(table, columns)})`,
    kind: place.caveat === undefined ? 'safe' : 'suggestion',
    edits: [],
    create: { file: place.file, text: createIndex(table, columns, table.dialect) },
    caveat: place.caveat,
  };
}

const spelled = (table: Table, columns: readonly string[]): string => columns.map((column) => table.columns.get(column)?.name ?? column).join(', ');
