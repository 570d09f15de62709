import type { Schema, Table } from '../../core/workspaceView';

export type SqlDialect = 'postgresql' | 'mysql' | 'unknown';

const POSTGRESQL_TYPE = /^(?:small|big)?serial\d?$|^(?:timestamptz|timetz|jsonb|bytea|citext|tsvector|inet|cidr|hstore)\b|\[\]$/;
const POSTGRESQL_METHOD = /^(?:gin|gist|brin|spgist)$/;
const MYSQL_TYPE = /^(?:tinyint|mediumint|datetime\(|tinytext|mediumtext|longtext|longblob|enum)/;

/**
 * The dialect a schema is written in, from the types and index methods that only one database has.
 * A schema of integers and texts alone is any database's.
 */
export function dialectOf({ tables }: Schema): SqlDialect {
  if (tables.some(speaksPostgreSql)) return 'postgresql';
  return tables.some((table) => hasType(table, MYSQL_TYPE)) ? 'mysql' : 'unknown';
}

const speaksPostgreSql = (table: Table): boolean =>
  hasType(table, POSTGRESQL_TYPE) || table.indexes.some(({ method }) => POSTGRESQL_METHOD.test(method));

function hasType(table: Table, type: RegExp): boolean {
  return [...table.columns.values()].some((column) => type.test(column.type.toLowerCase()));
}
