import type { Node } from 'libpg-query';
import { parseTree } from '../../syntax/sql/parser';

/** What a statement calls: what a parser cannot know of it, the server's catalogue is asked. */
export interface Called {
  /** Lower case, with their schema where one is written: "lower", "app.total". */
  readonly functions: readonly string[];
  readonly operators: readonly string[];
  /** Relations as they are written, lower-case schema first where there is one. */
  readonly relations: readonly string[];
}

export type Inspection = { readonly kind: 'select'; readonly called: Called } | { readonly kind: 'refused'; readonly why: string };

/** Statements and clauses that change something, wherever they stand in the tree. */
const CHANGES: Readonly<Record<string, string>> = {
  InsertStmt: 'it inserts rows',
  UpdateStmt: 'it updates rows',
  DeleteStmt: 'it deletes rows',
  MergeStmt: 'it merges rows',
  intoClause: 'SELECT INTO creates a table',
};

/** Harmless where nobody else is, as in a throw-away database. */
const LOCKS: Readonly<Record<string, string>> = {
  lockingClause: 'FOR UPDATE or FOR SHARE locks rows',
  LockingClause: 'FOR UPDATE or FOR SHARE locks rows',
};

/**
 * Functions of PostgreSQL and its extensions that act on something beside their result: sequences, locks, settings,
 * other sessions, files, other servers, large objects, queries given as text. They are refused whatever the catalogue
 * calls them, because some of them are declared stable.
 */
const ACTING: ReadonlySet<string> = new Set(
  (
    'nextval setval set_config setseed pg_notify pg_promote pg_reload_conf txid_current txid_current_if_assigned pg_current_xact_id ' +
    'pg_terminate_backend pg_cancel_backend pg_nextoid pg_stat_file loread lowrite xpath_table connectby ts_stat ts_rewrite gin_clean_pending_list'
  ).split(' '),
);
const ACTING_FAMILIES: readonly string[] = (
  'pg_sleep pg_advisory_ pg_try_advisory_ pg_create_ pg_drop_ pg_start_ pg_stop_ pg_backup_ pg_switch_ pg_copy_ pg_logical_ pg_replication_ pg_wal_replay_ ' +
  'pg_stat_reset pg_stat_clear pg_stat_force pg_stat_statements_reset pg_log_ pg_export_ pg_import_ pg_sync_ pg_restore_ pg_clear_ pg_file_ pg_read_ pg_ls_ ' +
  'pg_rotate_ pg_prewarm pg_execute_ pg_extension_config_ pg_walfile pg_get_wal lo_ dblink query_to_xml cursor_to_xml table_to_xml schema_to_xml database_to_xml ' +
  'crosstab brin_ currtid binary_upgrade_ hypopg autoprewarm postgres_fdw_disconnect plpgsql_ plperl plpython'
).split(' ');

const acts = (name: string): boolean => ACTING.has(name) || ACTING_FAMILIES.some((family) => name.startsWith(family));

/**
 * Whether a text is one SELECT that changes nothing as far as its parse tree shows. Read from the tree of PostgreSQL's
 * own grammar, at any depth, and never from the text. `where` is "alone" in a database of our own, in which locks
 * keep nobody waiting. The parser must be loaded.
 */
export function inspect(sql: string, where: 'shared' | 'alone' = 'shared'): Inspection {
  const tree = parseTree(sql);
  if (tree === null) return refused('it is not exactly one statement of PostgreSQL');
  if (!('SelectStmt' in tree)) return refused(`only a SELECT is run, and this is ${article(Object.keys(tree)[0]!)}`);
  const calls = new CallCollector(where === 'alone' ? CHANGES : { ...CHANGES, ...LOCKS });
  const why = calls.visit(tree);
  return why === undefined ? { kind: 'select', called: calls } : refused(why);
}

const refused = (why: string): Inspection => ({ kind: 'refused', why });

const article = (tag: string): string => {
  const words = tag.replace(/Stmt$/, '').replace(/([a-z])([A-Z])/g, '$1 $2').toUpperCase();
  return `${/^[AEIOU]/.test(words) ? 'an' : 'a'} ${words}`;
};

class CallCollector implements Called {
  readonly functions: string[] = [];
  readonly operators: string[] = [];
  readonly relations: string[] = [];

  constructor(private readonly refusals: Readonly<Record<string, string>>) {}

  /** Why the tree is refused; undefined where nothing speaks against it. */
  visit(value: unknown): string | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    for (const [key, content] of Object.entries(value)) {
      const why = this.refusals[key] ?? this.collect(key, content) ?? this.visit(content);
      if (why !== undefined) return why;
    }
    return undefined;
  }

  private collect(key: string, content: unknown): string | undefined {
    if (key === 'FuncCall') return this.addFunction(namesOf((content as { funcname?: unknown }).funcname));
    if (key === 'A_Expr') this.operators.push(...namesOf((content as { name?: unknown }).name).slice(-1));
    if (key === 'RangeVar') {
      const { schemaname, relname = '' } = content as { schemaname?: string; relname?: string };
      this.relations.push(schemaname === undefined ? relname : `${schemaname}.${relname}`);
    }
    return undefined;
  }

  private addFunction(names: readonly string[]): string | undefined {
    const name = names.at(-1)!.toLowerCase();
    this.functions.push(names.map((part) => part.toLowerCase()).join('.'));
    return acts(name) ? `the function ${name} does more than compute a value` : undefined;
  }
}

function namesOf(list: unknown): string[] {
  return ((list ?? []) as Node[]).flatMap((node) => ('String' in node ? (node.String.sval ?? '') : []));
}
