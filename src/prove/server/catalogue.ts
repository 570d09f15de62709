import { inspect, type Called } from './selectOnly';

/** Asks the server and answers with rows; parameters are bound, never put into the text. */
export type Query = <Row>(sql: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/** Volatile by declaration, and yet without any effect. */
const HARMLESS = /^(?:random|random_normal|clock_timestamp|timeofday|gen_random_uuid|uuidv[47]|uuid_generate_v[1-5](?:mc)?|pg_(?:relation|table|indexes|total_relation|database|tablespace)_size|currval|lastval)$/;

/** Views of views of views: nobody nests deeper by hand. */
const DEEPEST_VIEW = 16;

/**
 * Why the server's catalogue speaks against running a SELECT: a function or operator of the user's own, which may do
 * anything; a volatile one; a foreign table, which asks another server; all that also inside of the views and row
 * policies it reads. Undefined where nothing does.
 */
export async function objectionOf(called: Called, query: Query, depth = 0): Promise<string | undefined> {
  if (depth > DEEPEST_VIEW) return 'its views are nested too deeply to be looked through';
  return (await functionObjection(called.functions, query)) ?? (await operatorObjection(called.operators, query)) ?? (await relationObjection(called.relations, query, depth));
}

interface FunctionRow {
  readonly name: string;
  readonly schema: string;
  readonly volatility: string;
  readonly extension: boolean;
}

async function functionObjection(names: readonly string[], query: Query): Promise<string | undefined> {
  if (names.length === 0) return undefined;
  const plain = names.map((name) => name.slice(name.lastIndexOf('.') + 1));
  const rows = await query<FunctionRow>(
    `SELECT p.proname AS name, n.nspname AS schema, p.provolatile AS volatility,
            EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e') AS extension
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE lower(p.proname) = ANY($1)`,
    [plain],
  );
  // Which of several functions of a name is meant depends on types; the worst of them counts.
  for (const { name, schema, volatility, extension } of rows) {
    if (schema !== 'pg_catalog' && !extension) return `the function ${schema}.${name} is not PostgreSQL's own and may do anything`;
    if (volatility === 'v' && !HARMLESS.test(name)) return `the function ${name} is volatile`;
  }
  return undefined;
}

async function operatorObjection(names: readonly string[], query: Query): Promise<string | undefined> {
  if (names.length === 0) return undefined;
  const rows = await query<{ name: string }>(
    `SELECT o.oprname AS name FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
     WHERE o.oprname = ANY($1) AND n.nspname <> 'pg_catalog'
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e')`,
    [names],
  );
  return rows[0] === undefined ? undefined : `an operator ${rows[0].name} is defined in this database and may do anything`;
}

interface RelationRow {
  readonly name: string;
  readonly kind: string;
  readonly definition: string | null;
  readonly policies: readonly string[];
}

async function relationObjection(names: readonly string[], query: Query, depth: number): Promise<string | undefined> {
  if (names.length === 0) return undefined;
  const plain = names.map((name) => name.slice(name.lastIndexOf('.') + 1));
  const rows = await query<RelationRow>(
    `SELECT c.relname AS name, c.relkind AS kind, CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid) END AS definition,
            ARRAY(SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polrelid = c.oid AND polqual IS NOT NULL AND c.relrowsecurity) AS policies
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relname = ANY($1) AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
    [plain],
  );
  for (const { name, kind, definition, policies } of rows) {
    if (kind === 'f') return `${name} is a foreign table, which asks another server`;
    const texts = [...(definition === null ? [] : [definition.replace(/;\s*$/, '')]), ...policies.map((policy) => `SELECT ${policy}`)];
    for (const text of texts) {
      const inside = inspect(text);
      const why = inside.kind === 'refused' ? inside.why : await objectionOf(inside.called, query, depth + 1);
      if (why !== undefined) return `${kind === 'v' ? 'the view' : 'a row policy of'} ${name} is not safe to run: ${why}`;
    }
  }
  return undefined;
}
