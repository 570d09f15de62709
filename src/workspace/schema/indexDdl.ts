import type { Table } from '../../core/workspaceView';
import type { SqlDialect } from '../../core/facts';
import { plainName } from './names';

const PLAIN_NAME = /^[a-z_][a-z0-9_]*$/;

/** A name for the index and its migration that does not depend on the day: add_index_orders_customer_id. */
export function indexName(table: string, columns: readonly string[]): string {
  const longest = 63;
  return [plainName(table), ...columns].join('_').replace(/[^a-z0-9_]+/gi, '_').slice(0, longest - '_idx'.length) + '_idx';
}

/** CREATE INDEX as the dialect writes it. PostgreSQL builds it without blocking writes, which no transaction may surround. */
export function createIndex(table: Table, columns: readonly string[], dialect: SqlDialect | undefined): string {
  const written = columns.map((column) => indexedColumn(table, column, dialect)).join(', ');
  const statement = `INDEX ${indexName(table.name, columns)} ON ${quoted(table.name, dialect)} (${written});\n`;
  if (dialect !== 'postgresql') return `CREATE ${statement}`;
  return `-- CONCURRENTLY keeps the table writable and cannot run inside a transaction.\nCREATE ${statement.replace('INDEX ', 'INDEX CONCURRENTLY IF NOT EXISTS ')}`;
}

/** A trigram index, which serves LIKE and ILIKE with a leading wildcard. */
export function createTrigramIndex(table: Table, column: string): string {
  return (
    'CREATE EXTENSION IF NOT EXISTS pg_trgm;\n' +
    `CREATE INDEX IF NOT EXISTS ${indexName(table.name, [column, 'trgm'])} ON ${quoted(table.name, 'postgresql')} USING gin (${quoted(column, 'postgresql')} gin_trgm_ops);\n`
  );
}

function indexedColumn(table: Table, column: string, dialect: SqlDialect | undefined): string {
  const definition = table.columns.get(plainName(column));
  const name = quoted(definition?.name ?? column, dialect);
  // MySQL indexes a prefix of a text only.
  return dialect === 'mysql' && /(?:text|blob)/.test(definition?.type ?? '') ? `${name}(191)` : name;
}

/** Names in mixed case or with odd characters need quotes; the usual ones read better without. */
function quoted(name: string, dialect: SqlDialect | undefined): string {
  if (PLAIN_NAME.test(name)) return name;
  return dialect === 'mysql' ? `\`${name}\`` : `"${name}"`;
}
