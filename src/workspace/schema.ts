import type { FileFacts } from '../core/facts';
import type { Schema } from '../core/workspaceView';
import type { WorkspaceModels } from './models';
import { inMigrationOrder } from './models/migrationOrder';
import { SchemaHistory } from './schema/history';
import { isUndoPath } from './schema/migrations';
import { plainName } from './schema/names';

/**
 * Replays the schema changes of every file, in the order in which migrations run: by path, numbers by value.
 * Two files that create the same table (dialects side by side, a dump beside its migrations) add up,
 * so that an index one of them declares counts. ORM models come last and add what they declare.
 */
export function buildSchema(facts: readonly FileFacts[], models?: WorkspaceModels): Schema {
  const inPathOrder = new Intl.Collator('en', { numeric: true });
  const files = facts.filter(({ file, schema }) => schema.length > 0 && !isUndoPath(file)).sort((a, b) => inPathOrder.compare(a.file, b.file));
  const history = new SchemaHistory();
  for (const { file, schema } of inMigrationOrder(files)) for (const change of schema) history.apply(change, file);
  models?.describe(history);
  const tables = history.tables().map((table) => ({ ...table, ...models?.placeOf(table) }));
  const byName = new Map(tables.map((table) => [plainName(table.name), table]));
  const schema: Schema = { tables, table: (name) => byName.get(plainName(name)) ?? models?.tableNamed(name, byName) };
  if (history.hasUnnamedIndexes) lackingIndexes.add(schema);
  return schema;
}

const lackingIndexes = new WeakSet<Schema>();

/** The workspace creates indexes on tables whose names are only known when it runs, so the schema may have more than is known. */
export function mayLackIndexes(schema: Schema): boolean {
  return lackingIndexes.has(schema);
}
