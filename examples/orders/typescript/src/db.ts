import { existsSync, readFileSync } from 'node:fs';
import Database from 'libsql';

export type Db = Database.Database;

const schemaFile = new URL('../../schema.sql', import.meta.url);

/** Opens the application's database; it has to exist. */
export function openDatabase(file: string): Db {
  if (!existsSync(file)) {
    throw new Error(`There is no database at ${file}. Run "node prepare.mjs" in the example's folder first.`);
  }
  return new Database(file, { timeout: 5_000 });
}

/** An empty database in memory with the application's tables. */
export function openEmptyDatabase(): Db {
  const db = new Database(':memory:');
  db.exec(readFileSync(schemaFile, 'utf8'));
  return db;
}
