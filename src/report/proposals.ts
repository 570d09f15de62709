import type { PerformanceConfig } from '../core/config';
import type { Run } from '../core/evidence';
import type { FunctionFact } from '../core/facts';
import { type Failure, failures } from '../core/failures';
import type { Finding, Heat } from '../core/finding';
import { ruleLanguageOf } from '../core/language';
import type { GrowthClass, Proposal } from '../core/proposal';
import type { AdvisedRule, Cost, CostModel, CostUnit } from '../core/rule';
import type { ProposalMark } from './model';

/** What the workspace says about the function of a proposal; undefined where the function is gone. */
export type ProposalLookup = (
  file: string,
  functionName: string,
) => { readonly fact: FunctionFact; readonly heat: { readonly heat: Heat; readonly reason: string } } | undefined;

/** Proposals in the form in which findings are ranked. */
export interface RankedProposals {
  readonly findings: readonly Finding[];
  readonly rules: readonly (readonly [string, AdvisedRule])[];
  /** By the id of the finding, which is that of the proposal. */
  readonly marks: ReadonlyMap<string, ProposalMark>;
  readonly failures: readonly Failure[];
}

export const NO_PROPOSALS: RankedProposals = { findings: [], rules: [], marks: new Map(), failures: [] };

const GROWTH: Readonly<Record<GrowthClass, (n: number) => number>> = {
  'O(1)': () => 1,
  'O(log n)': (n) => Math.max(1, Math.ceil(Math.log2(Math.max(n, 1)))),
  'O(n)': (n) => n,
  'O(n log n)': (n) => n * Math.max(1, Math.ceil(Math.log2(Math.max(n, 1)))),
  'O(n^2)': (n) => n * n,
};

/** The orders of magnitude that the rules use for these units. */
const MILLISECONDS: Readonly<Record<CostUnit, number>> = {
  queries: 1, 'round trips': 1, comparisons: 1e-5, 'copied elements': 5e-6, 'rows read': 5e-4, 'bytes in memory': 1e-6, calls: 1e-4, seconds: 1_000,
};

const ASSUMED_SIZE = 100;

/** Makes findings of proposals: the same cost model at the same scale, judged by the same measurements. */
export function rankable(proposals: readonly Proposal[], lookup: ProposalLookup, config: PerformanceConfig, runs: readonly Run[]): RankedProposals {
  const known = proposals.flatMap((proposal) => {
    const place = lookup(proposal.file, proposal.functionName);
    return place === undefined ? [] : [{ proposal, ...place, meta: metaOf(proposal) }];
  });
  const gone = proposals.filter(({ file, functionName }) => lookup(file, functionName) === undefined);
  return {
    findings: known.map(({ proposal, fact, heat, meta }) => findingOf(proposal, fact, heat, costOf(proposal, meta.cost, config))),
    rules: known.map(({ proposal, meta }) => [proposal.id, meta] as const),
    marks: new Map(known.map(({ proposal, fact }) => [proposal.id, markOf(proposal, fact, runs)])),
    failures: gone.map(({ id, file, functionName }) => failures.proposalOutdated(id, file, functionName)),
  };
}

/** A proposal is validated by a run after it that has measured the changed function. */
function markOf({ model, createdAt, functionHash, file, functionName }: Proposal, fact: FunctionFact, runs: readonly Run[]): ProposalMark {
  const run = runs.findLast(
    (each) =>
      each.status === 'completed' &&
      each.startedAt > createdAt &&
      measuredHashes(each, file, functionName).some((hash) => hash !== functionHash),
  );
  const state = run !== undefined ? 'validated' : fact.hash === functionHash ? 'not validated' : 'changed';
  return { model, createdAt, state, ...(run && { runId: run.id }) };
}

function measuredHashes({ functions, target }: Run, file: string, functionName: string): string[] {
  const costs = functions.filter((cost) => cost.file === file && cost.functionName === functionName);
  const hashes = [...costs.map(({ hash }) => hash), target?.file === file && target.functionName === functionName ? target.hash : undefined];
  return hashes.filter((hash) => hash !== undefined && hash !== '') as string[];
}

function costOf({ size }: Proposal, model: CostModel, { scale }: PerformanceConfig): Cost {
  const declared = size && (find(scale.collections, size.name) ?? find(scale.tables, size.name)?.rows);
  const n = declared ?? model.assumedSize;
  return { unit: model.unit, variable: model.variable, n, basis: declared === undefined ? 'assumed' : 'declared', now: model.now(n), after: model.after(n) };
}

function find<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.entries(table).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function findingOf(proposal: Proposal, { nameRange, name }: FunctionFact, heat: Finding['heat'], cost: Cost): Finding {
  return {
    id: proposal.id,
    rule: proposal.id,
    file: proposal.file,
    language: ruleLanguageOf(proposal.file) ?? 'typescript',
    range: nameRange,
    functionName: name,
    message: proposal.why,
    hint: '',
    cost,
    confidence: 'likely',
    heat,
    related: [],
    fixes: [],
  };
}

function metaOf(proposal: Proposal): AdvisedRule {
  const { id, title, resource, decision, why, technique, tradeoffs, effortMinutes, validation, growth, unit, size } = proposal;
  return {
    id,
    title,
    family: resource === 'database' ? 'database' : resource === 'cpu' ? 'algorithm' : 'I/O',
    resource,
    decision,
    languages: [],
    fix: 'none',
    complexity: growth,
    cost: {
      unit,
      variable: size?.name ?? 'n',
      assumedSize: ASSUMED_SIZE,
      now: GROWTH[growth.now],
      after: GROWTH[growth.after],
      millisecondsPerUnit: MILLISECONDS[unit],
    },
    why,
    technique,
    tradeoffs,
    effortMinutes,
    validation,
    conflicts: [],
    whenNot: '',
    examples: {},
    links: [],
  };
}
