import type { ForeignKey, IndexDefinition } from '../../core/facts';
import type { Table } from '../../core/workspaceView';
import { isSameName, plainName } from '../../workspace/schema/names';
import { columnType } from './columnTypes';
import { quoteName, quoteText } from './names';
import type { BuildStep, EngineProfile } from './plan';
import type { SchemaSupport } from './support';
import type { TypeReader } from './typeReader';

/** CREATE TYPE and CREATE TABLE, without keys: rows are loaded faster without them, and circular ones are no obstacle. */
export function tableSteps(tables: readonly Table[], support: SchemaSupport, types: TypeReader, profile: EngineProfile): { steps: BuildStep[]; notes: string[] } {
  const notes = new Set<string>();
  const enums = new Set<string>();
  const steps: BuildStep[] = [];
  for (const table of tables) {
    for (const column of table.columns.values()) {
      const { type, enumType } = types.of(table, column);
      if (enumType !== undefined) enums.add(plainName(enumType.name));
      if (type.isUnknown) notes.add(`The type ${column.type} of ${table.name}.${column.name} is not known here; text stands in for it.`);
      if (type.extension !== undefined && !profile.extensions.has(type.extension)) {
        notes.add(`The type ${column.type} of ${table.name}.${column.name} needs an extension that this engine lacks; text stands in for it.`);
      }
    }
    steps.push({ what: `table ${table.name}`, sql: createTable(table, types, profile), file: table.file, line: table.line });
  }
  const created = profile.dialect === 'sqlite' ? [] : [...enums].map((name) => support.enums.get(name)!);
  const typeSteps = created.map(({ name, labels }): BuildStep => ({ what: `type ${name}`, sql: `CREATE TYPE ${quoteName(name)} AS ENUM (${labels.map(quoteText).join(', ')})` }));
  return { steps: [...typeSteps, ...steps], notes: [...notes] };
}

function createTable(table: Table, types: TypeReader, profile: EngineProfile): string {
  const rowId = profile.dialect === 'sqlite' ? integerKey(table) : undefined;
  const columns = [...table.columns.values()].map((column) => {
    const { name, nullable } = column;
    const isRowId = rowId !== undefined && isSameName(rowId, name);
    // SQLite adds no key to a table that exists, and its integer key is the table itself.
    const key = isRowId ? ' PRIMARY KEY' : nullable ? '' : ' NOT NULL';
    return `${quoteName(name)} ${isRowId ? 'INTEGER' : types.built(table, column, profile)}${key}`;
  });
  return `CREATE TABLE ${quoteName(table.name)} (${columns.join(', ')})`;
}

function integerKey({ primaryKey, columns }: Table): string | undefined {
  const [only, ...others] = primaryKey;
  const column = only === undefined || others.length > 0 ? undefined : columns.get(plainName(only));
  return column !== undefined && columnType(column.type).family === 'integer' ? column.name : undefined;
}

/** Keys, indexes and foreign keys, to be built once the rows are there. */
export function keySteps(tables: readonly Table[], profile: EngineProfile): BuildStep[] {
  const steps = tables.flatMap((table) => [
    ...primaryKeyStep(table, profile),
    ...table.indexes.filter((index) => !isPrimaryKey(index, table)).flatMap((index) => indexStep(index, table, profile)),
  ]);
  const foreignKeys = profile.dialect === 'sqlite' ? [] : tables.flatMap((table) => table.foreignKeys.flatMap((key) => foreignKeyStep(key, table, tables)));
  return [...steps, ...foreignKeys];
}

function primaryKeyStep(table: Table, profile: EngineProfile): BuildStep[] {
  const columns = table.primaryKey.flatMap((name) => table.columns.get(plainName(name)) ?? []);
  if (columns.length === 0 || columns.length < table.primaryKey.length) return [];
  if (profile.dialect === 'sqlite' && integerKey(table) !== undefined) return [];
  const list = columns.map(({ name }) => quoteName(name)).join(', ');
  const name = quoteName(`${plainName(table.name)}_pkey`);
  const sql = profile.dialect === 'sqlite' ? `CREATE UNIQUE INDEX ${name} ON ${quoteName(table.name)} (${list})` : `ALTER TABLE ${quoteName(table.name)} ADD CONSTRAINT ${name} PRIMARY KEY (${list})`;
  const fallback = {
    sql: `CREATE INDEX ${name} ON ${quoteName(table.name)} (${list})`,
    note: `The generated rows repeat the key (${columns.map((column) => column.name).join(', ')}) of ${table.name}; an ordinary index stands in for it.`,
  };
  return [{ what: `primary key of ${table.name}`, sql, fallback, file: table.file, line: table.line }];
}

/** PostgreSQL and the readers of models name and spell a primary key's index in several ways. */
function isPrimaryKey(index: IndexDefinition, table: Table): boolean {
  return index.unique && index.where === undefined && index.columns.map(plainName).join() === table.primaryKey.map(plainName).join();
}

const METHODS: ReadonlySet<string> = new Set(['btree', 'hash', 'gin', 'gist', 'brin', 'spgist']);

function indexStep(index: IndexDefinition, table: Table, profile: EngineProfile): BuildStep[] {
  const isSqlite = profile.dialect === 'sqlite';
  const method = isSqlite ? '' : ` USING ${METHODS.has(index.method) ? index.method : 'btree'}`;
  if (isSqlite && index.method !== 'btree') return [];
  const columns = index.columns.map((column, position) => indexed(column, table, index.operatorClasses?.[position], isSqlite));
  const include = isSqlite || index.include === undefined ? '' : ` INCLUDE (${index.include.map((name) => quoteName(table.columns.get(plainName(name))?.name ?? name)).join(', ')})`;
  const where = index.where === undefined ? '' : ` WHERE ${index.where}`;
  const create = (unique: string): string => `CREATE ${unique}INDEX ${quoteName(index.name)} ON ${quoteName(table.name)}${method} (${columns.join(', ')})${include}${where}`;
  const step = { what: `index ${index.name} of ${table.name}`, file: table.file, line: table.line };
  if (!index.unique) return [{ ...step, sql: create('') }];
  const note = `The generated rows are not unique by ${index.name} of ${table.name}; an ordinary index stands in for it.`;
  return [{ ...step, sql: create('UNIQUE '), fallback: { sql: create(''), note } }];
}

function indexed(column: string, table: Table, operatorClass: string | undefined, isSqlite: boolean): string {
  const known = table.columns.get(plainName(column));
  const written = known !== undefined ? quoteName(known.name) : `(${column})`;
  return operatorClass === undefined || isSqlite ? written : `${written} ${operatorClass}`;
}

function foreignKeyStep(key: ForeignKey, table: Table, tables: readonly Table[]): BuildStep[] {
  const parent = tables.find(({ name }) => isSameName(name, key.references));
  if (parent === undefined) return [];
  const referred = key.referencedColumns.length > 0 ? key.referencedColumns : parent.primaryKey;
  const list = (names: readonly string[], of: Table): string => names.map((name) => quoteName(of.columns.get(plainName(name))?.name ?? name)).join(', ');
  const sql = `ALTER TABLE ${quoteName(table.name)} ADD FOREIGN KEY (${list(key.columns, table)}) REFERENCES ${quoteName(parent.name)} (${list(referred, parent)})`;
  return [{ what: `foreign key of ${table.name} to ${parent.name}`, sql, file: table.file, line: table.line }];
}
