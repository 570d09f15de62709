import { join } from 'node:path';
import { currentMachine } from '../evidence/machine';
import { newRunId } from '../evidence/runId';
import type { EvidenceStore } from '../evidence/store';
import type { DriverChoice, WorkspaceFiles } from './drivers/choice';
import { type Prepared, nodeProfileCommand, nodeTimingCommand } from './nodeCommands';
import type { MeasurePlan, Target } from './plan';
import { pythonProfileCommand, pythonTimingCommand } from './pythonCommands';

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

/**
 * A profile of the driver: where the time goes. `generatedFile` (absolute) is the driver's own file
 * for a generated one. Throws FailureError where a tool is missing or nothing can be written.
 */
export async function planProfile(choice: DriverChoice, target: Target, context: PlanContext, generatedFile?: string): Promise<MeasurePlan> {
  return plan({ choice, target, generatedFile, kind: 'cpu-profile' }, context, (prepared) =>
    choice.language === 'python' ? pythonProfileCommand(prepared, context, target.file) : nodeProfileCommand(prepared, context),
  );
}

/**
 * A timing of the driver, without any profiler: a benchmark file, a benchmark script, or a
 * generated driver. Throws FailureError as planProfile does.
 */
export async function planBenchmark(choice: DriverChoice, context: PlanContext, target?: Target, generatedFile?: string): Promise<MeasurePlan> {
  return plan({ choice, target, generatedFile, kind: 'benchmark' }, context, (prepared) =>
    choice.language === 'python' ? pythonTimingCommand(prepared, context) : nodeTimingCommand(prepared, context),
  );
}

async function plan(
  what: { choice: DriverChoice; target?: Target; generatedFile?: string; kind: MeasurePlan['kind'] },
  { store, workspace: { workspace } }: PlanContext,
  commandFor: (prepared: Prepared) => Promise<Command>,
): Promise<MeasurePlan> {
  const { choice, target, generatedFile, kind } = what;
  const id = newRunId(new Date());
  const rawFolder = await store.rawFolder(id);
  const command = await commandFor({ choice, rawFolder, generatedFile });
  return {
    id,
    kind,
    target,
    machine: currentMachine(),
    rawFolder,
    ...command,
    driver: { kind: choice.kind, label: choice.label, argv: command.argv, cwd: choice.cwd },
    workspace,
    cwd: join(workspace, choice.cwd),
  };
}
