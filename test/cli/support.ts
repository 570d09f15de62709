import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build } from '../../src/build/build';
import type { CheckJson } from '../../src/report/json';

export const ROOT = resolve(__dirname, '../..');
export const CLI = join(ROOT, 'dist/cli.js');

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Builds the programs unless the last build is newer than every source file. */
export async function ensureBuilt(): Promise<void> {
  const built = statSync(CLI, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const changed = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs > built);
  if (changed) await build();
}

export function start(argv: readonly string[], { cwd = ROOT, env }: RunOptions = {}): ChildProcess {
  return spawn(process.execPath, [CLI, ...argv], { cwd, env: { ...process.env, NO_COLOR: '', FORCE_COLOR: undefined, ...env } });
}

/** Runs the built program as a user would. */
export function run(argv: readonly string[], options?: RunOptions): Promise<Ended> {
  return ended(start(argv, options));
}

export function ended(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject).once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** `check --format json`, parsed, with the exit code. */
export async function checkJson(argv: readonly string[], options?: RunOptions): Promise<CheckJson & { readonly code: number | null }> {
  const { code, stdout, stderr } = await run(['check', '--format', 'json', ...argv], options);
  if (stdout === '') throw new Error(`no JSON was printed: ${stderr}`);
  return { ...(JSON.parse(stdout) as CheckJson), code };
}

/** Temporary folders that are removed by `removeAll`. */
export class Folders {
  private readonly made: string[] = [];

  /** A folder with these files, by their relative paths. */
  with(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
    const folder = mkdtempSync(join(tmpdir(), 'cli-'));
    this.made.push(folder);
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), content);
    }
    return folder;
  }

  removeAll(): void {
    for (const folder of this.made) rmSync(folder, { recursive: true, force: true });
  }
}

/** A function with one query per item, on line 4 of the file, after `comment` on line 3. */
export function slowModule(comment = ''): string {
  return [
    `import { Pool } from 'pg'; const pool = new Pool();`,
    `export async function list(orders: { id: number }[]) { for (const order of orders) {`,
    comment,
    `  const items = await pool.query('SELECT id FROM items WHERE order_id = $1', [order.id]); order.id = items.rows.length;`,
    `} }`,
    '',
  ].join('\n');
}

/** A performance.json that decides the priority of the slow module. */
export const level = (value: string): string => JSON.stringify({ rules: { 'n-plus-one-query': value } });
