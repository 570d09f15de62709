import type { Candidate, Linked, LinkedFix } from '../../core/rule';
import type { Table, WorkspaceView } from '../../core/workspaceView';
import { mayLackIndexes } from '../../workspace/schema';
import { dialectOf } from '../../workspace/schema/dialect';
import { createIndex, indexName } from '../../workspace/schema/indexDdl';
import { neededIndex, unindexedReference, type IndexNeed } from '../../workspace/schema/indexNeeds';
import { newMigration } from '../../workspace/schema/newMigration';
import { isSmallTable } from '../../workspace/schema/smallTables';
import type { Facts } from './rule';

/** Confirms a query of a table whose definition is known and has no index that serves the query. */
export function linkQuery(candidate: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  const { facts } = candidate;
  const { schema } = workspace;
  const need = facts.query.model === undefined ? needOf(facts, workspace) : modelNeed(candidate, workspace);
  if (need === undefined || isSmallTable(need.table.name, workspace)) return undefined;
  const { name, file, line } = need.table;
  return {
    facts: { ...facts, table: name, columns: written(need), use: need.use, declaration: declarationOf(need, workspace) },
    size: { kind: 'table', name },
    confidence: mayLackIndexes(schema) ? 'possible' : need.confidence,
    related: [{ file, line, message: `${name} is declared here, without such an index.` }],
    fix: migrationFix(need, workspace),
  };
}

function needOf(facts: Facts, { schema }: WorkspaceView): IndexNeed | undefined {
  const table = schema.table(facts.table);
  if (table === undefined) return undefined;
  return facts.use === 'reference' ? unindexedReference(table, schema) : neededIndex(table, facts.query, schema, facts.enumerated);
}

/** An ORM's query is judged in the tables and columns that its models stand for; the first table that lacks an index counts. */
function modelNeed({ file, facts }: Candidate<Facts>, { models, schema }: WorkspaceView): IndexNeed | undefined {
  const query = models.translate(file, facts.query);
  if (query === undefined) return undefined;
  const enumerated = query.filters.flatMap(({ column }, i) => (facts.enumerated?.includes(facts.query.filters[i]!.column) ? [column] : []));
  for (const name of query.tables) {
    const table = schema.table(name);
    const need = table && neededIndex(table, query, schema, enumerated);
    if (need !== undefined) return need;
  }
  return undefined;
}

/** The columns as the schema spells them. */
const written = ({ table, columns }: IndexNeed): string[] => columns.map((column) => table.columns.get(column)?.name ?? column);

/** The line that declares the index in the model, in the words of its library. */
function declarationOf(need: IndexNeed, { models }: WorkspaceView): string | undefined {
  return models.declareIndex(need.table.name, written(need));
}

function migrationFix({ table, columns }: IndexNeed, workspace: WorkspaceView): LinkedFix | undefined {
  const place = newMigration(`add_${indexName(table.name, columns)}`, table, workspace);
  if (place === undefined) return undefined;
  return {
    title: `Add a migration that creates an index on ${table.name} (${spelled(table, columns)})`,
    kind: place.caveat === undefined ? 'safe' : 'suggestion',
    edits: [],
    create: { file: place.file, text: createIndex(table, columns, dialectOf(workspace.schema)) },
    caveat: place.caveat,
  };
}

const spelled = (table: Table, columns: readonly string[]): string => columns.map((column) => table.columns.get(column)?.name ?? column).join(', ');
