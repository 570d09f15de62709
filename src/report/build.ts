import type { PerformanceConfig } from '../core/config';
import type { Run } from '../core/evidence';
import type { FileFacts, QueryFact } from '../core/facts';
import type { Failure } from '../core/failures';
import type { Finding } from '../core/finding';
import type { LinterSetup } from '../core/linter';
import type { Proposal } from '../core/proposal';
import type { AdvisedRule } from '../core/rule';
import type { Schema } from '../core/workspaceView';
import { analyse } from './analysis';
import { conflictsOf, risksOf } from './consequences';
import { type EvidenceIndex, type FunctionLookup, indexEvidence } from './evidenceIndex';
import { metricsOf } from './metrics/metrics';
import type { Recommendation, Report } from './model';
import { NO_PROPOSALS, type ProposalLookup, rankable, type RankedProposals } from './proposals';
import { rankFindings } from './rank';
import { groupAlike, type Known, toDeferred, toRecommendation } from './recommendation';
import { scalabilityOf } from './scalability/scalability';
import { clean } from './statement';
import { trendOf } from './trend';

export interface ReportInput {
  readonly findings: readonly Finding[];
  readonly rules: ReadonlyMap<string, AdvisedRule>;
  readonly runs: readonly Run[];
  readonly config: PerformanceConfig;
  /** The functions as they are now: figures of a function that was edited since do not count. */
  readonly functionOf: FunctionLookup;
  readonly failures: readonly Failure[];
  readonly workspaceName: string;
  readonly now: Date;
  /** Whether a query planner can be asked about a finding's advice. */
  readonly canProve: (finding: Finding) => boolean;
  readonly workspace: WorkspaceFacts;
  /** The advisor's recommendations, ranked among the findings. */
  readonly proposals?: { readonly list: readonly Proposal[]; readonly lookup: ProposalLookup };
}

/** What the code says as a whole, beside its findings. */
export interface WorkspaceFacts {
  readonly facts: readonly FileFacts[];
  /** Every query in tables and columns, an ORM's too where its models are known. Asked for only where a scale is declared. */
  readonly queries: () => readonly QueryFact[];
  /** Tables of models that are related, whose rows the code may read along without a join. */
  readonly relations: () => readonly (readonly [string, string])[];
  readonly schema: Schema;
  /** The linters that files of the workspace configure. */
  readonly linters: readonly LinterSetup[];
  /** The packages that it depends on or imports; Python's in lower case. */
  readonly packages: ReadonlySet<string>;
}

/** Findings and proposals in one order, with what could not be ranked. */
export interface Ranking extends ReturnType<typeof rankFindings<AdvisedRule>> {
  readonly evidence: EvidenceIndex;
  readonly proposals: RankedProposals;
}

/** The ranking behind the report. Pure. */
export function rankAll(input: Omit<ReportInput, 'failures' | 'workspaceName' | 'now' | 'canProve' | 'workspace'>): Ranking {
  const { config, runs, findings, rules } = input;
  const evidence = indexEvidence(runs, config, input.functionOf);
  const proposals = input.proposals ? rankable(input.proposals.list, input.proposals.lookup, config, runs) : NO_PROPOSALS;
  const ranked = rankFindings([...findings, ...proposals.findings], new Map([...rules, ...proposals.rules]), evidence, config);
  return { ...ranked, failures: [...ranked.failures, ...proposals.failures], evidence, proposals };
}

/** The whole report. Pure: the same input gives the same report. */
export function buildReport(input: ReportInput): Report {
  const { config, runs } = input;
  const { judged, failures, evidence, proposals } = rankAll(input);
  const groups = groupAlike(judged);
  const known: Known = { canProve: input.canProve, marks: proposals.marks };
  const withPriority = (priority: Recommendation['priority']): readonly Recommendation[] =>
    groups.filter(([first]) => first.judgement.priority === priority).map(group => toRecommendation(group, priority, runs, known));
  const recommendations = { high: withPriority('high'), medium: withPriority('medium'), low: withPriority('low') };
  const chosen = judged.filter(({ judgement }) => judgement.priority !== 'deferred');
  const scalability = scalabilityOf({ config, evidence, judged, ...input.workspace });
  const trend = trendOf(runs, config);
  const metrics = metricsOf({ config, judged, packages: input.workspace.packages });
  return {
    version: 1,
    workspace: clean(input.workspaceName),
    generatedAt: input.now.toISOString(),
    analysis: analyse({ runs, config, evidence, functionOf: input.functionOf, judged }),
    recommendations,
    deferred: groups.filter(([first]) => first.judgement.priority === 'deferred').map(group => toDeferred(group, known)),
    risks: risksOf(chosen),
    conflicts: conflictsOf(chosen, input.workspace.linters),
    ...(scalability && { scalability }),
    ...(metrics && { metrics }),
    ...(trend && { trend }),
    failures: [...input.failures, ...failures],
  };
}
