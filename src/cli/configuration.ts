import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CONFIG_FILE, EMPTY_CONFIG, type PerformanceConfig } from '../core/config';
import { readConfig, type ConfigProblem } from '../workspace/config';
import { UsageError } from './arguments';
import type { Target } from './target';

export interface LoadedConfiguration {
  readonly config: PerformanceConfig;
  /** What the file says that cannot be meant, one sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Reads the file that was named, or the workspace's performance.json where there is one.
 * @throws UsageError when it is not valid: results under other requirements than the user's would mislead.
 */
export async function loadConfiguration({ workspace }: Target, named: string | undefined): Promise<LoadedConfiguration> {
  const file = named ?? CONFIG_FILE;
  const text = await readText(named === undefined ? join(workspace, CONFIG_FILE) : resolve(named), named);
  if (text === undefined) return { config: EMPTY_CONFIG, warnings: [] };
  const { config, problems } = readConfig(text);
  const sentences = problems.map((problem) => sentence(file, problem));
  if (config === undefined) throw new UsageError(`${sentences.join('\n')}\nCorrect ${file} and try again.`);
  return { config, warnings: sentences };
}

async function readText(path: string, named: string | undefined): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
  } catch (error) {
    if (named === undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UsageError(`${named ?? CONFIG_FILE} could not be read (${(error as Error).message}).`);
  }
}

function sentence(file: string, { range, message }: ConfigProblem): string {
  return `${file}:${range.start.line + 1}:${range.start.character + 1}: ${message}`;
}
