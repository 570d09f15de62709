import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { FailureError, failures } from '../core/failures';

/** An interpreter that was started once: `argv` begins each command with it. */
export interface Tool {
  readonly argv: readonly string[];
  /** "20.20.2". */
  readonly version: string;
}

const run = promisify(execFile);
/** A cold start of an interpreter behind a version manager takes seconds on a loaded machine. */
const START_TIMEOUT_MS = 20_000;

/** Finds Node: the given path alone, or the one on PATH. Throws FailureError. */
export async function findNode(given?: string): Promise<Tool> {
  const candidates = [given || 'node'];
  for (const program of candidates) {
    const version = await versionOf([program], ['--version'], /^v(\d+\.\d+\.\d+)/);
    if (version) return { argv: [program], version };
  }
  throw new FailureError(failures.nodeMissing(candidates));
}

/**
 * Finds Python 3.8 or later: the given path alone; else a virtual environment in `folder` or above it
 * up to the workspace, then `python3`, `python` and `py -3`. Throws FailureError.
 */
export async function findPython(workspace: string, folder: string, given?: string): Promise<Tool> {
  const candidates = given ? [[given]] : [...environments(workspace, folder), ['python3'], ['python'], ['py', '-3']];
  for (const argv of candidates) {
    const version = await versionOf(argv, ['--version'], /^Python (3\.(?:[89]|\d\d+)\.\d+)/);
    if (version) return { argv, version };
  }
  throw new FailureError(failures.pythonMissing(candidates.map((argv) => argv.join(' '))));
}

/** Finds py-spy on the PATH. Throws FailureError. */
export async function findPySpy(): Promise<Tool> {
  const version = await versionOf(['py-spy'], ['--version'], /^py-spy (\d+\.\d+\.\d+)/);
  if (version) return { argv: ['py-spy'], version };
  throw new FailureError(failures.pySpyMissing());
}

function environments(workspace: string, folder: string): string[][] {
  const interpreter = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  const found: string[][] = [];
  for (let at = folder; ; at = dirname(at)) {
    for (const name of ['.venv', 'venv']) {
      const path = join(at, name, ...interpreter);
      if (existsSync(path)) found.push([path]);
    }
    if (at === workspace || at === dirname(at)) return found;
  }
}

async function versionOf(argv: readonly string[], options: readonly string[], pattern: RegExp): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(argv[0]!, [...argv.slice(1), ...options], { timeout: START_TIMEOUT_MS });
    return pattern.exec(stdout.trim() || stderr.trim())?.[1];
  } catch {
    return undefined;
  }
}
