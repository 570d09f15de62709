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
  lockingClause: 'FOR UPDATE or FOR SHARE locks rows',
  LockingClause: 'FOR UPDATE or FOR SHARE locks rows',
};

/**
 * Functions of PostgreSQL and its extensions that act on something beside their result: sequences, locks, settings,
 * other sessions, files, other servers, large objects, queries given as text. They are refused whatever the catalogue
 * calls them, because some of them are declared stable.
 */
const ACTING =
  /^(?:nextval|setval|set_config|setseed|pg_sleep.*|pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_rotate_logfile.*|pg_promote|pg_notify|pg_(?:try_)?advisory_.*|pg_(?:create|drop|start|stop|backup|switch|copy|logical|replication|wal_replay|stat_reset|stat_clear|stat_force|log_backend|export|import|sync|restore|clear|file|read|ls|rotate|prewarm|extension_config|nextoid|current_xact_id|get_wal|walfile|hba|relation_filenode|cancel|terminate)(?:_.*)?|pg_read_(?:binary_)?file|pg_stat_file|pg_stat_statements_reset|pg_execute_server_program|txid_current|txid_current_if_assigned|lo_.*|loread|lowrite|dblink.*|query_to_xml.*|cursor_to_xml.*|table_to_xml.*|schema_to_xml.*|database_to_xml.*|xpath_table|crosstab.*|connectby|ts_stat|ts_rewrite|brin_.*|gin_clean_pending_list|currtid.*|binary_upgrade_.*|adminpack.*|hypopg.*|autoprewarm.*|postgres_fdw_disconnect.*|plpgsql_.*|plperl.*|plpython.*)$/;

/**
 * Whether a text is one SELECT that changes nothing as far as its parse tree shows. Read from the tree of PostgreSQL's
 * own grammar, at any depth, and never from the text. The parser must be loaded.
 */
export function inspect(sql: string): Inspection {
  const tree = parseTree(sql);
  if (tree === null) return refused('it is not exactly one statement of PostgreSQL');
  if (!('SelectStmt' in tree)) return refused(`only a SELECT is run, and this is ${article(Object.keys(tree)[0]!)}`);
  const calls = new CallCollector();
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

  /** Why the tree is refused; undefined where nothing speaks against it. */
  visit(value: unknown): string | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    for (const [key, content] of Object.entries(value)) {
      const why = CHANGES[key] ?? this.collect(key, content) ?? this.visit(content);
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
    return ACTING.test(name) ? `the function ${name} does more than compute a value` : undefined;
  }
}

function namesOf(list: unknown): string[] {
  return ((list ?? []) as Node[]).flatMap((node) => ('String' in node ? (node.String.sval ?? '') : []));
}
