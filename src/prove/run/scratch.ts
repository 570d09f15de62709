import { performance } from 'node:perf_hooks';
import { formatBytes, formatCount, formatDuration } from '../../core/format';
import type { SyntheticTable } from '../../core/proof';
import { Rows } from '../data/rows';
import type { TableRecipe } from '../data/recipe';
import type { ScratchEngine } from '../engines/engine';
import type { BuildStep, ProofLimits, ProofPlan } from '../plan/plan';
import type { Report } from './messages';

/** A database that was built and filled, with what is to be said of it. */
export interface Scratch {
  readonly rows: Rows;
  readonly tables: readonly SyntheticTable[];
  readonly notes: readonly string[];
}

const BATCH = 10_000;

/**
 * Builds the schema and fills it. A statement that fails is told with its file and line, and the rest goes on;
 * the time and the size of loading bound it.
 */
export async function buildScratch(plan: ProofPlan, engine: ScratchEngine, report: Report): Promise<Scratch> {
  const notes: string[] = [];
  report('building the schema');
  for (const step of plan.build) await runStep(step, engine, notes);
  const rows = new Rows(plan.tables, plan.seed);
  const loader = new Loader(plan.limits, rows, engine, report);
  const tables: SyntheticTable[] = [];
  for (const recipe of parentsFirst(plan.tables)) {
    const { loaded, refused, stopped } = await loader.fill(recipe);
    rows.setRows(recipe.name, loaded);
    if (refused !== undefined) notes.push(`${recipe.name} has only ${formatCount(loaded)} rows, because the database refused more: ${refused}.`);
    const capped = refused ?? stopped ?? recipe.capped;
    tables.push({ table: recipe.name, rows: loaded, wanted: recipe.wanted, basis: recipe.basis, ...(capped === undefined ? {} : { capped }) });
  }
  report('building keys and indexes');
  for (const step of plan.finish) await runStep(step, engine, notes);
  await engine.analyse();
  return { rows, tables, notes };
}

async function runStep(step: BuildStep, engine: ScratchEngine, notes: string[]): Promise<void> {
  try {
    await engine.run(step.sql);
  } catch (error) {
    const where = step.file === undefined ? '' : ` (${step.file}:${(step.line ?? 0) + 1})`;
    if (step.fallback === undefined) {
      notes.push(`The ${step.what}${where} could not be built and was left out: ${messageOf(error)}.`);
      return;
    }
    await engine.run(step.fallback.sql).then(
      () => notes.push(step.fallback!.note),
      (second: unknown) => notes.push(`The ${step.what}${where} could not be built and was left out: ${messageOf(second)}.`),
    );
  }
}

/** How a table was filled, and what ended it early. */
interface Filled {
  readonly loaded: number;
  /** The database's own words. */
  readonly refused?: string;
  readonly stopped?: string;
}

const REPORT_EVERY_MS = 500;
/** However late it is, each table gets a batch: a query over an empty table proves nothing. */
const LEAST_MS = 500;

/** Fills one table after the other, within the time and the size for all of them. */
class Loader {
  private readonly began = performance.now();
  private bytes = 0;
  private reported = 0;

  constructor(
    private readonly limits: ProofLimits,
    private readonly rows: Rows,
    private readonly engine: ScratchEngine,
    private readonly report: Report,
  ) {}

  async fill(recipe: TableRecipe): Promise<Filled> {
    const deadline = Math.max(this.began + this.limits.loadMs, performance.now() + LEAST_MS);
    let loaded = 0;
    while (loaded < recipe.rows) {
      const stopped = loaded === 0 ? undefined : this.reasonToStop(deadline);
      if (stopped !== undefined) return { loaded, stopped };
      this.tell(recipe, loaded);
      const batch = Array.from({ length: Math.min(BATCH, recipe.rows - loaded) }, (_, i) => this.rows.row(recipe.name, loaded + i));
      try {
        await this.engine.load(recipe, batch);
      } catch (error) {
        return { loaded, refused: messageOf(error) };
      }
      loaded += batch.length;
      for (const row of batch) for (const value of row) this.bytes += value?.length ?? 1;
    }
    return { loaded };
  }

  private reasonToStop(deadline: number): string | undefined {
    if (performance.now() >= deadline) return `loading was stopped after ${formatDuration(this.limits.loadMs)}`;
    return this.bytes >= this.limits.bytesInAll ? `loading was stopped at ${formatBytes(this.limits.bytesInAll)}` : undefined;
  }

  private tell({ name, rows }: TableRecipe, loaded: number): void {
    if (loaded > 0 && performance.now() - this.reported < REPORT_EVERY_MS) return;
    this.reported = performance.now();
    this.report(`generating ${name}: ${formatCount(loaded)} of ${formatCount(rows)} rows`);
  }
}

/** Tables that others refer to come first, as far as there is a first: in a circle, any order does. */
function parentsFirst(tables: readonly TableRecipe[]): TableRecipe[] {
  const ordered: TableRecipe[] = [];
  const entered = new Set<string>();
  const visit = (table: TableRecipe): void => {
    if (entered.has(table.name)) return;
    entered.add(table.name);
    for (const { draw } of table.columns) {
      const parent = draw.kind === 'reference' ? tables.find(({ name }) => name === draw.table) : undefined;
      if (parent !== undefined) visit(parent);
    }
    ordered.push(table);
  };
  tables.forEach(visit);
  return ordered;
}

/** The first line of a database's message, without its full stop. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0]!.replace(/\.$/, '');
