import { join, relative, sep } from 'node:path';
import type { SizeProbe } from '../core/counts';
import { currentMachine } from '../evidence/machine';
import { newRunId } from '../evidence/runId';
import type { EvidenceStore } from '../evidence/store';
import type { DriverChoice, WorkspaceFiles } from './drivers/choice';
import { codeState } from './git';
import * as node from './nodeCommands';
import type { MeasurePlan, Target } from './plan';
import * as python from './pythonCommands';
import type { DriveTask, GrowthTask } from './task';

/** What a plan depends on beside the driver. */
export interface PlanContext {
  readonly workspace: WorkspaceFiles;
  readonly store: EvidenceStore;
  /** Interpreters from the user's settings; searched for where absent. */
  readonly node?: string;
  readonly python?: string;
  /** A TypeScript compiler (the path of a CommonJS module) for workspaces that have none. */
  readonly typescript?: string;
  /** The environment the program will inherit; that of this process where absent. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** What differs between the plans of different drivers. */
export type Command = Pick<MeasurePlan, 'argv' | 'env' | 'tool' | 'format'>;

/** What is to be measured, and how. */
export interface PlanOptions {
  readonly target?: Target;
  /** The driver's own file for a generated one, absolute. */
  readonly generatedFile?: string;
  readonly task?: DriveTask;
  /** Where one of several processes of a run leaves its files; a run of its own where absent. */
  readonly partOf?: { readonly id: string; readonly rawFolder: string };
}

/**
 * A profile of the driver: where the time goes. Throws FailureError where a tool is missing or nothing can be written.
 */
export async function planProfile(choice: DriverChoice, target: Target, context: PlanContext, generatedFile?: string): Promise<MeasurePlan> {
  return plan(choice, 'cpu-profile', { target, generatedFile }, context, (prepared) =>
    choice.language === 'python' ? python.profileCommand(prepared, context, target.file) : node.profileCommand(prepared, context),
  );
}

/** What the driver does beside computing: queries, requests, files. Throws FailureError as planProfile does. */
export async function planTrace(choice: DriverChoice, target: Target, context: PlanContext, generatedFile?: string): Promise<MeasurePlan> {
  return plan(choice, 'trace', { target, generatedFile }, context, (prepared) =>
    choice.language === 'python' ? python.traceCommand(prepared, context, target.file) : node.traceCommand(prepared, context),
  );
}

/** How often what runs, and how large the collections are that the probes name. Throws FailureError as planProfile does. */
export async function planCounts(
  choice: DriverChoice,
  target: Target,
  context: PlanContext,
  probes: readonly SizeProbe[],
  generatedFile?: string,
): Promise<MeasurePlan> {
  const made = await plan(choice, 'counts', { target, generatedFile }, context, (prepared) =>
    choice.language === 'python' ? python.countsCommand(prepared, context, target.file, probes) : node.countsCommand(prepared, context, probes),
  );
  return { ...made, probes };
}

/** What the driver allocates, and what is kept of it. Throws FailureError as planProfile does. */
export async function planMemory(choice: DriverChoice, target: Target, context: PlanContext, generatedFile?: string): Promise<MeasurePlan> {
  return plan(choice, 'memory', { target, generatedFile }, context, (prepared) =>
    choice.language === 'python' ? python.memoryCommand(prepared, context, target.file) : node.memoryCommand(prepared, context),
  );
}

/**
 * A timing of the driver, without any profiler: of the calls of a benchmark or a generated driver, and of the whole
 * program for all others. Throws FailureError as planProfile does.
 */
export async function planBenchmark(choice: DriverChoice, context: PlanContext, options: PlanOptions = {}): Promise<MeasurePlan> {
  return plan(choice, 'benchmark', options, context, (prepared) =>
    choice.language === 'python' ? python.timingCommand(prepared, context) : node.timingCommand(prepared, context),
  );
}

/** One process that measures growth; the lines go to a file of the run's folder. Throws FailureError as planProfile does. */
export async function planGrowth(
  { choice, target, generatedFile }: { readonly choice: DriverChoice; readonly target: Target; readonly generatedFile: string },
  context: PlanContext,
  growth: GrowthTask,
  further?: { readonly plan: MeasurePlan; readonly name: string },
): Promise<MeasurePlan> {
  const options: PlanOptions = { target, generatedFile, task: { growth }, partOf: further?.plan };
  const output = further?.name ?? 'growth.jsonl';
  return plan(choice, 'growth', options, context, (prepared) =>
    choice.language === 'python' ? python.growthCommand(prepared, context, output) : node.growthCommand(prepared, context, output),
  );
}

/** The calls of a trace without its recorder. Throws FailureError as planProfile does. */
export async function planUnrecordedCalls(choice: DriverChoice, context: PlanContext, options: PlanOptions): Promise<MeasurePlan> {
  return plan(choice, 'benchmark', options, context, (prepared) => node.unrecordedCallsCommand(prepared, context));
}

async function plan(
  choice: DriverChoice,
  kind: MeasurePlan['kind'],
  { target, generatedFile, task, partOf }: PlanOptions,
  { store, workspace: { workspace } }: PlanContext,
  commandFor: (prepared: node.Prepared) => Promise<Command>,
): Promise<MeasurePlan> {
  const id = partOf?.id ?? newRunId(new Date());
  const rawFolder = partOf?.rawFolder ?? (await store.rawFolder(id));
  const command = await commandFor({ choice, rawFolder, generatedFile, task });
  const { language, runner, file, script } = choice;
  const driver = generatedFile && relative(workspace, generatedFile).split(sep).join('/');
  return {
    id,
    kind,
    target,
    machine: currentMachine(),
    code: await codeState(workspace),
    rawFolder,
    ...command,
    driver: { kind: choice.kind, label: choice.label, argv: command.argv, cwd: choice.cwd, again: { language, runner, file, script, driver } },
    workspace,
    cwd: join(workspace, choice.cwd),
  };
}
