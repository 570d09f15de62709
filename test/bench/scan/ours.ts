import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Program } from './processes';
import type { Repository } from './corpora';
import { CACHE } from './tools';

const CLI = resolve(__dirname, '../../../dist/cli.js');

/** `check` of a whole repository, as it is started from a shell. It keeps its analyses in a folder of the bench's own. */
export function ours({ folder }: Repository, caches: string): Program {
  const home = cachesOf(caches);
  mkdirSync(home, { recursive: true });
  return { argv: [process.execPath, CLI, 'check', folder, '--format', 'json', '--fail-on', 'none'], cwd: folder, env: { HOME: home, XDG_CACHE_HOME: home, LOCALAPPDATA: home } };
}

/** The same with nothing known of the repository: what is found is written down for the next time all the same. */
export function oursCold(repository: Repository, caches: string): Program & { before(): void } {
  return { ...ours(repository, caches), before: () => rmSync(cachesOf(caches), { recursive: true, force: true }) };
}

const cachesOf = (name: string): string => join(CACHE, 'caches', name);
