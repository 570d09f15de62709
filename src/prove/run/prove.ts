import { median } from 'simple-statistics';
import { FailureError } from '../../core/failures';
import type { CandidateProof, ChangeCost, Proof } from '../../core/proof';
import { proofFailures } from '../../core/proofFailures';
import type { ScratchEngine } from '../engines/engine';
import type { PlannedCandidate, PreparedQuery, ProofPlan } from '../plan/plan';
import { bind, withValues } from './binding';
import { choices, type Choice } from './choices';
import type { Report } from './messages';
import { judge } from './outcome';
import { buildScratch, messageOf, type Scratch } from './scratch';
import { measureBaseline, runTrial, type TrialContext } from './trial';

/** Carries a plan out in a database of our own. The engine stays open. Throws FailureError. */
export async function proveInScratch(plan: ProofPlan, engine: ScratchEngine, report: Report): Promise<Proof> {
  const scratch = await buildScratch(plan, engine, report);
  report('planning the query');
  const { query, notes } = await firstThatPlans(plan, engine, scratch);
  const context: TrialContext = { engine, rows: scratch.rows, types: await typesOf(query, engine) };
  const sets = choices(query, scratch.rows, plan.seed);
  const candidates: CandidateProof[] = [];
  for (const candidate of plan.candidates) {
    report(`trying: ${candidate.title}`);
    candidates.push(await proveCandidate(candidate, query, sets, context, plan, scratch.tables));
  }
  const baseline: Proof['baseline'][number][] = [];
  if (candidates.every(({ trials }) => trials.length === 0)) {
    report('running the query');
    for (const choice of sets.filter(({ kind }) => kind !== 'fragment')) {
      const measurement = await measureBaseline(query, choice, context);
      baseline.push({ parameters: { kind: choice.kind, values: bind(query, choice, scratch.rows, context.types) }, measurement });
    }
  }
  return {
    subject: plan.subject,
    engine: { name: plan.engine, version: engine.version },
    data: { kind: 'synthetic', seed: plan.seed, tables: scratch.tables },
    sql: query.sql,
    baseline,
    candidates,
    notes: [...plan.notes, ...scratch.notes, ...notes],
  };
}

/** The query, or its simpler form where the engine does not know what the first one uses. */
async function firstThatPlans(plan: ProofPlan, engine: ScratchEngine, { rows }: Scratch): Promise<{ query: PreparedQuery; notes: string[] }> {
  const problems: string[] = [];
  for (const query of plan.queries) {
    try {
      const [choice] = choices(query, rows, plan.seed);
      await engine.explain(withValues(query, bind(query, choice!, rows, await typesOf(query, engine))), 'before', false);
      const notes = problems.map((problem) => `The query as it is written does not run here (${problem}); the same search in a plain form stands in for it.`);
      return { query, notes };
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  throw new FailureError(proofFailures.planFailed(plan.subject.file, problems[0]));
}

async function typesOf(query: PreparedQuery, engine: ScratchEngine): Promise<readonly string[]> {
  if (query.parameters.every(({ kind }) => kind !== 'unknown')) return [];
  // Where the database cannot infer them, a text will do.
  return engine.parameterTypes(query.sql).catch(() => []);
}

async function proveCandidate(candidate: PlannedCandidate, query: PreparedQuery, sets: readonly Choice[], context: TrialContext, plan: ProofPlan, tables: Scratch['tables']): Promise<CandidateProof> {
  const { engine } = context;
  const { findings, title, statements, rewritten, semantics } = candidate;
  const shown = { findings, title, statements, ...(rewritten && { rewritten: rewritten.sql }), ...(semantics && { semantics }) };
  try {
    const applied = await engine.apply(candidate);
    const forms = { before: query, after: rewritten ?? query };
    const trials = [];
    const tried = rewritten === undefined ? sets.filter(({ kind }) => kind !== 'fragment') : sets;
    for (const choice of tried) trials.push(await runTrial(forms, choice, context, plan.limits.measureMs / tried.length));
    const cost = { ...applied, ...(await writeCost(candidate, context, plan)) };
    return { ...shown, ...judge(trials, tables), trials, cost };
  } catch (error) {
    return { ...shown, outcome: 'failed', reason: `It could not be tried: ${messageOf(error)}.`, trials: [] };
  } finally {
    await engine.remove(candidate);
  }
}

const INSERTED_ROWS = 2_000;
const INSERT_PAIRS = 5;

/** What inserts cost with the candidate in place, as a ratio: new rows behind the last one, undone each time. */
async function writeCost(candidate: PlannedCandidate, { engine, rows }: TrialContext, plan: ProofPlan): Promise<Pick<ChangeCost, 'insertRatio' | 'insertedRows'>> {
  const table = plan.tables.find(({ name }) => name === candidate.table);
  if (table === undefined) return {};
  const size = rows.rowsOf(table.name);
  const insertedRows = Math.min(INSERTED_ROWS, Math.max(1, Math.floor(size / 20)));
  const added = Array.from({ length: insertedRows }, (_, i) => rows.row(table.name, size + i));
  const samples = { before: [] as number[], after: [] as number[] };
  try {
    for (let pair = 0; pair < INSERT_PAIRS; pair++) {
      for (const variant of ['before', 'after'] as const) {
        const ms = await engine.insertMs(candidate, added, table, variant);
        if (ms === undefined) return {};
        samples[variant].push(ms);
      }
    }
  } catch {
    // A key of the table admits no further rows; what inserts cost is then not known.
    return {};
  }
  return { insertRatio: median(samples.after) / median(samples.before), insertedRows };
}
