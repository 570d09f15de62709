import type { BenchmarkComparison } from '../../core/comparison';
import type { Run } from '../../core/evidence';
import { formatDuration } from '../../core/format';
import { compareRuns, type RunComparison } from '../../evidence/compareRuns';
import { compareCommits, compareFunctions, measureAgain, type InterleaveOptions } from '../../measure/experiments';
import { verdictText } from '../../report/comparisons';
import { clean } from '../../report/statement';
import { untilInterrupted } from '../interruption';
import type { Output } from '../output';
import type { CompareArguments, FunctionName } from './arguments';
import { printRuns } from './output';
import { type MeasuredWorkspace, openWorkspace, subjectOf } from './workspace';

/** The code became slower; what could not be compared is another exit code. */
const SLOWER = 1;

/** Carries out `compare`: two stored runs, a run measured again, two functions, or a function at two commits. */
export async function compare(args: CompareArguments, output: Output): Promise<number> {
  const { what, failOnSlower } = args;
  const workspace = await openWorkspace(what.kind === 'functions' ? what.before.file : what.kind === 'commits' ? what.subject.file : '.', args, output);
  if (what.kind === 'runs') {
    const { store } = workspace;
    const found = compareRuns(await store.read(what.before), await store.read(what.after), what.acrossMachines);
    output.print(args.format === 'json' ? `${JSON.stringify(found, undefined, 2)}\n` : comparisonText(found));
    return failOnSlower && isSlower(found.benchmarks) ? SLOWER : 0;
  }
  const run = await measured(what, args, workspace, output);
  const code = printRuns([run], [], args, output);
  return code === 0 && failOnSlower && isSlower(run.comparison?.benchmarks ?? []) ? SLOWER : code;
}

function measured(what: Exclude<CompareArguments['what'], { kind: 'runs' }>, args: CompareArguments, workspace: MeasuredWorkspace, output: Output): Promise<Run> {
  const { context, functionsOf } = workspace;
  return untilInterrupted(async (signal) => {
    const options: InterleaveOptions = {
      signal,
      functionsOf,
      // Many processes are run: the limit is for all of them.
      timeoutMs: args.timeLimitMs * 10,
      rounds: args.rounds,
      onOutput: output.stream,
      onRound: (round, rounds) => round % 5 === 0 && output.warn(`Round ${round} of ${rounds}`),
    };
    const implementation = (name: FunctionName) => {
      const { target, fact, siblings } = subjectOf(name, workspace);
      return { file: target.file, fact, siblings };
    };
    switch (what.kind) {
      case 'again':
        return again(what, workspace, options);
      case 'functions':
        return compareFunctions(implementation(what.before), implementation(what.after), context, options);
      case 'commits':
        return compareCommits(implementation(what.subject), { before: what.before, after: what.after }, context, options);
    }
  });
}

async function again({ baseline: id, finding }: Extract<CompareArguments['what'], { kind: 'again' }>, { store, context, detector }: MeasuredWorkspace, options: InterleaveOptions): Promise<Run> {
  const baseline = await store.read(id);
  const fact = baseline.target && detector.functions(baseline.target.file).find(({ name }) => name === baseline.target!.functionName);
  const target = baseline.target && fact ? { ...baseline.target, hash: fact.hash } : baseline.target;
  const rule = finding && detector.check().findings.find((candidate) => candidate.id === finding)?.rule;
  const validates = finding ? { findingId: finding, rule: rule ?? finding.replace(/-[0-9a-f]+$/, '') } : undefined;
  return measureAgain(baseline, context, { ...options, target, validates });
}

function isSlower(benchmarks: readonly BenchmarkComparison[]): boolean {
  return benchmarks.some(({ verdict }) => verdict === 'slower');
}

function comparisonText({ benchmarks, caveats }: RunComparison): string {
  const lines = benchmarks.map((benchmark) => `${clean(benchmark.name)}: p50 ${formatDuration(benchmark.before.p50)} → ${formatDuration(benchmark.after.p50)}, ${verdictText(benchmark)}`);
  return `${[...lines, ...caveats.map((caveat) => `  ${clean(caveat)}`)].join('\n')}\n`;
}
