import type { SqlDialect } from '../../core/facts';
import type { Table } from '../../core/workspaceView';

const POSTGRESQL_TYPE = /^(?:small|big)?serial\d?$|^(?:timestamptz|timetz|jsonb|bytea|citext|tsvector|inet|cidr|hstore)\b|\[\]$/;
const POSTGRESQL_METHOD = /^(?:gin|gist|brin|spgist)$/;
const MYSQL_TYPE = /^(?:tinyint|mediumint|datetime\(|tinytext|mediumtext|longtext|longblob|enum)/;

/**
 * The dialect that tables are written in, from the types and index methods that only one database has.
 * A schema of integers and texts alone is any database's.
 */
export function dialectOfTables(tables: readonly Table[]): SqlDialect | undefined {
  if (tables.some(speaksPostgreSql)) return 'postgresql';
  return tables.some((table) => hasType(table, MYSQL_TYPE)) ? 'mysql' : undefined;
}

const speaksPostgreSql = (table: Table): boolean =>
  hasType(table, POSTGRESQL_TYPE) || table.indexes.some(({ method }) => POSTGRESQL_METHOD.test(method));

function hasType(table: Table, type: RegExp): boolean {
  return [...table.columns.values()].some((column) => type.test(column.type.toLowerCase()));
}

/** The dialect that most of the evidence speaks for; undefined where it is divided. */
export function prevailing(dialects: Iterable<SqlDialect>): SqlDialect | undefined {
  const counts = new Map<SqlDialect, number>();
  for (const dialect of dialects) counts.set(dialect, (counts.get(dialect) ?? 0) + 1);
  const [first, second] = [...counts].sort(([, a], [, b]) => b - a);
  const majority = 3;
  return first !== undefined && first[1] >= majority * (second?.[1] ?? 0) ? first[0] : undefined;
}
