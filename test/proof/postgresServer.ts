import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

export const PASSWORD = 'open sesame/§';

/** A PostgreSQL server of the test's own: a loopback port, a data folder and a user without rights of the machine's. */
export interface PostgresServer {
  readonly port: number;
  connection(user?: string, database?: string): string;
  /** A session of the superuser, to prepare what is tested. */
  admin(): Promise<Client>;
  /** Ends the server at once, as a power cut would. */
  kill(): void;
  stop(): Promise<void>;
}

/** Where PostgreSQL's programs are; installed by apt where this may be done. A sentence says why there are none. */
export function findPostgres(): { readonly folder: string } | { readonly missing: string } {
  const found = installedFolder();
  if (found !== undefined) return { folder: found };
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return { missing: 'no PostgreSQL is installed, and it cannot be installed without apt and root' };
  const installed = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 180_000 });
  const folder = installedFolder();
  return folder === undefined ? { missing: `no PostgreSQL is installed, and apt-get install postgresql ended with ${installed.status}` } : { folder };
}

function installedFolder(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(root, version, 'bin')), '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** Whether the server has an extension's files. */
export function hasExtension(folder: string, extension: string): boolean {
  const share = execFileSync(join(folder, 'pg_config'), ['--sharedir'], { encoding: 'utf8' }).trim();
  return existsSync(join(share, 'extension', `${extension}.control`));
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const user of ['postgres', 'nobody']) {
    const id = spawnSync('id', ['-u', user], { encoding: 'utf8' });
    if (id.status === 0) return { uid: Number(id.stdout), gid: Number(spawnSync('id', ['-g', user], { encoding: 'utf8' }).stdout) };
  }
  throw new Error('There is no user postgres and none called nobody to run a server as.');
}

export async function startPostgres(folder: string): Promise<PostgresServer> {
  const user = unprivileged();
  const root = mkdtempSync(join(tmpdir(), 'performance-engineer-postgres-'));
  const data = join(root, 'data');
  const passwordFile = join(root, 'password');
  writeFileSync(passwordFile, `${PASSWORD}\n`);
  if (user.uid !== undefined) for (const path of [root, passwordFile]) chownSync(path, user.uid, user.gid!);
  execFileSync(join(folder, 'initdb'), ['-D', data, '-U', 'admin', '-A', 'scram-sha-256', '--pwfile', passwordFile, '--no-sync', '-E', 'UTF8', '--locale', 'C'], { ...user, cwd: root, stdio: 'ignore' });
  const port = await freePort();
  const settings = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '', fsync: 'off', shared_buffers: '64MB', max_connections: '20' };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(folder, 'postgres'), ['-D', data, ...options], { ...user, cwd: root, stdio: 'ignore' });
  const connection = (name = 'admin', database = 'postgres'): string => `postgres://${name}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}`;
  await accepting(connection(), server);
  return {
    port,
    connection,
    admin: () => connected(connection()),
    kill: () => void server.kill('SIGQUIT'),
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) {
        server.kill('SIGQUIT');
        await new Promise((resolve) => server.once('exit', resolve));
      }
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function connected(connection: string): Promise<Client> {
  const client = new Client({ connectionString: connection });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function accepting(connection: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode}.`);
    const client = await connected(connection).catch(() => undefined);
    if (client !== undefined) return client.end();
    await pause(100);
  }
  throw new Error('The server does not accept connections.');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
