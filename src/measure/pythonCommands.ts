import { join, relative, sep } from 'node:path';
import type { SizeProbe } from '../core/counts';
import type { DriverChoice } from './drivers/choice';
import { pythonImportFolder } from './drivers/project';
import type { Command, PlanContext } from './makePlan';
import type { Prepared } from './nodeCommands';
import { asvCommand } from './asv';
import { pytestBenchmarkArguments } from './listBenchmarks';
import { probesText } from './probes';
import { workspaceRoots } from './roots';
import { runtimeFiles } from './runtimeFiles';
import { pythonTask } from './task';
import { findPython } from './tools';

/** Runs the choice under cProfile and the line sampler. `targetFile` is relative to the workspace. Throws FailureError. */
export async function profileCommand(prepared: Prepared, context: PlanContext, targetFile: string): Promise<Command> {
  const { argv, env, version } = await recorded('profile', prepared, context, targetFile);
  return { argv, env, tool: { name: 'cProfile', version }, format: 'python-profile' };
}

/** Runs the choice with a recorder of what leaves its process. Throws FailureError. */
export async function traceCommand(prepared: Prepared, context: PlanContext, targetFile: string): Promise<Command> {
  const { argv, env, version } = await recorded('trace', prepared, context, targetFile);
  return { argv, env, tool: { name: 'trace', version }, format: 'trace' };
}

/** Runs the choice with a tracer of its lines, and asks for sizes at the probes. Throws FailureError. */
export async function countsCommand(prepared: Prepared, context: PlanContext, targetFile: string, probes: readonly SizeProbe[]): Promise<Command> {
  const { argv, env, version } = await recorded('counts', prepared, context, targetFile);
  const wanted = probesText(probes, workspaceRoots(context.workspace.workspace));
  return { argv, env: { ...env, PERFORMANCE_ENGINEER_PROBES: wanted }, tool: { name: 'counts', version }, format: 'counts' };
}

/** Runs the choice with tracemalloc. Throws FailureError. */
export async function memoryCommand(prepared: Prepared, context: PlanContext, targetFile: string): Promise<Command> {
  const { argv, env, version } = await recorded('memory', prepared, context, targetFile);
  return { argv, env, tool: { name: 'tracemalloc', version }, format: 'memory' };
}

async function recorded(mode: 'profile' | 'trace' | 'counts' | 'memory', { choice, generatedFile, rawFolder, task = {} }: Prepared, context: PlanContext, targetFile: string) {
  const python = await pythonOf(choice, context);
  const program = generatedFile ? ['drive', generatedFile, pythonTask(task)] : programOf(choice, context);
  return {
    argv: [...python.argv, runtimeFiles.pythonRunner, rawFolder, mode, ...program],
    env: {
      ...importPaths([targetFile, choice.file], context),
      PERFORMANCE_ENGINEER_ROOTS: JSON.stringify(workspaceRoots(context.workspace.workspace).map((root) => root + sep)),
    },
    version: python.version,
  };
}

/** Runs the choice without any profiler; a benchmark or a generated driver writes its samples to a file. Throws FailureError. */
export async function timingCommand({ choice, generatedFile, rawFolder, task = {} }: Prepared, context: PlanContext): Promise<Command> {
  const python = await pythonOf(choice, context);
  const { workspace } = context.workspace;
  const shared = { tool: { name: 'python', version: python.version }, env: importPaths([choice.file], context) };
  if (generatedFile) {
    const argv = [...python.argv, runtimeFiles.pythonRunner, rawFolder, 'time', 'drive', generatedFile, pythonTask(task)];
    return { ...shared, argv, format: 'drive-json' };
  }
  if (choice.runner === 'asv') {
    const asv = asvCommand(join(workspace, choice.file), rawFolder);
    return { tool: { name: 'asv', version: python.version }, argv: [...python.argv, ...asv.argv], env: { ...shared.env, ...asv.env }, format: 'benchmarks' };
  }
  if (choice.kind === 'benchmark') {
    const argv = choice.runner === 'pytest' ? ['-m', 'pytest', join(workspace, choice.file), ...pytestBenchmarkArguments(rawFolder)] : [join(workspace, choice.file), '--json', join(rawFolder, 'benchmark.json')];
    const name = choice.runner === 'pytest' ? 'pytest-benchmark' : 'python';
    return { ...shared, tool: { name, version: python.version }, argv: [...python.argv, ...argv], format: 'benchmarks' };
  }
  const program = programOf(choice, context);
  const argv = program[0] === 'file' ? program.slice(1) : ['-m', ...program];
  return { ...shared, argv: [...python.argv, ...argv], format: 'process-time' };
}

/** Calls a generated driver with larger and larger sizes, without any profiler. Throws FailureError. */
export async function growthCommand({ choice, generatedFile, rawFolder, task }: Prepared, context: PlanContext, output: string): Promise<Command> {
  const python = await pythonOf(choice, context);
  const argv = [...python.argv, runtimeFiles.pythonRunner, rawFolder, 'grow', 'drive', generatedFile!, pythonTask(task!), output];
  return { argv, env: importPaths([choice.file], context), tool: { name: 'python', version: python.version }, format: 'growth-lines' };
}

function pythonOf(choice: DriverChoice, { workspace: { workspace }, python }: PlanContext) {
  return findPython(workspace, join(workspace, choice.cwd), python);
}

function programOf({ runner, file, cwd }: DriverChoice, { workspace: { workspace } }: PlanContext): string[] {
  const path = join(workspace, file);
  if (runner === 'pytest') return ['pytest', path];
  if (runner === 'unittest') return ['unittest', relative(join(workspace, cwd), path)];
  return ['file', path];
}

/** Imports work as they do in the project, whether it is installed or not. */
function importPaths(files: readonly string[], { workspace, environment = process.env }: PlanContext): Record<string, string> {
  const roots = files.map((file) => join(workspace.workspace, pythonImportFolder(file, workspace)));
  const separator = process.platform === 'win32' ? ';' : ':';
  return { PYTHONPATH: [...new Set([...roots, ...(environment.PYTHONPATH ? [environment.PYTHONPATH] : [])])].join(separator) };
}
