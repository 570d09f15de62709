import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Which code it was: what of it is tracked by git. */
export interface CodeState {
  readonly commit?: string;
  /** A commit of the tracked files exactly as they were; `commit` itself where nothing was changed. */
  readonly snapshot?: string;
}

const run = promisify(execFile);
const QUICK_MS = 5000;
const MOST_OUTPUT = 64 * 2 ** 20;

/** Runs git in a folder, without hooks and without prompts. Rejects where it fails. */
export async function git(folder: string, argv: readonly string[], timeout = QUICK_MS): Promise<string> {
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_LFS_SKIP_SMUDGE: '1' };
  // Nothing reads hooks from a file that is a device.
  const { stdout } = await run('git', ['-c', 'core.hooksPath=/dev/null', ...argv], { cwd: folder, env, timeout, maxBuffer: MOST_OUTPUT });
  return stdout.trim();
}

/** The code of a folder as it is now; empty where git does not know it or is not there. */
export async function codeState(folder: string): Promise<CodeState> {
  const commit = await git(folder, ['rev-parse', 'HEAD']).catch(() => undefined);
  if (commit === undefined) return {};
  const author = ['-c', 'user.name=Performance Engineer', '-c', 'user.email=performance-engineer@localhost'];
  // Makes a commit object that no branch names, and changes neither files nor index. It prints nothing where nothing was changed.
  const snapshot = await git(folder, [...author, 'stash', 'create']).catch(() => undefined);
  return { commit, ...(snapshot !== undefined && { snapshot: snapshot || commit }) };
}

/** The content behind a commit, by which two commits of the same files are equal; undefined where it is gone. */
export function treeOf(folder: string, commit: string): Promise<string | undefined> {
  return git(folder, ['rev-parse', '--verify', '--quiet', `${commit}^{tree}`]).catch(() => undefined);
}
