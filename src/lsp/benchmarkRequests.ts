import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { BenchmarkResult, Run } from '../core/evidence';
import { failures, FailureError } from '../core/failures';
import { compareSamples } from '../evidence/compare';
import { declaredBenchmarks, listBenchmarks } from '../measure';
import { verdictText } from '../report/comparisons';
import type { BenchmarkFilesParams, BenchmarkFilesResult, BenchmarkResultsResult, NewestResult, NewestRun } from './benchmarks';
import type { ServerContext } from './context';
import { referenceTo } from './evidence';
import type { FolderParams } from './protocol';
import { textOf, withFolder } from './sessionFiles';
import { filesOf } from './workspaceFiles';

/** What the newest runs of the benchmarks have found. */
export async function benchmarkResults(context: ServerContext, params: FolderParams): Promise<BenchmarkResultsResult> {
  const { session, root } = withFolder(context.sessions.ofFolder(params?.folder));
  await session.start();
  return { folder: root.uri, runs: newestRuns(session.evidence.runs) };
}

/** Which benchmarks there are, for the Test Explorer and the lenses. */
export async function benchmarkFiles(context: ServerContext, { folder, uri }: BenchmarkFilesParams): Promise<BenchmarkFilesResult> {
  const place = uri === undefined ? undefined : context.sessions.find(uri);
  if (uri !== undefined && place === undefined) throw new FailureError(failures.noFolder());
  const { session, root } = withFolder(place?.session ?? context.sessions.ofFolder(folder));
  const choices = listBenchmarks(await filesOf(context, session, place?.file)).filter(({ file }) => place === undefined || file === place.file);
  const files = choices.map((choice) => ({
    choice,
    uri: pathToFileURL(join(root.path, choice.file)).href,
    declared: declaredBenchmarks(choice, textOf(session, root.path, choice.file)),
  }));
  return { folder: root.uri, files };
}

/** The newest completed run of each way to run benchmarks, each result beside that of the run before. */
export function newestRuns(runs: readonly Run[]): readonly NewestRun[] {
  const byDriver = new Map<string, Run[]>();
  for (const run of runs) {
    const { again, kind } = run.driver;
    if (run.kind !== 'benchmark' || run.status !== 'completed' || !again || kind === 'generated') continue;
    const key = JSON.stringify([again.runner, again.file, again.script]);
    byDriver.set(key, [...(byDriver.get(key) ?? []), run]);
  }
  return [...byDriver.values()].map((own) => {
    const newest = own.at(-1)!;
    const { file, script, runner } = newest.driver.again!;
    const results = newest.benchmarks.map((result) => newestResult(result, newest, own.slice(0, -1)));
    return { file, script, runner: runner as NewestRun['runner'], run: referenceTo(newest), results, caveats: newest.caveats };
  });
}

function newestResult({ samples, ...result }: BenchmarkResult, run: Run, earlier: readonly Run[]): NewestResult {
  const before = earlier.findLast(({ benchmarks }) => benchmarks.some(({ name }) => name === result.name));
  return { ...result, ...(before && { sinceLast: verdictSince(before, run, result.name) }) };
}

/** A difference between two machines says nothing of the code. */
function verdictSince(before: Run, after: Run, name: string): string {
  if (before.machine.fingerprint !== after.machine.fingerprint) return 'the run before was made on another machine';
  const of = ({ benchmarks }: Run): BenchmarkResult => benchmarks.find((result) => result.name === name)!;
  return verdictText(compareSamples(of(before), of(after)));
}
