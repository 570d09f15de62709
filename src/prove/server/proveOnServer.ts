import { median } from 'simple-statistics';
import { FailureError } from '../../core/failures';
import type { CandidateProof, ParameterSet, PlanMeasurement, Proof } from '../../core/proof';
import { proofFailures } from '../../core/proofFailures';
import { loadSqlParser } from '../../syntax/sql/parser';
import { readPostgresPlan, type PostgresPlan } from '../engines/postgresPlan';
import { quoteText } from '../plan/names';
import type { PlannedCandidate, PreparedQuery, ProofPlan } from '../plan/plan';
import type { Report } from '../run/messages';
import { judge } from '../run/outcome';
import { objectionOf, type Query } from './catalogue';
import { inspect } from './selectOnly';
import { openSession } from './session';
import { valuesFromStatistics } from './statisticsValues';

/** Few: it is somebody's database. */
const RUNS = 3;
const PREPARED = 'performance_engineer';

/**
 * Explains a query on the user's own server: planned for any value of its placeholders, and only where the plan asks
 * for it and nothing speaks against it, run. Indexes are tried as hypothetical ones where hypopg is installed; nothing
 * is ever built or changed. `onOpen` is given what cancels the statement on the server. Throws FailureError.
 */
export async function proveOnServer(plan: ProofPlan, connection: string | undefined, report: Report, onOpen: (cancel: () => Promise<void>) => void): Promise<Proof> {
  if (connection === undefined || connection === '') throw new FailureError(proofFailures.noConnection());
  await loadSqlParser();
  const [query] = plan.queries;
  const inspection = inspect(query!.sql);
  if (inspection.kind === 'refused') throw new FailureError(proofFailures.statementRefused(inspection.why));
  report('connecting');
  const session = await openSession(connection, { statementMs: plan.limits.statementMs }, plan.subject.file);
  onOpen(session.cancel);
  try {
    const server = new Server(session.query);
    report('planning the query');
    const planned = await server.plan(query!);
    const notes = [...plan.notes];
    const measured = plan.analyse ? await run(query!, planned, plan, server, session.query, report) : { parameters: GENERIC, measurement: planned };
    report('trying hypothetical indexes');
    const candidates = await tryCandidates(plan.candidates, query!, planned, server);
    return {
      subject: plan.subject,
      engine: { name: 'postgres', version: session.version },
      data: { kind: 'own', ran: plan.analyse },
      sql: query!.sql,
      baseline: [measured],
      candidates,
      notes,
    };
  } finally {
    await session.close();
  }
}

const GENERIC: ParameterSet = { kind: 'generic', values: [] };

/** Runs the query a few times. Values come from the server's statistics and are kept nowhere. */
async function run(query: PreparedQuery, planned: PlanMeasurement, plan: ProofPlan, server: Server, ask: Query, report: Report): Promise<Proof['baseline'][number]> {
  const inspection = inspect(query.sql);
  const why = inspection.kind === 'refused' ? inspection.why : await objectionOf(inspection.called, ask);
  if (why !== undefined) throw new FailureError(proofFailures.statementRefused(why));
  const values = await valuesFromStatistics(query, ask);
  if (values === undefined) throw new FailureError(proofFailures.planFailed(plan.subject.file, 'the server has no statistics from which to take a value for each placeholder'));
  report('running the query in a read-only transaction');
  const runs: PlanMeasurement[] = [];
  for (let i = 0; i < RUNS; i++) runs.push(await server.run(query, values));
  const samples = runs.flatMap((each) => each.samples);
  return { parameters: { kind: 'generic', values: [] }, measurement: { ...runs.at(-1)!, samples, medianMs: median(samples), cost: planned.cost } };
}

async function tryCandidates(candidates: readonly PlannedCandidate[], query: PreparedQuery, before: PlanMeasurement, server: Server): Promise<CandidateProof[]> {
  if (candidates.length === 0) return [];
  const hypopg = await server.schemaOf('hypopg');
  const results: CandidateProof[] = [];
  for (const { findings, title, statements, rewritten, semantics, altersTable } of candidates) {
    const shown = { findings, title, statements, ...(rewritten && { rewritten: rewritten.sql }), ...(semantics && { semantics }) };
    const index = statements.find((statement) => /^create\s+(?:unique\s+)?index\b/i.test(statement));
    if (hypopg === undefined || altersTable || rewritten !== undefined || index === undefined) {
      const reason =
        hypopg === undefined
          ? 'The extension hypopg is not installed in this database, so an index cannot be tried without building it. Prove it on synthetic rows instead.'
          : 'It changes the table or the query, which is not tried on your own data. Prove it on synthetic rows instead.';
      results.push({ ...shown, outcome: 'undecided', reason, trials: [] });
      continue;
    }
    results.push({ ...shown, ...(await server.withHypotheticalIndex(hypopg, index, async () => server.plan(query)).then((after) => judged(before, after), failed)) });
  }
  return results;
}

function judged(before: PlanMeasurement, after: PlanMeasurement): Pick<CandidateProof, 'outcome' | 'reason' | 'trials'> {
  const trials = [{ parameters: GENERIC, before, after, ratio: (after.cost ?? NaN) / (before.cost ?? NaN), basis: 'cost' as const }];
  return { ...judge(trials), trials };
}

function failed(error: unknown): Pick<CandidateProof, 'outcome' | 'reason' | 'trials'> {
  return { outcome: 'failed', reason: `It could not be tried: ${error instanceof Error ? error.message : String(error)}`, trials: [] };
}

/** The statements that are sent for one query. */
class Server {
  private savepoints = 0;

  constructor(private readonly query: Query) {}

  /** The plan for any value of the placeholders: it shows "$1" where a value would stand, so that none is kept. */
  async plan(query: PreparedQuery): Promise<PlanMeasurement> {
    const { plan, cost } = await this.explain(query, 'FORMAT JSON', query.parameters.map(() => 'NULL'));
    return { plan, cost, samples: [] };
  }

  async run(query: PreparedQuery, values: readonly string[]): Promise<PlanMeasurement> {
    const { plan, ms, rows, pages, cost } = await this.explain(query, 'ANALYZE, BUFFERS, FORMAT JSON', values.map(quoteText));
    return { plan, samples: ms === undefined ? [] : [ms], rows, pages, cost };
  }

  async schemaOf(extension: string): Promise<string | undefined> {
    const [row] = await this.query<{ schema: string }>('SELECT n.nspname AS schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = $1', [extension]);
    return row?.schema;
  }

  /** The index exists for this session's planner alone, and only while `work` is done. */
  async withHypotheticalIndex<Result>(schema: string, index: string, work: () => Promise<Result>): Promise<Result> {
    const called = `"${schema.replace(/"/g, '""')}"`;
    const savepoint = `performance_engineer_${++this.savepoints}`;
    await this.query(`SAVEPOINT ${savepoint}`);
    try {
      await this.query(`SELECT ${called}.hypopg_create_index($1)`, [index]);
      return await work();
    } finally {
      // An error leaves the transaction to be rolled back as far as here.
      await this.query(`ROLLBACK TO SAVEPOINT ${savepoint}`);
      await this.query(`SELECT ${called}.hypopg_reset()`);
    }
  }

  private async explain({ sql, parameters }: PreparedQuery, options: string, values: readonly string[]) {
    if (parameters.length === 0) return this.read(`EXPLAIN (${options}) ${sql}`);
    await this.query('SET LOCAL plan_cache_mode = force_generic_plan');
    await this.query(`PREPARE ${PREPARED} AS ${sql}`);
    try {
      return await this.read(`EXPLAIN (${options}) EXECUTE ${PREPARED} (${values.join(', ')})`);
    } finally {
      // In a transaction that an error has ended, this fails too, and the session ends with it.
      await this.query(`DEALLOCATE ${PREPARED}`).catch(() => undefined);
    }
  }

  private async read(statement: string) {
    const [row] = await this.query<{ 'QUERY PLAN': readonly PostgresPlan[] }>(statement);
    return readPostgresPlan(row!['QUERY PLAN'][0]!);
  }
}
