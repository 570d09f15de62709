import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dirname as posixDirname } from 'node:path/posix';
import { FailureError, failures as makeFailure, type Failure } from '../core/failures';
import type { Detector } from '../detect/detector';
import type { EvidenceStore } from '../evidence/store';
import { listBenchmarks, measure, planBenchmark, type DriverChoice, type PlanContext, type WorkspaceFiles } from '../measure';
import { listSourceFiles } from '../workspace/files';
import { untilInterrupted } from './interruption';
import type { Output } from './output';

/** The compiler that the bundles carry, for a workspace that has none which Node could use. */
const CARRIED_TYPESCRIPT = join(__dirname, 'vendor/ts-morph.js');

/** A benchmark that takes longer has hung, or is none for a report. */
const LONGEST_MS = 10 * 60_000;

/** Runs every benchmark of a workspace, one after the other, and stores what it measured. Returns what failed. */
export async function runBenchmarks(workspace: string, detector: Detector, store: EvidenceStore, output: Output): Promise<Failure[]> {
  const files = await workspaceFiles(workspace);
  const choices = listBenchmarks(files);
  if (choices.length === 0) return [makeFailure.noBenchmark()];
  return untilInterrupted(async (signal) => {
    const failed: Failure[] = [];
    for (const choice of choices) {
      output.warn(`Running the benchmark ${choice.label}`);
      const failure = await runBenchmark(choice, { workspace: files, store, typescript: CARRIED_TYPESCRIPT }, detector, output, signal);
      if (failure) failed.push(failure);
    }
    return failed;
  });
}

async function runBenchmark(
  choice: DriverChoice,
  context: PlanContext,
  detector: Detector,
  output: Output,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  try {
    const plan = await planBenchmark(choice, context);
    const functionsOf = (file: string) => (detector.has(file) ? detector.functions(file) : undefined);
    const run = await measure(plan, context.store, functionsOf, { signal, timeoutMs: LONGEST_MS, onOutput: output.stream });
    return run.failure ?? (run.status === 'cancelled' ? makeFailure.benchmarkCancelled(choice.label) : undefined);
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
}

/** What a search for drivers looks at. Benchmarks stand among the tests, so those are listed too. */
export async function workspaceFiles(workspace: string): Promise<WorkspaceFiles> {
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
