import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';

export type SqliteRow = readonly (string | number | null)[];

/** One database file. Every method rejects with SQLite's own message. */
export interface SqliteConnection {
  rows(sql: string): Promise<readonly SqliteRow[]>;
  insert(sql: string, rows: readonly (readonly (string | null)[])[]): Promise<void>;
  /** Runs a query to its end. */
  time(sql: string): Promise<{ readonly ms: number; readonly rows: number }>;
  close(): Promise<void>;
}

export interface SqliteDriver {
  /** "SQLite 3.51.3 in Node.js". */
  readonly version: string;
  open(name: string, file: string): Promise<SqliteConnection>;
  close(): Promise<void>;
}

/** What is used of node:sqlite, which not every Node has. */
interface NodeDatabase {
  exec(sql: string): void;
  prepare(sql: string): { all(...values: unknown[]): Record<string, string | number | null>[]; run(...values: unknown[]): unknown; iterate(): Iterable<unknown> };
  close(): void;
}

/** Node's own SQLite where it has one, else that of the user's Python. Rejects where neither is there. */
export async function sqliteDriver(python: readonly string[] | undefined): Promise<SqliteDriver> {
  return nodeDriver() ?? pythonDriver(python ?? ['python3']);
}

function nodeDriver(): SqliteDriver | undefined {
  let Database: new (file: string) => NodeDatabase;
  try {
    ({ DatabaseSync: Database } = createRequire(join(__dirname, 'index.js'))('node:sqlite') as { DatabaseSync: typeof Database });
  } catch {
    return undefined;
  }
  const memory = new Database(':memory:');
  const [row] = memory.prepare('SELECT sqlite_version() AS version').all();
  memory.close();
  return {
    version: `SQLite ${row!.version} in Node.js`,
    open: async (_name, file) => nodeConnection(new Database(file)),
    close: async () => undefined,
  };
}

function nodeConnection(database: NodeDatabase): SqliteConnection {
  return {
    rows: async (sql) => database.prepare(sql).all().map((row) => Object.values(row)),
    insert: async (sql, rows) => {
      const statement = database.prepare(sql);
      for (const row of rows) statement.run(...row);
    },
    time: async (sql) => {
      const statement = database.prepare(sql);
      const began = performance.now();
      let rows = 0;
      for (const _ of statement.iterate()) rows++;
      return { ms: performance.now() - began, rows };
    },
    close: async () => database.close(),
  };
}

interface Answer {
  readonly result?: unknown;
  readonly error?: string;
}

/** A Python process that answers one request after the other. */
async function pythonDriver(python: readonly string[]): Promise<SqliteDriver> {
  const child = spawn(python[0]!, [...python.slice(1), scriptFile()], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ask = conversation(child);
  await ask({ op: 'open', name: 'probe', file: ':memory:' });
  const [[version]] = (await ask({ op: 'rows', name: 'probe', sql: 'SELECT sqlite_version()' })) as [[string]];
  return {
    version: `SQLite ${version} in Python`,
    open: async (name, file) => {
      await ask({ op: 'open', name, file });
      return {
        rows: async (sql) => (await ask({ op: 'rows', name, sql })) as SqliteRow[],
        insert: async (sql, rows) => void (await ask({ op: 'insert', name, sql, rows })),
        time: async (sql) => (await ask({ op: 'time', name, sql })) as { ms: number; rows: number },
        close: async () => void (await ask({ op: 'close', name })),
      };
    },
    close: async () => void child.stdin.end(),
  };
}

const scriptFile = (): string => {
  const built = join(__dirname, 'runtime', 'prove', 'sqlite_engine.py');
  return existsSync(built) ? built : resolve(__dirname, '../runtime/sqlite_engine.py');
};

function conversation(child: ChildProcess): (request: object) => Promise<unknown> {
  const waiting: { fulfil(result: unknown): void; reject(error: Error): void }[] = [];
  let ended: Error | undefined;
  const end = (error: Error): void => {
    ended = error;
    for (const each of waiting.splice(0)) each.reject(error);
  };
  child.on('error', end);
  child.on('exit', () => end(new Error('Python has ended')));
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const { result, error } = JSON.parse(line) as Answer;
    const next = waiting.shift();
    if (error === undefined) next?.fulfil(result);
    else next?.reject(new Error(error));
  });
  return (request) =>
    new Promise((fulfil, reject) => {
      if (ended !== undefined) return reject(ended);
      waiting.push({ fulfil, reject });
      child.stdin!.write(`${JSON.stringify(request)}\n`);
    });
}
