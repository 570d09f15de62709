import { performance } from 'node:perf_hooks';
import type { PGlite } from '@electric-sql/pglite';
import { FailureError } from '../../core/failures';
import { proofFailures } from '../../core/proofFailures';
import type { TableRecipe } from '../data/recipe';
import { quoteName, quoteText } from '../plan/names';
import type { PlannedCandidate } from '../plan/plan';
import { copyText } from './copyText';
import type { Applied, Explained, ScratchEngine, Variant } from './engine';
import { startPglite } from './pgliteLoader';
import { readPostgresPlan, type PostgresPlan } from './postgresPlan';

const BEFORE = '__performance_before';
const AFTER = '__performance_after';

/**
 * PGlite: PostgreSQL in WebAssembly, in the memory of this process and gone with it. It has one connection, no
 * parallel workers and 32 bits, so its times are compared with each other and never with a server's.
 * Throws FailureError where it does not start.
 */
export async function openPglite(extensions: readonly string[]): Promise<ScratchEngine> {
  try {
    const database = await startPglite();
    const { rows } = await database.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
    for (const extension of extensions) await database.exec(`CREATE EXTENSION IF NOT EXISTS ${quoteName(extension)}`);
    return new PgliteEngine(database, `PostgreSQL ${rows[0]!.version} in PGlite`);
  } catch (error) {
    throw new FailureError(proofFailures.engineMissing('pglite', error));
  }
}

class PgliteEngine implements ScratchEngine {
  private applied?: PlannedCandidate;

  constructor(
    private readonly database: PGlite,
    readonly version: string,
  ) {}

  async run(sql: string): Promise<void> {
    await this.database.exec(sql);
  }

  async load(table: TableRecipe, rows: readonly (readonly (string | null)[])[]): Promise<void> {
    const columns = table.columns.map(({ name }) => quoteName(name)).join(', ');
    await this.database.query(`COPY ${quoteName(table.name)} (${columns}) FROM '/dev/blob'`, [], { blob: new Blob([copyText(rows)]) });
  }

  async analyse(): Promise<void> {
    // Index-only scans live on the visibility map, which VACUUM writes.
    await this.database.exec('VACUUM ANALYZE');
  }

  async apply(candidate: PlannedCandidate): Promise<Applied> {
    const { table, altersTable, statements, indexes } = candidate;
    const isExtension = (statement: string): boolean => /^create\s+extension\b/i.test(statement);
    for (const statement of statements.filter(isExtension)) await this.database.exec(statement);
    if (altersTable) await this.putCopyInPlace(table);
    this.applied = candidate;
    const began = performance.now();
    for (const statement of statements.filter((each) => !isExtension(each))) await this.database.exec(statement);
    const buildMs = performance.now() - began;
    await this.database.exec(`VACUUM ANALYZE ${quoteName(table)}`);
    return { buildMs, indexBytes: await this.bytes('pg_relation_size', indexes), tableBytes: await this.bytes('pg_table_size', [table]) };
  }

  async remove({ table, altersTable, indexes }: PlannedCandidate): Promise<void> {
    // What failed before it was in place has changed nothing.
    if (this.applied === undefined) return;
    this.applied = undefined;
    if (altersTable) {
      const back = `ALTER TABLE IF EXISTS ${quoteName(table + BEFORE)} RENAME TO ${quoteName(table)}`;
      await this.database.exec(`DROP TABLE IF EXISTS ${quoteName(table)} CASCADE; ${back}`);
    } else {
      for (const index of indexes) await this.database.exec(`DROP INDEX IF EXISTS ${quoteName(index)}`);
    }
    // Inserts that were rolled back have left their dead rows behind.
    await this.database.exec(`VACUUM ANALYZE ${quoteName(table)}`);
  }

  async explain(sql: string, variant: Variant, detailed: boolean): Promise<Explained> {
    const statement = `EXPLAIN (ANALYZE, BUFFERS, TIMING ${detailed ? 'ON' : 'OFF'}, FORMAT JSON) ${sql}`;
    const [row] = await this.as(variant, async () => (await this.database.query<{ 'QUERY PLAN': readonly PostgresPlan[] }>(statement)).rows);
    return readPostgresPlan(row!['QUERY PLAN'][0]!);
  }

  async count(sql: string, variant: Variant): Promise<number> {
    const statement = `SELECT count(*)::int AS rows FROM (${sql}) AS counted`;
    const [row] = await this.as(variant, async () => (await this.database.query<{ rows: number }>(statement)).rows);
    return row!.rows;
  }

  async insertMs({ statements, indexes }: PlannedCandidate, rows: readonly (readonly (string | null)[])[], table: TableRecipe, variant: Variant): Promise<number> {
    const isGin = variant === 'after' && statements.some((statement) => /\busing\s+gin\b/i.test(statement));
    return this.undone(variant, async () => {
      const began = performance.now();
      await this.load(table, rows);
      // GIN sets new entries aside; whoever searches next, or VACUUM, pays for sorting them in.
      if (isGin) for (const index of indexes) await this.database.exec(`SELECT gin_clean_pending_list(${quoteText(quoteName(index))}::regclass)`);
      return performance.now() - began;
    });
  }

  async parameterTypes(sql: string): Promise<readonly string[]> {
    const { queryParams } = await this.database.describeQuery(sql);
    const types: string[] = [];
    for (const { dataTypeID } of queryParams) {
      const { rows } = await this.database.query<{ name: string }>(`SELECT format_type(${dataTypeID}, NULL) AS name`);
      types.push(rows[0]!.name);
    }
    return types;
  }

  async close(): Promise<void> {
    await this.database.close();
  }

  private as<Result>(variant: Variant, work: () => Promise<Result>): Promise<Result> {
    return variant === 'before' && this.applied !== undefined ? this.undone(variant, work) : work();
  }

  /** Runs `work` in a transaction that is rolled back; for `before`, with the candidate taken away in it. */
  private async undone<Result>(variant: Variant, work: () => Promise<Result>): Promise<Result> {
    await this.database.exec('BEGIN');
    try {
      if (variant === 'before') for (const statement of this.withdrawal()) await this.database.exec(statement);
      return await work();
    } finally {
      await this.database.exec('ROLLBACK');
    }
  }

  /** Dropping an index and renaming a table take no time, and neither does undoing it. */
  private withdrawal(): string[] {
    if (this.applied === undefined) return [];
    const { table, altersTable, indexes } = this.applied;
    if (!altersTable) return indexes.map((index) => `DROP INDEX ${quoteName(index)}`);
    return [`ALTER TABLE ${quoteName(table)} RENAME TO ${quoteName(table + AFTER)}`, `ALTER TABLE ${quoteName(table + BEFORE)} RENAME TO ${quoteName(table)}`];
  }

  /** A candidate that adds a column works on a copy: the query as it is must find the rows as narrow as they were. */
  private async putCopyInPlace(table: string): Promise<void> {
    const [copy, original] = [quoteName(table), quoteName(table + BEFORE)];
    await this.database.exec(`ALTER TABLE ${copy} RENAME TO ${original}; CREATE TABLE ${copy} (LIKE ${original} INCLUDING ALL); INSERT INTO ${copy} SELECT * FROM ${original}`);
  }

  private async bytes(size: 'pg_relation_size' | 'pg_table_size', names: readonly string[]): Promise<number> {
    let sum = 0;
    for (const name of names) {
      const { rows } = await this.database.query<{ bytes: number }>(`SELECT ${size}(${quoteText(quoteName(name))}::regclass)::float8 AS bytes`);
      sum += rows[0]!.bytes;
    }
    return sum;
  }
}
