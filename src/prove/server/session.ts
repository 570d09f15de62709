import { Client, DatabaseError } from 'pg';
import { FailureError } from '../../core/failures';
import { proofFailures } from '../../core/proofFailures';
import type { Query } from './catalogue';
import { checkConnectionString } from './connectionString';

/** Milliseconds. */
export interface SessionLimits {
  readonly statementMs: number;
}

/** Nobody else is kept waiting for longer than this. */
const LOCK_TIMEOUT_MS = 1_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** A connection to the user's server that can only read. */
export interface ServerSession {
  readonly version: string;
  readonly query: Query;
  /** Cancels what runs on the server, if anything does. */
  cancel(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects and begins a READ ONLY transaction under time limits; also what is not in the transaction is read-only.
 * Failures never hold the connection string. Throws FailureError.
 */
export async function openSession(connection: string, { statementMs }: SessionLimits, file: string): Promise<ServerSession> {
  checkConnectionString(connection);
  const client = await connect(connection, statementMs);
  let lost: Error | undefined;
  client.on('error', (error) => (lost = error));
  const query: Query = async (sql, values) => {
    try {
      return (await client.query(sql, values === undefined ? undefined : [...values])).rows;
    } catch (error) {
      throw new FailureError(failureOf(lost ?? error, statementMs, file));
    }
  };
  try {
    await query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const [row] = await query<{ version: string; pid: number }>(`SELECT current_setting('server_version') AS version, pg_backend_pid() AS pid`);
    return {
      version: `PostgreSQL ${row!.version.split(' ')[0]}`,
      query,
      cancel: () => cancelOnServer(connection, row!.pid),
      close: async () => {
        await client.query('ROLLBACK').catch(() => undefined);
        await client.end().catch(() => undefined);
      },
    };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

async function connect(connection: string, statementMs: number): Promise<Client> {
  const client = new Client({
    connectionString: connection,
    application_name: 'Performance Engineer (read only)',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: statementMs,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: 60_000,
    options: '-c default_transaction_read_only=on',
  });
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw new FailureError(proofFailures.connectionFailed(withoutSecrets(error, connection)));
  }
}

async function cancelOnServer(connection: string, pid: number): Promise<void> {
  const client = await connect(connection, 1_000);
  await client.query('SELECT pg_cancel_backend($1)', [pid]).catch(() => undefined);
  await client.end().catch(() => undefined);
}

/** A message may quote what it was given. */
function withoutSecrets(error: unknown, connection: string): string {
  // A refused connection to several addresses comes as one error with no message of its own.
  const inner = (error as AggregateError).errors?.[0] as Error | undefined;
  const message = (error instanceof Error && error.message !== '' ? error.message : inner?.message) ?? String(error);
  const { password } = new URL(connection);
  const secrets = [connection, password, decodeURIComponent(password)].filter((secret) => secret.length > 0);
  return secrets.reduce((text, secret) => text.split(secret).join('***'), message);
}

const READ_REFUSED = '42501';
const QUERY_CANCELLED = '57014';
const LOCK_NOT_AVAILABLE = '55P03';
/** admin_shutdown, crash_shutdown, cannot_connect_now, and the connection exceptions. */
const WENT_AWAY = /^(?:57P0[1-5]|08...)$/;

function failureOf(error: unknown, statementMs: number, file: string): FailureError['failure'] {
  if (!(error instanceof DatabaseError)) return proofFailures.connectionLost(error);
  const { code = '' } = error;
  if (code === READ_REFUSED) return proofFailures.permissionDenied(error);
  if (code === QUERY_CANCELLED || code === LOCK_NOT_AVAILABLE) return proofFailures.statementTimedOut(Math.round(statementMs / 1000));
  return WENT_AWAY.test(code) ? proofFailures.connectionLost(error) : proofFailures.planFailed(file, error);
}
