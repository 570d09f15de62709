import type { Effect, FileFacts, FilterUse, QueryFact } from '../../../src/core/facts';
import type { Schema, Table } from '../../../src/core/workspaceView';
import type { WorkspaceFacts } from '../../../src/report/build';
import { NOTHING_KNOWN } from './support';

export const filter = (table: string, column: string, operator: FilterUse['operator'] = '=', wrappedBy?: string): FilterUse =>
  ({ table, column, operator, ...(wrappedBy && { wrappedBy }) });

export const query = (tables: readonly string[], filters: readonly FilterUse[] = []): QueryFact => ({
  verb: 'select', tables, columns: '*', filters, joins: [], orderBy: [], hasLimit: false, hasOffset: false, line: 0,
});

/** A file with these queries and with functions that use these tables. */
export function fileWith(file: string, queries: readonly QueryFact[], functions: Readonly<Record<string, readonly string[]>> = {}): FileFacts {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const effect = (table: string): Effect => ({ kind: 'write', library: 'pg', line: 0, table });
  return {
    file, language: 'typescript', references: [], reexports: [], queries, schema: [], packages: [], takesDurations: false,
    functions: Object.entries(functions).map(([name, tables]) => ({
      name, exportedAs: [name], range, nameRange: range, hash: 'h', isAsync: true, parameters: [], effects: tables.map(effect), calls: [],
    })),
  };
}

export function schemaOf(tables: Readonly<Record<string, { readonly primaryKey?: readonly string[]; readonly references?: readonly string[] }>>): Schema {
  const list = Object.entries(tables).map(([name, { primaryKey = [], references = [] }]): Table => ({
    name, columns: new Map(), primaryKey, indexes: [], partitionedBy: [], file: 'schema.sql', line: 0,
    foreignKeys: references.map(to => ({ columns: [`${to}_id`], stated: [`${to}_id`], references: to, referencedColumns: ['id'], file: 'schema.sql', line: 0 })),
  }));
  return { tables: list, table: name => list.find(each => each.name === name.toLowerCase().replace(/^public\./, '')), view: () => undefined, mayLackIndexes: false };
}

/** What files and a schema say, and nothing else. */
export const workspaceOf = (facts: readonly FileFacts[], schema: Schema, relations: readonly (readonly [string, string])[] = []): WorkspaceFacts => ({
  ...NOTHING_KNOWN, facts, schema, queries: () => facts.flatMap(({ queries }) => queries), relations: () => relations,
});

/** A shop with two domains that no query joins: orders with their items and users, and events. */
export const SHOP: WorkspaceFacts = workspaceOf(
  [
    fileWith('src/orders.ts', [
      query(['orders', 'items'], [filter('orders', 'tenant_id'), filter('items', 'sku')]),
      query(['public.Orders'], [filter('public.Orders', 'tenant_id', 'in'), filter('public.Orders', 'created_at', 'range')]),
      query(['orders', 'users'], [filter('orders', 'created_at', 'range'), filter('orders', 'tenant_id', '=', 'lower')]),
    ], { placeOrder: ['orders', 'events'], list: ['orders', 'items'] }),
    fileWith('src/events.ts', [query(['events'], [filter('events', 'name', 'like-infix')])]),
  ],
  schemaOf({
    orders: { primaryKey: ['id'], references: ['users'] }, items: { primaryKey: ['id'], references: ['orders'] }, users: { primaryKey: ['id'] },
    events: { primaryKey: ['id'], references: ['orders', 'users'] },
  }),
);
