import { join } from 'node:path';
import type { DriverChoice } from './drivers/choice';
import type { Command, PlanContext } from './makePlan';
import { type NodeProgram, isTypeScript, nodeProfiling, nodeProgram, scriptCommand } from './nodePrograms';
import { runtimeFiles } from './runtimeFiles';
import { findNode } from './tools';
import { NO_OPTIONS, typeScriptLoader } from './typescriptLoader';

/** A choice with what was prepared for it. */
export interface Prepared {
  readonly choice: DriverChoice;
  /** Where its files go, absolute. */
  readonly rawFolder: string;
  /** The generated driver's own file, absolute. */
  readonly generatedFile?: string;
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

/** Runs the choice without any profiler; it writes its samples to a file. Throws FailureError. */
export async function nodeTimingCommand(prepared: Prepared, context: PlanContext): Promise<Command> {
  const node = await findNode(context.node);
  const tool = { name: 'node', version: node.version };
  const result = ['--json', join(prepared.rawFolder, 'benchmark.json')];
  if (prepared.choice.runner === 'package-script') {
    const argv = scriptCommand(prepared.choice, context.workspace.workspace, result);
    return { tool, argv, env: {}, format: 'benchmark-json' };
  }
  const { options, program, env } = programOf(prepared, context);
  const command = [...node.argv, ...options, ...program];
  if (prepared.generatedFile) return { tool, argv: command, env, format: 'drive-json' };
  return { tool, argv: [...command, ...result], env, format: 'benchmark-json' };
}

/** A generated driver is called by a loop of ours, and needs the loader of the file it imports. */
function programOf({ choice, generatedFile, rawFolder }: Prepared, { workspace, typescript }: PlanContext): NodeProgram {
  if (!generatedFile) return nodeProgram(choice, workspace.workspace, typescript);
  const cwd = join(workspace.workspace, choice.cwd);
  const loader = isTypeScript(choice.file) ? typeScriptLoader(cwd, choice.file, typescript) : NO_OPTIONS;
  return { ...loader, program: [runtimeFiles.nodeDrive, generatedFile, join(rawFolder, 'drive.json')] };
}
