import type { PerformanceConfig } from '../core/config';
import type { Run } from '../core/evidence';
import { formatCount } from '../core/format';
import type { Answer, Statement, Trend, TrendPoint } from './model';
import { loadTargets } from './service';
import { measured, nameText, prose } from './statement';
import { compareText, measuredTargets } from './targets';

/** As many as tell a trend at a glance; the older ones are in the stored runs. */
const SHOWN = 12;

/**
 * How many of the declared targets were met at each run that measures some, the oldest first: each target by the newest
 * run at that time. Today's targets are held against all runs, so that a change of the targets is no change of the trend.
 * Undefined where nothing is declared that a run could meet.
 */
export function trendOf(runs: readonly Run[], config: PerformanceConfig): Trend | undefined {
  if (config.requirements.length === 0 && config.budgets.length === 0) return undefined;
  const completed = runs.filter(({ status }) => status === 'completed').sort((a, b) => compareText(a.id, b.id));
  const measuring = completed.flatMap((run, i) => (outcomesOf([run], config).length > 0 ? [{ run, until: completed.slice(0, i + 1) }] : []));
  const points = measuring.slice(-SHOWN).map(({ run, until }) => pointOf(run, outcomesOf(until, config)));
  return { summary: summaryOf(points, measuring.length), points };
}

/** Of each target that was measured, whether it was met by its newest measurement. */
function outcomesOf(runs: readonly Run[], config: PerformanceConfig): readonly boolean[] {
  return [...measuredTargets(runs, config).map(({ missed }) => !missed), ...loadTargets(runs, config)];
}

function pointOf({ id, startedAt, driver }: Run, outcomes: readonly boolean[]): TrendPoint {
  const met = outcomes.filter((isMet) => isMet).length;
  const statement: Statement = [
    prose(`${startedAt.slice(0, 10)} ${startedAt.slice(11, 16)} UTC, ${nameText(driver.label)}: `),
    measured(`${formatCount(met)} of ${targets(outcomes.length)} met`, id),
  ];
  return { statement, met, of: outcomes.length };
}

function summaryOf(points: readonly TrendPoint[], all: number): Answer {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) {
    return { statements: [], open: { why: 'No run has measured any of the declared targets.', action: { kind: 'runBenchmark', label: 'Run a benchmark' } } };
  }
  const left = all > points.length ? [[prose(`${formatCount(all - points.length)} older runs are not listed.`)]] : [];
  if (points.length === 1) {
    return { statements: left, open: { why: 'One run has measured the targets. A trend needs a second one.', action: { kind: 'runBenchmark', label: 'Run a benchmark' } } };
  }
  return { statements: [[prose(`${changeText(first, last)} Today's targets are held against all runs.`)], ...left] };
}

/** Of numbers of targets that differ nothing is said but the numbers. */
function changeText(first: TrendPoint, last: TrendPoint): string {
  if (first.of !== last.of) return `The first run listed had measured ${targets(first.of)}, the newest ${targets(last.of)}.`;
  const change = last.met - first.met;
  if (change === 0) return 'As many targets are met as at the first run listed.';
  return `${targets(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'} ${Math.abs(change) === 1 ? 'is' : 'are'} met than at the first run listed.`;
}

const targets = (count: number): string => `${formatCount(count)} ${count === 1 ? 'target' : 'targets'}`;
