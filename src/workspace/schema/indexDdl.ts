import type { SqlDialect } from '../../core/facts';
import type { FindingFix } from '../../core/finding';
import type { Table, WorkspaceView } from '../../core/workspaceView';
import type { NeededColumn } from './indexNeeds';
import { migrationFiles, transactionCaveat, type MigrationSteps } from './migrationText';
import { plainName } from './names';
import { newMigrations } from './newMigration';

const PLAIN_NAME = /^[a-z_][a-z0-9_]*$/;
/** Words that are no names without quotes and that people call tables and columns. */
const RESERVED = /^(?:user|order|group|table|default|check|column|end|desc|asc|from|to|limit|offset|references|primary|unique|when|where|select|case|all|any|and|or|not|null|true|false|window|analyse|analyze|key|index|rank|groups|system|usage|interval)$/;

/** A name for the index that does not depend on the day: orders_customer_id_idx. */
export function indexName(table: string, columns: readonly string[]): string {
  const longest = 63;
  return [plainName(table), ...columns].join('_').replace(/[^a-z0-9_]+/gi, '_').replace(/_+/g, '_').slice(0, longest - '_idx'.length) + '_idx';
}

/** CREATE INDEX as the dialect writes it, and DROP INDEX. PostgreSQL builds it without blocking writes, which no transaction may surround. */
export function indexSteps(table: Table, columns: readonly NeededColumn[]): MigrationSteps {
  const { dialect } = table;
  const name = indexName(table.name, columns.map((column) => column.name));
  const target = `${quotedName(table.name, dialect)} (${columns.map((column) => indexedColumn(table, column)).join(', ')})`;
  if (dialect === 'postgresql') {
    return {
      up: `-- CONCURRENTLY keeps the table writable and cannot run inside a transaction.\nCREATE INDEX CONCURRENTLY IF NOT EXISTS ${name} ON ${target};\n`,
      down: `DROP INDEX CONCURRENTLY IF EXISTS ${name};\n`,
      outsideTransaction: true,
    };
  }
  const drop = dialect === 'mysql' ? `DROP INDEX ${name} ON ${quotedName(table.name, dialect)};\n` : `DROP INDEX ${name};\n`;
  return { up: `CREATE INDEX ${name} ON ${target};\n`, down: drop, outsideTransaction: false };
}

/** An index of PostgreSQL over an expression, written as it stands: `USING gin (name gin_trgm_ops)`, `(lower(email))`. */
export function expressionIndexSteps(table: Table, name: string, definition: string): MigrationSteps {
  return {
    up: `CREATE INDEX CONCURRENTLY IF NOT EXISTS ${name} ON ${quotedName(table.name, table.dialect)} ${definition};\n`,
    down: `DROP INDEX CONCURRENTLY IF EXISTS ${name};\n`,
    outsideTransaction: true,
  };
}

/** A migration under its name, without its number. */
export interface NamedMigration {
  readonly name: string;
  readonly steps: MigrationSteps;
}

/**
 * A fix that adds migrations in the project's own style; undefined where its tool must write them.
 * @param title what they do, for the user.
 * @param near the file that declares what they change.
 * @param caveat what could go wrong or remains to be done; with one the fix is a suggestion.
 */
export function migrationFix(title: string, near: string, migrations: readonly NamedMigration[], workspace: WorkspaceView, caveat?: string): FindingFix | undefined {
  const places = newMigrations(migrations.map(({ name }) => name), near, workspace);
  if (places === undefined) return undefined;
  const isOutside = migrations.some(({ steps }) => steps.outsideTransaction);
  const caveats = [caveat, places[0]!.caveat, isOutside ? transactionCaveat(places[0]!.tool) : undefined].filter((one) => one !== undefined);
  return {
    title,
    kind: caveats.length === 0 ? 'safe' : 'suggestion',
    edits: [],
    create: places.flatMap(({ file, tool }, i) => migrationFiles(file, tool, migrations[i]!.steps)),
    ...(caveats.length > 0 && { caveat: caveats.join(' ') }),
  };
}

function indexedColumn(table: Table, { name, descending, nulls, operatorClass }: NeededColumn): string {
  const { dialect } = table;
  const written = /[(:]/.test(name) ? `(${name})` : quotedName(columnName(table, name), dialect);
  // MySQL indexes a prefix of a text only, and only PostgreSQL says where NULL goes.
  const prefix = dialect === 'mysql' && /(?:text|blob)/.test(table.columns.get(plainName(name))?.type ?? '') ? '(191)' : '';
  const order = [descending && 'DESC', nulls && dialect === 'postgresql' && `NULLS ${nulls.toUpperCase()}`].filter(Boolean);
  return [`${written}${prefix}`, operatorClass, ...order].filter(Boolean).join(' ');
}

/** A column as the schema spells it. */
export function columnName(table: Table, name: string): string {
  return table.columns.get(plainName(name))?.name ?? name;
}

/** Names in mixed case, with odd characters or of a keyword need quotes; the usual ones read better without. */
export function quotedName(name: string, dialect: SqlDialect | undefined): string {
  const quote = dialect === 'mysql' ? '`' : '"';
  return name.split('.').map((part) => (PLAIN_NAME.test(part) && !RESERVED.test(part) ? part : `${quote}${part}${quote}`)).join('.');
}
