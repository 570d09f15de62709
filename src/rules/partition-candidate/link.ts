import type { Candidate, Linked } from '../../core/rule';
import type { Table, WorkspaceQuery, WorkspaceView } from '../../core/workspaceView';
import { isSameName, plainName } from '../../workspace/schema/names';
import { usesOf } from '../../workspace/schema/uses';
import type { Facts, Plan } from './rule';

/** Where maintenance begins to hurt: tens of gigabytes with their indexes. */
const LARGE_ROWS = 100_000_000;
const DAYS_A_YEAR = 365;
/** A key that fewer queries compare would make most of them read every partition. */
const SHARE_FOR_RANGE = 0.5;
const SHARE_FOR_HASH = 0.7;
const TIME_TYPE = /^(?:timestamp|timestamptz|datetime|date)/;

/** Confirms a table that is declared large, or will be within a year, whose queries agree on a column to divide it by. */
export function linkTable({ file, facts }: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  const table = workspace.schema.table(facts.table);
  const rows = workspace.rowsOf(facts.table);
  if (table === undefined || rows === undefined || table.file !== file || table.line !== facts.line) return undefined;
  // SQLite has no partitions, and MySQL none with foreign keys.
  if (table.partitionedBy.length > 0 || table.dialect === 'sqlite') return undefined;
  const growthPerDay = workspace.growthOf(facts.table);
  if (rows + (growthPerDay ?? 0) * DAYS_A_YEAR < LARGE_ROWS) return undefined;
  const key = partitionKey(table, workspace);
  if (key === undefined) return undefined;
  const plan: Plan = { ...key, rows, growthPerDay, keys: keysWithout(key.column, table), referredBy: referring(table, workspace) };
  return { facts: { ...facts, table: table.name, plan }, size: { kind: 'table', name: facts.table }, confidence: 'likely' };
}

function partitionKey(table: Table, workspace: WorkspaceView): Pick<Plan, 'method' | 'column' | 'using' | 'queries'> | undefined {
  const queries = workspace.queriesOf(table).filter(({ query }) => query.verb !== 'insert');
  const inTime = mostUsed(table, queries, workspace, (column) => TIME_TYPE.test(table.columns.get(column)?.type ?? ''), 'ranges');
  if (inTime !== undefined && inTime.using >= SHARE_FOR_RANGE * queries.length) return { method: 'RANGE', ...inTime };
  const byTenant = mostUsed(table, queries, workspace, (column) => !table.primaryKey.map(plainName).includes(column), 'selective');
  return byTenant !== undefined && byTenant.using >= SHARE_FOR_HASH * queries.length ? { method: 'HASH', ...byTenant } : undefined;
}

function mostUsed(
  table: Table,
  queries: readonly WorkspaceQuery[],
  workspace: WorkspaceView,
  fits: (column: string) => boolean,
  use: 'ranges' | 'selective',
): Pick<Plan, 'column' | 'using' | 'queries'> | undefined {
  const counts = new Map<string, number>();
  for (const { query } of queries) {
    for (const column of new Set(usesOf(table, query, workspace.schema)[use].filter(fits))) counts.set(column, (counts.get(column) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && { column: table.columns.get(most[0])?.name ?? most[0], using: most[1], queries: queries.length };
}

/** A unique key over partitions must hold the column that divides them. */
function keysWithout(column: string, table: Table): string[] {
  const unique = table.indexes.filter((index) => index.unique && !index.columns.some((name) => isSameName(name, column)));
  return unique.map(({ columns }) => columns.join(', '));
}

function referring(table: Table, workspace: WorkspaceView): string[] {
  return workspace.schema.tables.filter(({ foreignKeys }) => foreignKeys.some(({ references }) => isSameName(references, table.name))).map(({ name }) => name);
}
