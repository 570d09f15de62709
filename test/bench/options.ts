import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Parts of the names of the groups that are run; all of them where none is given. */
  readonly only: readonly string[];
  /** Absolute path of a repository to scan instead of the bench's own files. */
  readonly repository?: string;
}

/** `--only scan,server --repository <folder>`. @throws TypeError naming an option that does not exist. */
export function readOptions(argv: readonly string[]): BenchOptions {
  const { values } = parseArgs({ args: [...argv], options: { only: { type: 'string', multiple: true }, repository: { type: 'string' } } });
  return {
    only: (values.only ?? []).flatMap((names) => names.split(',')),
    repository: values.repository === undefined ? undefined : resolve(values.repository),
  };
}
