import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dirname as posixDirname } from 'node:path/posix';
import type { PerformanceConfig } from '../../core/config';
import type { FunctionFact } from '../../core/facts';
import { failures, FailureError } from '../../core/failures';
import type { Detector } from '../../detect/detector';
import { EvidenceStore } from '../../evidence/store';
import type { FunctionsOf, PlanContext, Target, WorkspaceFiles } from '../../measure';
import { listSourceFiles } from '../../workspace/files';
import { loadConfiguration } from '../configuration';
import type { Output } from '../output';
import { scan } from '../scan';
import { relativePath, resolveTarget } from '../target';
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

/** Reads the workspace around a path: its sources, its configuration and its evidence. @throws UsageError */
export async function openWorkspace(path: string, output: Output): Promise<MeasuredWorkspace> {
  const { workspace: folder } = resolveTarget([path], process.cwd());
  const target = { root: folder, workspace: folder, folders: [folder], files: [] };
  const { config, warnings } = await loadConfiguration(target, undefined);
  warnings.forEach(output.warn);
  const { detector } = await scan(target, { config });
  const store = new EvidenceStore(folder);
  return { folder, config, detector, store, context: await planContext(folder, store), functionsOf: functionsIn(detector) };
}

export async function planContext(folder: string, store: EvidenceStore): Promise<PlanContext> {
  return { workspace: await workspaceFiles(folder), store, typescript: CARRIED_TYPESCRIPT };
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

/** Stops what runs when this process is asked to end: it runs in a process group of its own. */
export async function untilInterrupted<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    return await work(interruption.signal);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/** Tests drive functions and benchmarks stand among them, so those are listed too. */
async function workspaceFiles(workspace: string): Promise<WorkspaceFiles> {
  const { files } = await listSourceFiles(workspace, { includeTests: true });
  const manifests = foldersOf(files).map((folder) => (folder === '.' ? 'package.json' : `${folder}/package.json`));
  return {
    workspace,
    files: [...files, ...manifests.filter((file) => existsSync(join(workspace, file)))],
    readText: (file) => {
      try {
        return readFileSync(join(workspace, file), 'utf8');
      } catch {
        return '';
      }
    },
  };
}

/** The folders that hold the files, and those above them. */
function foldersOf(files: readonly string[]): string[] {
  const folders = new Set(['.']);
  for (const file of files) {
    for (let folder = posixDirname(file); !folders.has(folder); folder = posixDirname(folder)) folders.add(folder);
  }
  return [...folders];
}
