import { join } from 'node:path';
import type { DriverChoice } from './drivers/choice';
import type { Command, PlanContext } from './makePlan';
import { type NodeProgram, isTypeScript, nodeProfiling, nodeProgram, scriptCommand } from './nodePrograms';
import { isBenchmarkScript } from './listBenchmarks';
import { runtimeFiles } from './runtimeFiles';
import { type DriveTask, scriptTask } from './task';
import { findNode } from './tools';
import { NO_OPTIONS, typeScriptLoader } from './typescriptLoader';

/** A choice with what was prepared for it. */
export interface Prepared {
  readonly choice: DriverChoice;
  /** Where its files go, absolute. */
  readonly rawFolder: string;
  /** The generated driver's own file, absolute. */
  readonly generatedFile?: string;
  /** For a generated driver. */
  readonly task?: DriveTask;
}

/** Runs the choice under V8's sampling profiler, which is on before the program's first import. Throws FailureError. */
export async function nodeProfileCommand(prepared: Prepared, context: PlanContext): Promise<Command> {
  const node = await findNode(context.node);
  const profiling = nodeProfiling(prepared.rawFolder, runtimeFiles.nodePreload, context.environment ?? process.env);
  const shared = { tool: { name: 'node --cpu-prof', version: node.version }, format: 'node-profile' } as const;
  if (prepared.choice.runner === 'package-script') {
    return { ...shared, argv: scriptCommand(prepared.choice, context.workspace.workspace, []), env: profiling.env };
  }
  const { options, program, env } = programOf(prepared, context);
  return { ...shared, argv: [...node.argv, ...profiling.options, ...options, ...program], env: { ...env, ...profiling.env } };
}

/** Runs the choice without any profiler; a benchmark or a generated driver writes its samples to a file. Throws FailureError. */
export async function nodeTimingCommand(prepared: Prepared, context: PlanContext): Promise<Command> {
  const { choice, generatedFile, rawFolder } = prepared;
  const node = await findNode(context.node);
  const tool = { name: 'node', version: node.version };
  const writesResult = choice.kind === 'benchmark' || (choice.script !== undefined && isBenchmarkScript(choice.script));
  const result = writesResult ? ['--json', join(rawFolder, 'benchmark.json')] : [];
  const format = generatedFile ? 'drive-json' : writesResult ? 'benchmark-json' : 'process-time';
  if (choice.runner === 'package-script') {
    return { tool, argv: scriptCommand(choice, context.workspace.workspace, result), env: {}, format };
  }
  const { options, program, env } = programOf(prepared, context);
  return { tool, argv: [...node.argv, ...options, ...program, ...result], env, format };
}

/** Calls a generated driver with larger and larger sizes, without any profiler. Throws FailureError. */
export async function nodeGrowthCommand(prepared: Prepared, context: PlanContext, output: string): Promise<Command> {
  const node = await findNode(context.node);
  const { options, env } = programOf(prepared, context);
  const { generatedFile, rawFolder, task } = prepared;
  const program = [runtimeFiles.nodeGrow, generatedFile!, join(rawFolder, output), scriptTask(task!)];
  return { tool: { name: 'node', version: node.version }, argv: [...node.argv, ...options, ...program], env, format: 'growth-lines' };
}

/** A generated driver is called by a loop of ours, and needs the loader of the file it imports. */
function programOf({ choice, generatedFile, rawFolder, task }: Prepared, { workspace, typescript }: PlanContext): NodeProgram {
  if (!generatedFile) return nodeProgram(choice, workspace.workspace, typescript);
  const cwd = join(workspace.workspace, choice.cwd);
  const loader = isTypeScript(choice.file) ? typeScriptLoader(cwd, choice.file, typescript) : NO_OPTIONS;
  return { ...loader, program: [runtimeFiles.nodeDrive, generatedFile, join(rawFolder, 'drive.json'), scriptTask(task ?? {})] };
}
