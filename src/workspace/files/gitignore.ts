import { access, readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** git compares names as the file system does. */
const IGNORE_CASE = process.platform !== 'linux';

/** The .gitignore files that hold for one folder; those of deeper folders win. */
export class GitIgnore {
  private constructor(
    private readonly folder: string,
    private readonly rules: Ignore | undefined,
    private readonly outer: GitIgnore | undefined,
  ) {}

  /** The rules of `folder` and, inside a git repository, of the folders above it up to its root. */
  static async of(folder: string): Promise<GitIgnore> {
    const above: string[] = [];
    for (let at = folder; !(await exists(join(at, '.git'))); at = dirname(at)) {
      if (dirname(at) === at) {
        above.length = 0;
        break;
      }
      above.unshift(dirname(at));
    }
    let outer: GitIgnore | undefined;
    for (const each of above) {
      const rules = await GitIgnore.read(each, outer);
      // Who names an ignored folder wants it read.
      outer = rules.ignores(folder, true) ? outer : rules;
    }
    return GitIgnore.read(folder, outer);
  }

  /** The same for a folder below, which has rules of its own. */
  enter(folder: string): Promise<GitIgnore> {
    return GitIgnore.read(folder, this);
  }

  ignores(path: string, isFolder: boolean): boolean {
    const local = relative(this.folder, path).split(sep).join('/') + (isFolder ? '/' : '');
    const verdict = this.rules?.test(local);
    if (verdict?.ignored) return true;
    if (verdict?.unignored) return false;
    return this.outer?.ignores(path, isFolder) ?? false;
  }

  private static async read(folder: string, outer: GitIgnore | undefined): Promise<GitIgnore> {
    const text = await readFile(join(folder, '.gitignore'), 'utf8').catch(() => undefined);
    return new GitIgnore(folder, text === undefined ? undefined : ignore({ ignorecase: IGNORE_CASE }).add(text), outer);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
