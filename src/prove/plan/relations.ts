import { functionName } from '../../syntax/sql/query/expressions';
import { walk, type SqlNode } from '../../syntax/sql/tree';
import { plainName } from '../../workspace/schema/names';
import { parsedRoot } from './constraints';
import { quoteName } from './names';
import type { BuildStep } from './plan';
import type { SchemaSupport } from './support';

/** What a query reads, through views too. Names are plain. */
export interface Relations {
  readonly tables: readonly string[];
  readonly views: readonly string[];
  readonly functions: readonly string[];
  /** Schemas that the query names: "app" of app.orders, with the names read from there, as they are written. */
  readonly schemas: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Views may name views; a circle cannot be created, so a name is entered once. */
export function relationsOf(root: SqlNode, support: SchemaSupport): Relations {
  const tables = new Set<string>();
  const views = new Set<string>();
  const functions = new Set<string>();
  const schemas = new Map<string, Set<string>>();
  const read = (query: SqlNode): void => {
    const common = commonTables(query);
    walk(query, (node) => {
      const range = node.as('RangeVar');
      if (range !== undefined) addRelation(range.relname ?? '', range.schemaname, common);
      const called = functionName(node);
      if (support.functions.has(called)) functions.add(called);
    });
  };
  const addRelation = (written: string, schema: string | undefined, common: ReadonlySet<string>): void => {
    const name = plainName(written);
    if (schema === undefined && common.has(name)) return;
    if (schema !== undefined && schema !== 'public') schemas.set(schema, (schemas.get(schema) ?? new Set()).add(written));
    const view = support.views.get(name);
    if (view === undefined) tables.add(name);
    else if (!views.has(name)) {
      const definition = parsedRoot(view.sql);
      if (definition?.first('query') !== undefined) read(definition.first('query')!);
      views.add(name);
    }
  };
  read(root);
  return { tables: [...tables], views: [...views], functions: [...functions], schemas };
}

function commonTables(root: SqlNode): Set<string> {
  const names = new Set<string>();
  walk(root, (node) => {
    const name = node.as('CommonTableExpr')?.ctename;
    if (name !== undefined) names.add(plainName(name));
  });
  return names;
}

/** Functions come before the tables that may use them; views and the names in other schemas after. */
export function supportSteps({ views, functions, schemas }: Relations, support: SchemaSupport, when: 'before' | 'after'): BuildStep[] {
  if (when === 'before') return functions.map((name) => ({ what: `function ${name}`, ...support.functions.get(name)! }));
  const viewSteps = views.map((name): BuildStep => ({ what: `view ${name}`, ...support.views.get(name)! }));
  const aliases = [...schemas].flatMap(([schema, names]): BuildStep[] => [
    { what: `schema ${schema}`, sql: `CREATE SCHEMA ${quoteName(schema)}` },
    // Tables are built in one schema; a plain view costs the planner nothing.
    ...[...names].map((name) => ({ what: `name ${schema}.${name}`, sql: `CREATE VIEW ${quoteName(schema)}.${quoteName(name)} AS SELECT * FROM public.${quoteName(name)}` })),
  ]);
  return [...viewSteps, ...aliases];
}
