import { join } from 'node:path';
import type { SizeProbe } from '../core/counts';
import type { DriverChoice } from './drivers/choice';
import type { Command, PlanContext } from './makePlan';
import { type NodeProgram, isTypeScript, nodeProfiling, nodeProgram, nodeRecording, scriptCommand } from './nodePrograms';
import { isBenchmarkScript, scriptArguments, writesJson } from './listBenchmarks';
import { probesText } from './probes';
import { workspaceRoots } from './roots';
import { runtimeFiles } from './runtimeFiles';
import { type DriveTask, scriptTask } from './task';
import { findNode, type Tool } from './tools';
import { NO_OPTIONS, type NodeOptions, typeScriptLoader } from './typescriptLoader';

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
export async function profileCommand(prepared: Prepared, context: PlanContext): Promise<Command> {
  const node = await findNode(context.node);
  const profiling = nodeProfiling(prepared.rawFolder, context.environment ?? process.env);
  const shared = { tool: { name: 'node --cpu-prof', version: node.version }, format: 'node-profile' } as const;
  if (prepared.choice.runner === 'package-script') {
    return { ...shared, argv: scriptCommand(prepared.choice, context.workspace.workspace, []), env: profiling.env };
  }
  const { options, program, env } = programOf(prepared, context);
  return { ...shared, argv: [...node.argv, ...profiling.options, ...options, ...program], env: { ...env, ...profiling.env } };
}

/** Runs the choice with a recorder of what leaves its processes. Throws FailureError. */
export function traceCommand(prepared: Prepared, context: PlanContext): Promise<Command> {
  return recorded('trace', prepared, context, { PERFORMANCE_ENGINEER_TRACE: prepared.rawFolder });
}

/** Runs the choice with V8's precise coverage, and asks for sizes at the probes. Throws FailureError. */
export function countsCommand(prepared: Prepared, context: PlanContext, probes: readonly SizeProbe[]): Promise<Command> {
  const { workspace } = context.workspace;
  return recorded('counts', prepared, context, {
    PERFORMANCE_ENGINEER_COUNTS: prepared.rawFolder,
    PERFORMANCE_ENGINEER_PROBES: probesText(probes, workspaceRoots(workspace)),
  });
}

/** Runs the choice with V8's sampling heap profiler. Throws FailureError. */
export function memoryCommand(prepared: Prepared, context: PlanContext): Promise<Command> {
  return recorded('memory', prepared, context, { PERFORMANCE_ENGINEER_MEMORY: prepared.rawFolder });
}

const RECORDERS = { trace: runtimeFiles.nodeTrace, counts: runtimeFiles.nodeCounts, memory: runtimeFiles.nodeMemory };

/** The recorder is there before the program's first import, in each of its processes. */
async function recorded(kind: keyof typeof RECORDERS, prepared: Prepared, context: PlanContext, recorderEnv: NodeOptions['env']): Promise<Command> {
  const node = await findNode(context.node);
  const { workspace } = context.workspace;
  const recording = { ...nodeRecording(RECORDERS[kind], workspaceRoots(workspace), context.environment ?? process.env), ...recorderEnv };
  const shared = { tool: { name: kind, version: node.version }, format: kind };
  if (prepared.choice.runner === 'package-script') {
    return { ...shared, argv: scriptCommand(prepared.choice, workspace, []), env: recording };
  }
  const { options, program, env } = programOf(prepared, context, COUNTED_LOOP);
  return { ...shared, argv: [...node.argv, ...options, ...program], env: { ...env, ...recording } };
}

/** Calls a generated driver as a recorder would have it called, without any. Throws FailureError. */
export async function unrecordedCallsCommand(prepared: Prepared, context: PlanContext): Promise<Command> {
  const node = await findNode(context.node);
  const { options, program, env } = programOf(prepared, context, COUNTED_LOOP);
  return { tool: { name: 'node', version: node.version }, argv: [...node.argv, ...options, ...program], env, format: 'drive-json' };
}

/**
 * Runs the choice without any profiler. A generated driver writes its samples, a benchmark or the library it uses its
 * own; of any other program the time of the whole is taken. Throws FailureError.
 */
export async function timingCommand(prepared: Prepared, context: PlanContext): Promise<Command> {
  const { choice, generatedFile } = prepared;
  const node = await findNode(context.node);
  const tool = { name: 'node', version: node.version };
  if (choice.kind === 'benchmark' || (choice.script !== undefined && isBenchmarkScript(choice.script))) return benchmarkCommand(prepared, context, node);
  if (choice.runner === 'package-script') {
    return { tool, argv: scriptCommand(choice, context.workspace.workspace, []), env: {}, format: 'process-time' };
  }
  const { options, program, env } = programOf(prepared, context);
  return { tool, argv: [...node.argv, ...options, ...program], env, format: generatedFile ? 'drive-json' : 'process-time' };
}

/** The libraries that measure are asked for their samples in each process. */
function benchmarkCommand({ choice, rawFolder }: Prepared, { workspace, typescript, environment = process.env }: PlanContext, node: Tool): Command {
  const roots = workspaceRoots(workspace.workspace);
  const recording = { ...nodeRecording(runtimeFiles.nodeBenchmarks, roots, environment, runtimeFiles.nodeBenchmarkModules), PERFORMANCE_ENGINEER_BENCHMARKS: rawFolder };
  const shared = { tool: { name: choice.runner === 'vitest' ? 'vitest' : 'node', version: node.version }, format: 'benchmarks' } as const;
  if (choice.runner === 'package-script') {
    return { ...shared, argv: scriptCommand(choice, workspace.workspace, scriptArguments(choice, rawFolder, workspace)), env: recording };
  }
  const { options, program, env } = nodeProgram(choice, workspace.workspace, typescript);
  const result = join(rawFolder, 'benchmark.json');
  if (choice.runner === 'node:test') {
    return { ...shared, argv: [...node.argv, runtimeFiles.nodeRepeatTests, result, ...options, ...program], env };
  }
  const own = writesJson(workspace.readText(choice.file)) && choice.runner === 'own' ? ['--json', result] : [];
  return { ...shared, argv: [...node.argv, ...options, ...program, ...own], env: { ...env, ...recording } };
}

/** Calls a generated driver with larger and larger sizes, without any profiler. Throws FailureError. */
export async function growthCommand(prepared: Prepared, context: PlanContext, output: string): Promise<Command> {
  const node = await findNode(context.node);
  const { options, program, env } = programOf(prepared, context, { file: runtimeFiles.nodeGrow, output });
  return { tool: { name: 'node', version: node.version }, argv: [...node.argv, ...options, ...program], env, format: 'growth-lines' };
}

/** A generated driver is called by a loop of ours, and needs the loader of the file it imports. */
function programOf({ choice, generatedFile, rawFolder, task }: Prepared, { workspace, typescript }: PlanContext, loop = TIMED_LOOP): NodeProgram {
  if (!generatedFile) return nodeProgram(choice, workspace.workspace, typescript);
  const cwd = join(workspace.workspace, choice.cwd);
  const loader = isTypeScript(choice.file) ? typeScriptLoader(cwd, choice.file, typescript) : NO_OPTIONS;
  return { ...loader, program: [loop.file, generatedFile, join(rawFolder, loop.output), scriptTask(task ?? {})] };
}

const COUNTED_LOOP = { file: runtimeFiles.nodeCalls, output: 'calls.json' };
const TIMED_LOOP = { file: runtimeFiles.nodeDrive, output: 'drive.json' };
