import { performance } from 'node:perf_hooks';
import { formatCount, formatDuration } from '../../core/format';
import type { SyntheticTable } from '../../core/proof';
import { Rows } from '../data/rows';
import type { TableRecipe } from '../data/recipe';
import type { ScratchEngine } from '../engines/engine';
import type { BuildStep, ProofPlan } from '../plan/plan';
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
 * only the time for loading bounds it.
 */
export async function buildScratch(plan: ProofPlan, engine: ScratchEngine, report: Report): Promise<Scratch> {
  const notes: string[] = [];
  report('building the schema');
  for (const step of plan.build) await runStep(step, engine, notes);
  const rows = new Rows(plan.tables, plan.seed);
  const tables: SyntheticTable[] = [];
  const began = performance.now();
  for (const recipe of parentsFirst(plan.tables)) {
    const left = Math.max(500, plan.limits.loadMs - (performance.now() - began));
    const { loaded, problem } = await fill(recipe, rows, engine, left, report);
    rows.setRows(recipe.name, loaded);
    if (problem !== undefined) notes.push(`${recipe.name} has only ${formatCount(loaded)} rows, because the database refused more: ${problem}.`);
    const late = loaded < recipe.rows && problem === undefined ? `loading was stopped after ${formatDuration(plan.limits.loadMs)}` : undefined;
    const capped = late ?? problem ?? recipe.capped;
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

async function fill(recipe: TableRecipe, rows: Rows, engine: ScratchEngine, limitMs: number, report: Report): Promise<{ loaded: number; problem?: string }> {
  const deadline = performance.now() + limitMs;
  let loaded = 0;
  while (loaded < recipe.rows && (loaded === 0 || performance.now() < deadline)) {
    report(`generating ${recipe.name}: ${formatCount(loaded)} of ${formatCount(recipe.rows)} rows`);
    const batch = Array.from({ length: Math.min(BATCH, recipe.rows - loaded) }, (_, i) => rows.row(recipe.name, loaded + i));
    try {
      await engine.load(recipe, batch);
    } catch (error) {
      return { loaded, problem: messageOf(error) };
    }
    loaded += batch.length;
  }
  return { loaded };
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
