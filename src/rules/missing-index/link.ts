import type { QueryFact } from '../../core/facts';
import type { FindingFix } from '../../core/finding';
import type { Candidate, Linked } from '../../core/rule';
import type { WorkspaceView } from '../../core/workspaceView';
import { columnName, indexName, indexSteps, migrationFix } from '../../workspace/schema/indexDdl';
import { neededColumns, neededIndex, neededReference, unindexedReference, type IndexNeed, type NeededColumn } from '../../workspace/schema/indexNeeds';
import { sharedIndex } from '../../workspace/schema/sharedIndex';
import { isSmallTable } from '../../workspace/schema/smallTables';
import type { Facts } from './rule';

/** Confirms a query of a table whose definition is known and has no index that serves the query. */
export function linkQuery({ facts, file: from, confidence }: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  const need = needOf(facts, from, workspace);
  if (need === undefined || isSmallTable(need.table.name, workspace)) return undefined;
  const { name } = need.table;
  const { file, line } = need.table.model ?? need.table;
  const shared = sharedIndex(need, workspace);
  const isDoubtful = workspace.schema.mayLackIndexes || confidence === 'possible' || need.confidence === 'possible';
  return {
    facts: { ...facts, table: name, columns: neededColumns(need).map((column) => written(need, column)), use: need.use, nearMiss: nearMissOf(need), proposed: shared.columns.map((column) => written(need, column)), otherQueries: Math.max(0, shared.queries - 1), declaration: workspace.models.declareIndex(need.table, shared.columns) },
    size: { kind: 'table', name },
    confidence: isDoubtful ? 'possible' : 'likely',
    related: [{ file, line, message: `${name} is declared here, without such an index.` }],
    fixes: [createIndexFix(need, shared.columns, workspace)].filter((fix) => fix !== undefined),
  };
}

function needOf({ table: name, query, use, columns = [], line = 0 }: Facts, file: string, workspace: WorkspaceView): IndexNeed | undefined {
  const { schema } = workspace;
  if (query?.model !== undefined) return modelNeed(query, file, workspace);
  if (query === undefined) return foreignKeyNeed(neededReference(name, columns, { file, line }, schema), workspace);
  const table = schema.table(name);
  if (table === undefined) return undefined;
  return use === 'reference' ? unindexedReference(table, schema) : neededIndex(table, query, schema);
}

/** An ORM's query is judged in the tables and columns that its models stand for; the first table that lacks an index counts. */
function modelNeed(asked: QueryFact, file: string, { models, schema }: WorkspaceView): IndexNeed | undefined {
  const query = models.translate(file, asked);
  for (const name of query?.tables ?? []) {
    const table = schema.table(name);
    const need = table && neededIndex(table, query!, schema);
    if (need !== undefined) return need;
  }
  return undefined;
}

/** MySQL indexes foreign keys by itself, and what a query asks for is said where the query is. */
function foreignKeyNeed(need: IndexNeed | undefined, workspace: WorkspaceView): IndexNeed | undefined {
  if (need === undefined || need.table.dialect === 'mysql') return undefined;
  const { table, equal } = need;
  const isAsked = workspace.queriesOf(table).some(({ query }) => neededIndex(table, query, workspace.schema)?.equal.some((name) => equal.includes(name)));
  return isAsked ? undefined : need;
}

function nearMissOf({ nearMiss }: IndexNeed): Facts['nearMiss'] {
  return nearMiss && { name: nearMiss.name, where: nearMiss.where };
}

const written = ({ table }: IndexNeed, column: NeededColumn): string => columnName(table, column.name);

function createIndexFix(need: IndexNeed, columns: readonly NeededColumn[], workspace: WorkspaceView): FindingFix | undefined {
  const { table } = need;
  const names = columns.map(({ name }) => name);
  const title = `Add a migration that creates an index on ${table.name} (${columns.map((column) => written(need, column)).join(', ')})`;
  return migrationFix(title, table.file, [{ name: `add_${indexName(table.name, names)}`, steps: indexSteps(table, columns) }], workspace);
}
