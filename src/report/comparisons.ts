import type { BenchmarkComparison, Comparison, ResultComparison, SideBySide } from '../core/comparison';
import type { Run } from '../core/evidence';
import { formatCount, formatDuration } from '../core/format';
import type { Finding } from '../core/finding';
import type { Statement } from './model';
import { measured, nameText, prose } from './statement';
import { compareText, driverKey } from './targets';

/** Comparisons of the code as it is now, the newest of each way to drive it, with their runs. */
export function newestComparisons(runs: readonly Run[]): readonly { readonly run: Run; readonly comparison: SideBySide }[] {
  const newest = new Map<string, { run: Run; comparison: SideBySide }>();
  for (const run of [...runs].sort((a, b) => compareText(a.id, b.id))) {
    if (run.status === 'completed' && run.comparison) newest.set(`${driverKey(run)} ${run.comparison.after.label}`, { run, comparison: run.comparison });
  }
  return [...newest.values()];
}

/** One statement for each benchmark: what it was, what it is, and the verdict. */
export function comparisonStatements(runs: readonly Run[]): readonly Statement[] {
  return newestComparisons(runs).flatMap(({ run, comparison }) => comparison.benchmarks.map((benchmark) => statementOf(run, comparison, benchmark)));
}

/** What was measured before and after a change in the function of a finding, if it was. */
export function validationOf(finding: Finding, runs: readonly Run[]): Statement | undefined {
  const found = newestComparisons(runs).findLast(({ run, comparison: { validates } }) => {
    const isItsFunction = run.target?.file === finding.file && run.target.functionName === finding.functionName;
    return validates ? validates.findingId === finding.id : isItsFunction;
  });
  return found && found.comparison.benchmarks.flatMap((benchmark) => statementOf(found.run, found.comparison, benchmark));
}

function statementOf(run: Run, comparison: SideBySide, benchmark: BenchmarkComparison): Statement {
  const { before, after, validates, results } = comparison;
  return [
    prose(`Compared ${nameText(benchmark.name)}${validates ? `, for ${validates.rule}` : ''}: ${nameText(before.label)} against ${nameText(after.label)}, `),
    measured(`p50 ${formatDuration(benchmark.before.p50)} → ${formatDuration(benchmark.after.p50)}, ${verdictText(benchmark)}`, run.id),
    prose(`${results ? `; ${resultsText(results)}` : ''}.`),
  ];
}

/** "faster: 0.25x the time (0.22 to 0.28 at 95 %)": a ratio never stands without its interval. */
export function verdictText(comparison: Comparison): string {
  if (comparison.verdict === 'too-few-samples') return `too few samples to say (${comparison.counts.join(' and ')})`;
  const { ratio, interval: [low, high], verdict } = comparison;
  return `${WORDS[verdict]}: ${factor(ratio)}x the time (${factor(low)} to ${factor(high)} at 95 %)`;
}

const WORDS = { faster: 'faster', slower: 'slower', 'no-difference': 'no difference seen', 'too-noisy': 'too noisy to say' } as const;

const factor = (value: number): string => formatCount(Number(value.toPrecision(3)));

export function resultsText(results: ResultComparison): string {
  switch (results.outcome) {
    case 'equal':
      return 'the results were equal';
    case 'rounding':
      return 'the results differ only by rounding';
    case 'different':
      return nameText(`the results differ at ${results.where}: ${results.before} before, ${results.after} after`);
    case 'not-comparable':
      return `the results could not be compared: ${results.why}`;
  }
}
