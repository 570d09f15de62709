import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FailureError, failures } from '../core/failures';
import { runtimeFiles } from './runtimeFiles';

/** Options for Node, and the environment they need. */
export interface NodeOptions {
  readonly options: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export const NO_OPTIONS: NodeOptions = { options: [], env: {} };

/** Where a package's main file (or `path` in it) is, seen from a folder; undefined where it is not installed. */
export function resolveFrom(folder: string, specifier: string): string | undefined {
  try {
    return createRequire(join(folder, 'package.json')).resolve(specifier);
  } catch {
    return undefined;
  }
}

/**
 * How Node runs TypeScript of a folder (absolute) so that a profile has the lines of the sources:
 * by the workspace's tsx, which the preload keeps from joining lines, else by our own loader hooks
 * with the workspace's compiler, else with `carried`, the compiler of this extension.
 * `file` names the source in the failure. Throws FailureError.
 */
export function typeScriptLoader(folder: string, file: string, carried: string | undefined): NodeOptions {
  const tsx = resolveFrom(folder, 'tsx');
  if (tsx) return { options: ['--import', pathToFileURL(tsx).href], env: {} };
  const compiler = compilerOf(folder) ?? carried;
  if (!compiler) throw new FailureError(failures.typeScriptLoaderMissing(file));
  return {
    options: ['--import', pathToFileURL(runtimeFiles.nodeTypeScript).href],
    env: { PERFORMANCE_ENGINEER_TYPESCRIPT: compiler },
  };
}

/** TypeScript 7 is a native program and has no compiler to call from JavaScript. */
function compilerOf(folder: string): string | undefined {
  const manifest = resolveFrom(folder, 'typescript/package.json');
  if (!manifest) return undefined;
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return Number.parseInt(version, 10) < 7 ? join(dirname(manifest), 'lib', 'typescript.js') : undefined;
}
