import { performance } from 'node:perf_hooks';
import { median } from 'simple-statistics';
import type { PlanMeasurement, Trial } from '../../core/proof';
import { compare } from '../../evidence/compare';
import type { Rows } from '../data/rows';
import type { Explained, ScratchEngine, Variant } from '../engines/engine';
import type { PreparedQuery } from '../plan/plan';
import { bind, withValues } from './binding';
import type { Choice } from './choices';

/** Enough for an interval of the median; fewer only where a run takes long. */
const PAIRS = 12;
const BASELINE_RUNS = 5;

/** A query in the two forms that are compared; one where it does not change. */
export interface Forms {
  readonly before: PreparedQuery;
  readonly after: PreparedQuery;
}

export interface TrialContext {
  readonly engine: ScratchEngine;
  readonly rows: Rows;
  /** The types of the placeholders. */
  readonly types: readonly string[];
}

/** The query as it is: its plan with the time of each node, and a few runs without that overhead. */
export async function measureBaseline(query: PreparedQuery, choice: Choice, { engine, rows, types }: TrialContext): Promise<PlanMeasurement> {
  const sql = withValues(query, bind(query, choice, rows, types));
  const detailed = await engine.explain(sql, 'before', true);
  const samples: number[] = [];
  for (let i = 0; i < BASELINE_RUNS; i++) samples.push(timeOf(await engine.explain(sql, 'before', false)));
  return measurementOf(detailed, samples);
}

/**
 * Before and after in turns, A B A B, so that whatever else the machine does meets both. Stops early where the
 * budget (milliseconds) is used up; then there may be too few pairs for an interval.
 */
export async function runTrial(forms: Forms, choice: Choice, context: TrialContext, budgetMs: number): Promise<Trial> {
  const { engine, rows, types } = context;
  const values = bind(forms.before, choice, rows, types);
  const sql: Record<Variant, string> = {
    before: withValues(forms.before, values),
    after: withValues(forms.after, bind(forms.after, choice, rows, types)),
  };
  const deadline = performance.now() + budgetMs;
  const detailed = { before: await engine.explain(sql.before, 'before', true), after: await engine.explain(sql.after, 'after', true) };
  const samples: Record<Variant, number[]> = { before: [], after: [] };
  for (let pair = 0; pair < PAIRS && (pair < 2 || performance.now() < deadline); pair++) {
    samples.before.push(timeOf(await engine.explain(sql.before, 'before', false)));
    samples.after.push(timeOf(await engine.explain(sql.after, 'after', false)));
  }
  const compared = compare(samples.before, samples.after);
  return {
    parameters: { kind: choice.kind, values },
    before: measurementOf(detailed.before, samples.before),
    after: measurementOf(detailed.after, samples.after),
    ratio: median(samples.after) / median(samples.before),
    ...(compared.verdict === 'too-few-samples' ? {} : { interval: compared.interval }),
    basis: 'time',
    ...(forms.before === forms.after ? {} : { matches: await matches(sql, engine) }),
  };
}

/** How many rows each form finds without its limit: a rewritten search may mean something else. */
async function matches(sql: Record<Variant, string>, engine: ScratchEngine): Promise<NonNullable<Trial['matches']>> {
  return { before: await engine.count(withoutLimit(sql.before), 'before'), after: await engine.count(withoutLimit(sql.after), 'after') };
}

/** A LIMIT at the end, with its OFFSET; one inside a subquery stays. */
function withoutLimit(sql: string): string {
  return sql.replace(/\s+LIMIT\s+\S+(?:\s+OFFSET\s+\S+)?\s*$/i, '');
}

const timeOf = ({ ms }: Explained): number => ms ?? NaN;

function measurementOf({ plan, pages, cost, rows }: Explained, samples: readonly number[]): PlanMeasurement {
  return { plan, samples, medianMs: median([...samples]), pages, cost, rows };
}
