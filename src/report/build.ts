import type { PerformanceConfig } from '../core/config';
import type { Run } from '../core/evidence';
import type { Failure } from '../core/failures';
import type { Finding } from '../core/finding';
import type { RuleMeta } from '../core/rule';
import { analyse } from './analysis';
import { conflictsOf, risksOf } from './consequences';
import { type FunctionLookup, indexEvidence } from './evidenceIndex';
import type { Recommendation, Report } from './model';
import { rankFindings } from './rank';
import { groupAlike, toDeferred, toRecommendation } from './recommendation';
import { clean } from './statement';

export interface ReportInput {
  readonly findings: readonly Finding[];
  readonly rules: ReadonlyMap<string, RuleMeta>;
  readonly runs: readonly Run[];
  readonly config: PerformanceConfig;
  /** The functions as they are now: figures of a function that was edited since do not count. */
  readonly functionOf: FunctionLookup;
  readonly failures: readonly Failure[];
  readonly workspaceName: string;
  readonly now: Date;
}

/** The whole report. Pure: the same input gives the same report. */
export function buildReport(input: ReportInput): Report {
  const { config, runs } = input;
  const evidence = indexEvidence(runs, config, input.functionOf);
  const { judged, failures } = rankFindings(input.findings, input.rules, evidence, config);
  const groups = groupAlike(judged);
  const withPriority = (priority: Recommendation['priority']): readonly Recommendation[] =>
    groups.filter(([first]) => first.judgement.priority === priority).map(group => toRecommendation(group, priority, runs));
  const recommendations = { high: withPriority('high'), medium: withPriority('medium'), low: withPriority('low') };
  const chosen = judged.filter(({ judgement }) => judgement.priority !== 'deferred');
  return {
    version: 1,
    workspace: clean(input.workspaceName),
    generatedAt: input.now.toISOString(),
    analysis: analyse({ runs, config, evidence, functionOf: input.functionOf, judged }),
    recommendations,
    deferred: groups.filter(([first]) => first.judgement.priority === 'deferred').map(toDeferred),
    risks: risksOf(chosen),
    conflicts: conflictsOf(chosen),
    failures: [...input.failures, ...failures],
  };
}
