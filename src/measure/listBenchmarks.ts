import { posix } from 'node:path';
import { languageOfFile } from '../core/language';
import type { DriverChoice, WorkspaceFiles } from './drivers/choice';
import { isBenchmarkFile } from './drivers/fileRoles';
import { packagesAbove, pythonFolder, scriptFolder } from './drivers/project';

const BENCHMARK_SCRIPT = /^bench(?:mark)?s?(?::[\w.-]+)?$/;

export function isBenchmarkScript(script: string): boolean {
  return BENCHMARK_SCRIPT.test(script);
}

/**
 * The benchmarks of a workspace that write their samples by `--json FILE`: files named *.bench.* or
 * bench_*.py, and package scripts named bench that do not merely run one of those files.
 */
export function listBenchmarks(workspace: WorkspaceFiles): readonly DriverChoice[] {
  const files = workspace.files.filter((file) => isBenchmarkFile(file) && writesJson(workspace.readText(file))).sort();
  return [...files.map((file) => fileChoice(file, workspace)), ...scripts(files, workspace)];
}

/** A benchmark of another tool's format takes no such option. */
function writesJson(text: string): boolean {
  return /['"](?:--)?json['"]|\bjson\s*:/.test(text);
}

function fileChoice(file: string, workspace: WorkspaceFiles): DriverChoice {
  const isPython = languageOfFile(file) === 'python';
  return {
    kind: 'benchmark',
    language: isPython ? 'python' : 'typescript',
    runner: 'own',
    file,
    cwd: isPython ? pythonFolder(file, workspace) : scriptFolder(file, workspace),
    label: file,
    reason: 'a benchmark file',
  };
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
