import type { Failure } from './failures';

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!;

/** Failures of explaining and proving a query, in the manner of failures.ts. None of them ever holds a connection string. */
export const proofFailures = {
  noQueryHere: (file: string, line: number): Failure => ({
    code: 'no-query-here',
    file,
    message: `No SQL statement that reads rows stands at line ${line} of ${file}. Put the cursor into a SELECT, UPDATE or DELETE, in a .sql file or in a string.`,
  }),
  queryNotRead: (file: string): Failure => ({
    code: 'query-not-read',
    file,
    message: `The statement in ${file} is not SQL that PostgreSQL's grammar knows, so no plan can be made of it. Correct it, or put dialect-specific parts aside.`,
  }),
  queryIncomplete: (file: string): Failure => ({
    code: 'query-incomplete',
    file,
    message: `The statement in ${file} takes a table's or column's name from a variable, so there is no plan before it runs. Explain a statement whose names are written out.`,
  }),
  tablesUnknown: (file: string, tables: readonly string[]): Failure => ({
    code: 'tables-unknown',
    file,
    message: `No schema of ${tables.join(', ')} was found in the workspace, so the query of ${file} cannot be tried. Add its CREATE TABLE or model to the workspace, or use your own database.`,
  }),
  nothingToProve: (file: string, line: number): Failure => ({
    code: 'nothing-to-prove',
    file,
    message: `No recommendation at line ${line} of ${file} can be proved by a plan. Explain the query instead, or give an index with --index.`,
  }),
  badIndex: (statement: string): Failure => ({
    code: 'bad-index',
    message: `"${statement}" is not one CREATE INDEX statement on a table of the query. Write it as: CREATE INDEX ON orders (customer_id).`,
  }),
  engineMissing: (engine: string, cause: unknown): Failure => ({
    code: 'engine-missing',
    message: `The database engine ${engine} could not be started (${reason(cause)}). Choose another one (pglite, sqlite or postgres), or install it and try again.`,
  }),
  engineFailed: (engine: string, cause: unknown): Failure => ({
    code: 'engine-failed',
    message: `The database engine ${engine} stopped before the proof was done (${reason(cause)}). Nothing was stored; try again, with fewer rows in performance.json if memory is short.`,
  }),
  proofTimedOut: (seconds: number): Failure => ({
    code: 'proof-timed-out',
    message: `The proof was stopped because it had not ended after ${seconds} s. Declare fewer rows in performance.json, or prove it with --rows on the command line.`,
  }),
  proofCancelled: (): Failure => ({
    code: 'proof-cancelled',
    message: 'The proof was cancelled; the throw-away database is gone and nothing was stored.',
  }),
  planFailed: (file: string, cause: unknown): Failure => ({
    code: 'plan-failed',
    file,
    message: `The database cannot plan the query of ${file} (${reason(cause)}). It may use what this engine or the schema lacks; use the database it was written for.`,
  }),
  statementRefused: (why: string): Failure => ({
    code: 'statement-refused',
    message: `The statement was not run: ${why}. Only a single SELECT without side effects is run, on made-up rows as on your own database. Explain the part of it that reads.`,
  }),
  noConnection: (): Failure => ({
    code: 'no-connection',
    message: 'No connection to a PostgreSQL server is set. In the editor run "Performance: Set Database Connection…"; on the command line name the environment variable that holds it with --connection-env.',
  }),
  badConnection: (why: string): Failure => ({
    code: 'bad-connection',
    message: `The connection string cannot be used (${why}). Write it as postgres://user:password@host:5432/database; it is not repeated here because it may hold a password.`,
  }),
  connectionFailed: (cause: unknown): Failure => ({
    code: 'connection-failed',
    message: `The PostgreSQL server could not be reached (${reason(cause)}). Check that it runs and that the connection string is right; it is not repeated here because it may hold a password.`,
  }),
  connectionLost: (cause: unknown): Failure => ({
    code: 'connection-lost',
    message: `The PostgreSQL server went away while it was asked (${reason(cause)}). Nothing was changed there and nothing was stored; try again when it is back.`,
  }),
  statementTimedOut: (seconds: number): Failure => ({
    code: 'statement-timed-out',
    message: `The query was stopped on the server after ${seconds} s, the limit for a statement. Explain it without running it, or add a condition.`,
  }),
  permissionDenied: (cause: unknown): Failure => ({
    code: 'permission-denied',
    message: `The database user may not read what the query reads (${reason(cause)}). Grant SELECT to it, or connect as another user.`,
  }),
  connectionInSettings: (setting: string): Failure => ({
    code: 'connection-in-settings',
    message: `The setting ${setting} holds a connection string and is not used: settings are files that get copied, synchronised and committed. Delete it there, and run "Performance: Set Database Connection…", which keeps it in the editor's secret storage.`,
  }),
} as const;
