import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { FunctionFact } from '../../core/facts';
import type { Run } from '../../core/evidence';
import { FailureError, failures } from '../../core/failures';
import type { DriverChoice } from '../drivers/choice';
import { isComplete } from '../drivers/driverText';
import { ensureGeneratedDriver } from '../drivers/generated';
import { generatedChoice } from '../drivers/listDrivers';
import { pythonImportFolder, pythonModule } from '../drivers/project';
import type { PlanContext } from '../makePlan';
import type { DrivenSubject } from '../task';
import type { InterleaveOptions } from './interleave';
import { type Side, compareSides } from './sides';

/** A function, with what the syntax knows of it. */
export interface Implementation {
  readonly file: string;
  readonly fact: FunctionFact;
  /** The functions of its file. */
  readonly siblings: readonly FunctionFact[];
}

/**
 * Calls two functions with the same arguments, those of the first one's driver, in processes that run in turn, and says
 * whether their results were equal. Throws FailureError where the driver is not ready or nothing can be stored.
 */
export async function compareFunctions(before: Implementation, after: Implementation, context: PlanContext, options: InterleaveOptions): Promise<Run> {
  const [first, second] = [methodOf(before), methodOf(after)];
  if (first !== second) throw new FailureError(failures.differentMethods(before.fact.name, after.fact.name));
  const driver = await readyDriver(before, context);
  if (!/\bsubject\s*=|^SUBJECT\s*=/m.test(readFileSync(driver.generatedFile, 'utf8'))) {
    throw new FailureError(failures.driverWithoutSubject(driver.shown));
  }
  return compareSides({ ...driver, before: sideOf(before), after: { ...sideOf(after), subject: subjectOf(after, context) } }, context, options);
}

/** A driver calls a method by its name, and only the class can be another. */
function methodOf({ fact: { name } }: Implementation): string | undefined {
  return name.includes('.') ? name.split('.').pop() : undefined;
}

/** Calls one function as it was at a commit and as it is now, or at a second commit. Throws FailureError. */
export async function compareCommits(
  subject: Implementation,
  commits: { readonly before: string; readonly after?: string },
  context: PlanContext,
  options: InterleaveOptions,
): Promise<Run> {
  const driver = await readyDriver(subject, context);
  const side = (commit: string | undefined): Side => {
    const { code, ...rest } = sideOf(subject);
    const label = commit === undefined ? 'as it is now' : `commit ${commit}`;
    // The text of another commit has another hash, which nobody has asked the syntax for.
    return { ...rest, code: { ...code, label, commit, hash: commit === undefined ? code.hash : undefined }, commit };
  };
  return compareSides({ ...driver, before: side(commits.before), after: side(commits.after) }, context, options);
}

/** The driver with its arguments, written where there is none yet. */
async function readyDriver({ file, fact, siblings }: Implementation, { store, workspace }: PlanContext): Promise<{ choice: DriverChoice; generatedFile: string; shown: string }> {
  const { path } = await ensureGeneratedDriver(store, file, fact, workspace, siblings);
  const shown = relative(workspace.workspace, path).split(sep).join('/');
  if (!isComplete(readFileSync(path, 'utf8'))) throw new FailureError(failures.driverIncomplete(shown));
  return { choice: generatedChoice({ file, functionName: fact.name, hash: fact.hash }, workspace), generatedFile: path, shown };
}

function sideOf({ file, fact: { name, hash } }: Implementation): Side {
  const target = { file, functionName: name, hash };
  return { code: { label: `${name} of ${file}`, ...target }, target };
}

function subjectOf({ file, fact }: Implementation, { workspace }: PlanContext): DrivenSubject {
  const exported = fact.name.includes('.') ? fact.name.split('.')[0]! : (fact.exportedAs[0] ?? fact.name);
  return { source: file.endsWith('.py') ? pythonModule(file, pythonImportFolder(file, workspace)) : file, exported };
}
