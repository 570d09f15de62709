import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FailureError, failures } from '../core/failures';
import type { DriverChoice } from './drivers/choice';
import { foldersAbove } from './drivers/project';
import { runtimeFiles } from './runtimeFiles';
import { NO_OPTIONS, type NodeOptions, resolveFrom, typeScriptLoader } from './typescriptLoader';

/**
 * Microseconds between two samples, as Node has it by itself. A program takes 1.0 to 1.1 times as long with 1,000, 1.1 to
 * 1.2 times with 500 and up to 1.6 times with 100; what runs too short for that says so in a caveat.
 */
const SAMPLING_INTERVAL_US = 1000;
/** A mocha that is configured with a loader of its own gets no second one. */
const CONFIGURED_LOADER = /\b(?:tsx|ts-node|@swc-node|esbuild-register|sucrase|@babel\/register)\b/;
const MOCHA_CONFIGURATION = [...['json', 'jsonc', 'js', 'cjs', 'mjs', 'yml', 'yaml'].map((ending) => `.mocharc.${ending}`), 'package.json'];

/** A Node program without Node itself: options, then the file and its arguments. */
export interface NodeProgram {
  readonly options: readonly string[];
  readonly program: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export function isTypeScript(file: string): boolean {
  return /\.[mc]?tsx?$/.test(file);
}

/** What Node must run for a choice, other than a package script. `carried` as in typeScriptLoader. Throws FailureError. */
export function nodeProgram(choice: DriverChoice, workspace: string, carried: string | undefined): NodeProgram {
  const cwd = join(workspace, choice.cwd);
  const file = join(workspace, choice.file);
  const loader = () => (isTypeScript(choice.file) ? typeScriptLoader(cwd, choice.file, carried) : NO_OPTIONS);
  switch (choice.runner) {
    case 'vitest':
      // Threads are ended without a chance to write their profile; processes are asked to end.
      return { ...NO_OPTIONS, program: [binary(choice, cwd), ...(choice.kind === 'benchmark' ? ['bench', '--run'] : ['run']), '--pool=forks', file] };
    case 'jest':
      return { ...NO_OPTIONS, program: [binary(choice, cwd), '--runInBand', '--coverage=false', '--runTestsByPath', file] };
    case 'mocha':
      return { ...(hasMochaLoader(choice, workspace) ? NO_OPTIONS : loader()), program: [binary(choice, cwd), '--no-parallel', file] };
    default:
      return { ...loader(), program: [file] };
  }
}

/** The options that profile the first process, and the environment by which its children profile themselves. */
export function nodeProfiling(rawFolder: string, environment: NodeJS.ProcessEnv): NodeOptions {
  return {
    options: ['--cpu-prof', `--cpu-prof-dir=${rawFolder}`, `--cpu-prof-interval=${SAMPLING_INTERVAL_US}`],
    env: {
      NODE_OPTIONS: withPreload(runtimeFiles.nodePreload, environment),
      PERFORMANCE_ENGINEER_OUTPUT: rawFolder,
      PERFORMANCE_ENGINEER_INTERVAL: String(SAMPLING_INTERVAL_US),
      // What tsx has cached has no lines.
      TSX_DISABLE_CACHE: '1',
    },
  };
}

/** The environment by which a program and its children load a recorder, and a module beside it. */
export function nodeRecording(preload: string, roots: readonly string[], environment: NodeJS.ProcessEnv, module?: string): NodeOptions['env'] {
  const options = withPreload(preload, environment);
  return {
    NODE_OPTIONS: module ? `${options} --import ${JSON.stringify(pathToFileURL(module).href)}` : options,
    PERFORMANCE_ENGINEER_ROOTS: JSON.stringify(roots.map((root) => root + sep)),
    TSX_DISABLE_CACHE: '1',
  };
}

/** Inside NODE_OPTIONS, quotes and backslashes are escaped as JSON escapes them. */
export function withPreload(preload: string, environment: NodeJS.ProcessEnv): string {
  return `${environment.NODE_OPTIONS ?? ''} --require ${JSON.stringify(preload)}`.trim();
}

/** The command of a package script, by the package manager whose lock file is nearest. */
export function scriptCommand(choice: DriverChoice, workspace: string, argument: readonly string[]): string[] {
  const manager = packageManager(choice.file, workspace);
  const separator = manager === 'npm' && argument.length > 0 ? ['--'] : [];
  const command = [manager, 'run', choice.script!, ...separator, ...argument];
  // On Windows package managers are batch files, which only the command interpreter runs.
  return process.platform === 'win32' ? ['cmd.exe', '/d', '/c', ...command] : command;
}

const LOCK_FILES: readonly (readonly [string, string])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['package-lock.json', 'npm'],
];

function packageManager(file: string, workspace: string): string {
  for (const folder of foldersAbove(file)) {
    const found = LOCK_FILES.find(([name]) => existsSync(join(workspace, folder, name)));
    if (found) return found[1];
  }
  return 'npm';
}

function binary({ runner, file }: DriverChoice, cwd: string): string {
  const manifest = resolveFrom(cwd, `${runner}/package.json`);
  if (!manifest) throw new FailureError(failures.runnerMissing(runner, file));
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | Record<string, string> };
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[runner]!);
}

function hasMochaLoader(choice: DriverChoice, workspace: string): boolean {
  return foldersAbove(choice.file).some((folder) =>
    MOCHA_CONFIGURATION.some((name) => {
      const path = join(workspace, folder, name);
      if (!existsSync(path)) return false;
      const text = readFileSync(path, 'utf8');
      if (name !== 'package.json') return CONFIGURED_LOADER.test(text);
      return CONFIGURED_LOADER.test(JSON.stringify((JSON.parse(text) as { mocha?: unknown }).mocha ?? ''));
    }),
  );
}
