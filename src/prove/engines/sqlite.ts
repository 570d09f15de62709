import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { FailureError } from '../../core/failures';
import type { PlanNode } from '../../core/proof';
import { proofFailures } from '../../core/proofFailures';
import type { TableRecipe } from '../data/recipe';
import { quoteName, quoteText } from '../plan/names';
import type { PlannedCandidate } from '../plan/plan';
import type { Applied, Explained, ScratchEngine, Variant } from './engine';
import { sqliteDriver, type SqliteConnection, type SqliteDriver, type SqliteRow } from './sqliteConnection';

/**
 * SQLite on files in a temporary folder. A candidate is built in a copy of the database, so before and after are two
 * connections. Its plans have no figures of their own: only the whole query is timed. Throws FailureError.
 */
export async function openSqlite(python: readonly string[] | undefined): Promise<ScratchEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'performance-engineer-sqlite-'));
  try {
    const driver = await sqliteDriver(python);
    return new SqliteEngine(driver, folder, await open(driver, 'before', join(folder, 'before.db')));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw new FailureError(proofFailures.engineMissing('sqlite', error));
  }
}

async function open(driver: SqliteDriver, name: string, file: string): Promise<SqliteConnection> {
  const connection = await driver.open(name, file);
  // It is thrown away, so nothing has to survive a power cut.
  for (const pragma of ['journal_mode = MEMORY', 'synchronous = OFF', 'cache_size = -131072']) await connection.rows(`PRAGMA ${pragma}`);
  return connection;
}

class SqliteEngine implements ScratchEngine {
  readonly version: string;
  private after?: SqliteConnection;
  private copies = 0;

  constructor(
    private readonly driver: SqliteDriver,
    private readonly folder: string,
    private readonly before: SqliteConnection,
  ) {
    this.version = driver.version;
  }

  async run(sql: string): Promise<void> {
    await this.before.rows(sql);
  }

  async load(table: TableRecipe, rows: readonly (readonly (string | null)[])[]): Promise<void> {
    await inTransaction(this.before, 'COMMIT', () => this.before.insert(insertInto(table), rows));
  }

  async analyse(): Promise<void> {
    await this.before.rows('ANALYZE');
  }

  async apply({ statements }: PlannedCandidate): Promise<Applied> {
    const name = `after-${++this.copies}`;
    const file = join(this.folder, `${name}.db`);
    await this.before.rows(`VACUUM INTO ${quoteText(file)}`);
    const after = (this.after = await open(this.driver, name, file));
    const tableBytes = await bytesOf(after);
    const began = performance.now();
    for (const statement of statements) await after.rows(statement);
    const buildMs = performance.now() - began;
    await after.rows('ANALYZE');
    return { buildMs, indexBytes: (await bytesOf(after)) - tableBytes, tableBytes };
  }

  async remove(): Promise<void> {
    await this.after?.close();
    this.after = undefined;
    rmSync(join(this.folder, `after-${this.copies}.db`), { force: true });
  }

  async explain(sql: string, variant: Variant): Promise<Explained> {
    const connection = this.connection(variant);
    const plan = readSqlitePlan(await connection.rows(`EXPLAIN QUERY PLAN ${sql}`));
    return { plan, ...(await connection.time(sql)) };
  }

  async count(sql: string, variant: Variant): Promise<number> {
    const [[rows]] = (await this.connection(variant).rows(`SELECT count(*) FROM (${sql})`)) as unknown as [[number]];
    return rows;
  }

  async insertMs(candidate: PlannedCandidate, rows: readonly (readonly (string | null)[])[], table: TableRecipe, variant: Variant): Promise<number | undefined> {
    // A table of FTS5 is kept up to date by triggers, which are the project's to write.
    if (candidate.indexes.length === 0) return undefined;
    const connection = this.connection(variant);
    return inTransaction(connection, 'ROLLBACK', async () => {
      const began = performance.now();
      await connection.insert(insertInto(table), rows);
      return performance.now() - began;
    });
  }

  async parameterTypes(): Promise<readonly string[]> {
    return [];
  }

  async close(): Promise<void> {
    await this.after?.close();
    await this.before.close();
    await this.driver.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private connection(variant: Variant): SqliteConnection {
    return variant === 'after' && this.after !== undefined ? this.after : this.before;
  }
}

function insertInto({ name, columns }: TableRecipe): string {
  return `INSERT INTO ${quoteName(name)} (${columns.map((column) => quoteName(column.name)).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
}

async function inTransaction<Result>(connection: SqliteConnection, end: 'COMMIT' | 'ROLLBACK', work: () => Promise<Result>): Promise<Result> {
  await connection.rows('BEGIN');
  try {
    const result = await work();
    await connection.rows(end);
    return result;
  } catch (error) {
    await connection.rows('ROLLBACK');
    throw error;
  }
}

async function bytesOf(connection: SqliteConnection): Promise<number> {
  const [[bytes]] = (await connection.rows('SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)')) as unknown as [[number]];
  return bytes;
}

/** Rows of EXPLAIN QUERY PLAN: id, parent, unused, text. */
export function readSqlitePlan(rows: readonly SqliteRow[]): PlanNode {
  const childrenOf = (parent: number): PlanNode[] => rows.filter((row) => row[1] === parent).map((row) => ({ ...readNode(String(row[3])), children: childrenOf(Number(row[0])) }));
  const roots = childrenOf(0);
  return roots.length === 1 ? roots[0]! : { operation: 'QUERY', children: roots };
}

const ACCESS = /^(SCAN|SEARCH)\s+(?:TABLE\s+)?(\S+)(?:\s+AS\s+\S+)?(?:\s+USING\s+(?:AUTOMATIC\s+)?(?:PARTIAL\s+)?(?:COVERING\s+)?(?:INDEX\s+(\S+)|(INTEGER PRIMARY KEY)))?\s*(.*)$/;

function readNode(text: string): Omit<PlanNode, 'children'> {
  const [, operation, relation, index, rowId, detail] = ACCESS.exec(text) ?? [];
  if (operation === undefined) return { operation: text };
  return { operation, relation, index: index ?? (rowId === undefined ? undefined : 'integer primary key'), detail: detail === '' ? undefined : detail };
}
