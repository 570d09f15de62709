import { HOLE } from '../tokens';
import type { SqlNode } from '../tree';

/** One item of a FROM clause. */
export interface Source {
  /** The name its columns are qualified with, lower case. */
  readonly alias: string;
  /** The same as it is written. */
  readonly spelled: string;
  /** The real table's name; absent for subqueries, common table expressions, functions and unknown names. */
  readonly table?: string;
  readonly kind: 'table' | 'derived' | 'function' | 'system';
}

/** What the names in one SELECT, UPDATE or DELETE refer to. */
export interface Scope {
  readonly sources: readonly Source[];
  readonly outer?: Scope;
}

export interface ResolvedColumn {
  readonly source?: Source;
  readonly table?: string;
  readonly column: string;
  /** The column belongs to an enclosing query. */
  readonly isOuter: boolean;
  /** It may belong to a subquery or function, whose columns are not known. */
  readonly isUncertain: boolean;
}

/** The items of FROM, USING or a target relation, joins flattened. */
export function sourcesOf(items: readonly SqlNode[], commonTables: ReadonlySet<string>): Source[] {
  const sources: Source[] = [];
  for (const item of items) addSources(item, commonTables, sources);
  return sources;
}

function addSources(item: SqlNode, commonTables: ReadonlySet<string>, into: Source[]): void {
  if (item.tag !== 'JoinExpr') into.push(sourceOf(item, commonTables));
  else for (const child of item.children()) if (child.field === 'larg' || child.field === 'rarg') addSources(child, commonTables, into);
}

function sourceOf(item: SqlNode, commonTables: ReadonlySet<string>): Source {
  const range = item.as('RangeVar');
  if (range !== undefined) {
    const name = range.relname ?? '';
    const spelled = range.alias?.aliasname ?? name;
    const alias = spelled.toLowerCase();
    if (range.schemaname === undefined && commonTables.has(name.toLowerCase())) return { alias, spelled, kind: 'derived' };
    if (isSystemTable(range.schemaname, name)) return { alias, spelled, kind: 'system' };
    return { alias, spelled, kind: 'table', table: name.includes(HOLE) ? undefined : relationName(range) };
  }
  const spelled = (item.value as { alias?: { aliasname?: string } }).alias?.aliasname ?? '';
  return { alias: spelled.toLowerCase(), spelled, kind: item.tag === 'RangeSubselect' && !isValues(item) ? 'derived' : 'function' };
}

/** The schemas a database begins with, which names need not carry. */
const DEFAULT_SCHEMA = /^(?:public|dbo|main|pg_temp)$/i;

/** A table's or view's name with its schema, unless that is the one a database begins with. */
export function relationName(range: { readonly relname?: string; readonly schemaname?: string } | undefined): string {
  const { relname = '', schemaname } = range ?? {};
  return schemaname === undefined || DEFAULT_SCHEMA.test(schemaname) ? relname : `${schemaname}.${relname}`;
}

/** `(VALUES ...) AS t` holds no table, no more than unnest() does. */
const isValues = (item: SqlNode): boolean => (item.first('subquery')?.as('SelectStmt')?.valuesLists?.length ?? 0) > 0;

function isSystemTable(schema: string | undefined, name: string): boolean {
  return schema === 'information_schema' || schema === 'pg_catalog' || schema === 'sys' || /^(?:pg_|sqlite_)/.test(name);
}

/** What a ColumnRef refers to; undefined for `*` and for names that are no column. */
export function resolveColumn(reference: SqlNode, scope: Scope): ResolvedColumn | undefined {
  const names = columnPath(reference);
  const column = names?.at(-1);
  if (names === undefined || column === undefined || column.includes(HOLE)) return undefined;
  return names.length === 1 ? unqualified(column, scope) : qualified(names.at(-2)!.toLowerCase(), column, scope);
}

function unqualified(column: string, { sources }: Scope): ResolvedColumn {
  if (sources.length === 1) return { source: sources[0], table: sources[0]!.table, column, isOuter: false, isUncertain: sources[0]!.kind !== 'table' };
  return { column, isOuter: false, isUncertain: sources.some((source) => source.kind !== 'table') };
}

function qualified(qualifier: string, column: string, scope: Scope): ResolvedColumn {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const source = at.sources.find(({ alias }) => alias === qualifier);
    if (source !== undefined) {
      return { source, table: source.table, column, isOuter: at !== scope, isUncertain: source.kind !== 'table' };
    }
  }
  // A trigger's NEW, a record variable, a table this statement does not name.
  return { column, isOuter: true, isUncertain: true };
}

/** The parts of a column's name as written: ["o", "id"]; undefined where it ends in a star. */
export function columnPath(reference: SqlNode): string[] | undefined {
  const names: string[] = [];
  for (const field of reference.as('ColumnRef')?.fields ?? []) {
    if (!('String' in field)) return undefined;
    names.push(field.String.sval ?? '');
  }
  return names;
}
