import { join } from 'node:path';
import type { PerformanceConfig } from '../../core/config';
import type { FunctionFact } from '../../core/facts';
import { failures, FailureError } from '../../core/failures';
import type { Detector } from '../../detect/detector';
import { EvidenceStore } from '../../evidence/store';
import type { FunctionsOf, PlanContext, Target } from '../../measure';
import { loadConfiguration } from '../configuration';
import type { Output } from '../output';
import { scan } from '../scan';
import { relativePath, resolveTarget } from '../target';
import { workspaceFiles } from '../workspaceFiles';
import type { FunctionName } from './arguments';

/** The compiler that the bundles carry, for a workspace that has none which Node could use. */
const CARRIED_TYPESCRIPT = join(__dirname, 'vendor/ts-morph.js');

/** A workspace in which something is measured. */
export interface MeasuredWorkspace {
  readonly folder: string;
  readonly config: PerformanceConfig;
  readonly detector: Detector;
  readonly store: EvidenceStore;
  readonly context: PlanContext;
  readonly functionsOf: FunctionsOf;
}

type Interpreters = Pick<PlanContext, 'node' | 'python'>;

/** Reads the workspace around a path: its sources, its configuration and its evidence. @throws UsageError */
export async function openWorkspace(path: string, interpreters: Interpreters, output: Output): Promise<MeasuredWorkspace> {
  const { workspace: folder } = resolveTarget([path], process.cwd());
  const target = { root: folder, workspace: folder, folders: [folder], files: [] };
  const { config, warnings } = await loadConfiguration(target, undefined);
  warnings.forEach(output.warn);
  const { detector } = await scan(target, { config });
  const store = new EvidenceStore(folder);
  return { folder, config, detector, store, context: await planContext(folder, store, interpreters), functionsOf: functionsIn(detector) };
}

export async function planContext(folder: string, store: EvidenceStore, { node, python }: Interpreters = {}): Promise<PlanContext> {
  return { workspace: await workspaceFiles(folder), store, node, python, typescript: CARRIED_TYPESCRIPT };
}

export function functionsIn(detector: Detector): FunctionsOf {
  return (file) => (detector.has(file) ? detector.functions(file) : undefined);
}

/** A function that was named, as the syntax knows it. */
export interface Subject {
  readonly target: Target;
  readonly fact: FunctionFact;
  readonly siblings: readonly FunctionFact[];
}

/** Finds a function by its qualified name, or by its own name where only one has it. Throws FailureError. */
export function subjectOf({ file, functionName }: FunctionName, { folder, detector }: MeasuredWorkspace): Subject {
  const path = relativePath(folder, resolveTarget([file], process.cwd()).files[0] ?? join(process.cwd(), file));
  const siblings = detector.functions(path);
  const named = siblings.filter(({ name }) => name.split('.').pop() === functionName);
  const fact = siblings.find(({ name }) => name === functionName) ?? (named.length === 1 ? named[0] : undefined);
  if (!fact) throw new FailureError(failures.unknownFunction(path, functionName));
  return { target: { file: path, functionName: fact.name, hash: fact.hash }, fact, siblings };
}
