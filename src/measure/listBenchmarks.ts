import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { languageOfFile } from '../core/language';
import type { DriverChoice, Runner, WorkspaceFiles } from './drivers/choice';
import { isBenchmarkFile } from './drivers/fileRoles';
import { foldersAbove, packagesAbove, pythonFolder, scriptFolder } from './drivers/project';

const BENCHMARK_SCRIPT = /^bench(?:mark)?s?(?::[\w.-]+)?$/;
/** A test function that takes the fixture of pytest-benchmark. */
const PYTEST_BENCHMARK = /^[ \t]*(?:async )?def test_\w*\([^)]*\bbenchmark\b/m;

export function isBenchmarkScript(script: string): boolean {
  return BENCHMARK_SCRIPT.test(script);
}

/**
 * The benchmarks of a workspace as they are: files of Vitest, tinybench, mitata, Benchmark.js, node:test and
 * pytest-benchmark, files that write their samples by `--json FILE`, projects of asv, and package scripts named bench
 * that do not merely run one of those files.
 */
export function listBenchmarks(workspace: WorkspaceFiles): readonly DriverChoice[] {
  const files = workspace.files.flatMap((file): DriverChoice[] => {
    const runner = benchmarkRunner(file, workspace);
    return runner ? [fileChoice(file, runner, workspace)] : [];
  });
  files.sort((a, b) => (a.file < b.file ? -1 : 1));
  return [...files, ...asvProjects(workspace), ...scripts(files.map(({ file }) => file), workspace)];
}

/** What runs a benchmark file so that its samples are had; undefined for any other file. */
function benchmarkRunner(file: string, { readText }: WorkspaceFiles): Runner | undefined {
  if (languageOfFile(file) === 'python') {
    if (PYTEST_BENCHMARK.test(readText(file))) return 'pytest';
    return isBenchmarkFile(file) && writesJson(readText(file)) ? 'own' : undefined;
  }
  if (!isBenchmarkFile(file)) return undefined;
  const text = readText(file);
  if (/['"]vitest['"]/.test(text)) return 'vitest';
  if (/['"]node:test['"]/.test(text)) return 'node:test';
  return writesJson(text) || /['"](?:tinybench|mitata|benchmark)['"]/.test(text) ? 'own' : undefined;
}

/** Whether a benchmark takes the option by which it writes its samples. */
export function writesJson(text: string): boolean {
  return /['"](?:--)?json['"]|\bjson\s*:/.test(text);
}

function fileChoice(file: string, runner: Runner, workspace: WorkspaceFiles): DriverChoice {
  const isPython = languageOfFile(file) === 'python';
  return {
    kind: 'benchmark',
    language: isPython ? 'python' : 'typescript',
    runner,
    file,
    cwd: isPython ? pythonFolder(file, workspace) : scriptFolder(file, workspace),
    label: file,
    reason: 'a benchmark file',
  };
}

function asvProjects({ workspace, files }: WorkspaceFiles): DriverChoice[] {
  const folders = new Set(['', ...files.filter((file) => file.endsWith('.py')).flatMap(foldersAbove)]);
  return [...folders].sort().flatMap((folder): DriverChoice[] => {
    const file = posix.join(folder, 'asv.conf.json');
    if (!existsSync(join(workspace, file))) return [];
    return [{ kind: 'benchmark', language: 'python', runner: 'asv', file, cwd: folder, label: `asv (${file})`, reason: 'a project of airspeed velocity' }];
  });
}

function scripts(files: readonly string[], workspace: WorkspaceFiles): DriverChoice[] {
  const manifests = workspace.files.filter((file) => posix.basename(file) === 'package.json').sort();
  return manifests.flatMap((file) => {
    const own = packagesAbove(file, workspace)[0]!;
    return Object.entries(own.scripts).flatMap(([script, command]): DriverChoice[] => {
      const runsListed = files.some((benchmark) => command.includes(posix.relative(own.folder, benchmark)));
      if (!isBenchmarkScript(script) || runsListed) return [];
      const label = own.folder === '' ? `npm run ${script}` : `npm run ${script} (${own.folder})`;
      return [{ kind: 'script', language: 'typescript', runner: 'package-script', file, script, cwd: own.folder, label, reason: 'a benchmark script' }];
    });
  });
}

/**
 * What a benchmark script is given so that its tool writes its samples to a file of the folder: nothing where that is
 * left to the libraries it uses.
 */
export function scriptArguments({ file, script, cwd }: DriverChoice, rawFolder: string, workspace: WorkspaceFiles): string[] {
  const command = packagesAbove(file, workspace)[0]?.scripts[script ?? ''] ?? '';
  if (/\bhyperfine\b/.test(command)) return ['--export-json', join(rawFolder, 'hyperfine.json')];
  if (/\bpytest\b/.test(command)) return pytestBenchmarkArguments(rawFolder);
  const named = workspace.files.find((other) => command.includes(posix.relative(cwd, other)) && languageOfFile(other) !== undefined);
  return named && writesJson(workspace.readText(named)) ? ['--json', join(rawFolder, 'benchmark.json')] : [];
}

export function pytestBenchmarkArguments(rawFolder: string): string[] {
  return ['--benchmark-only', '--benchmark-save-data', `--benchmark-json=${join(rawFolder, 'pytest-benchmark.json')}`];
}
