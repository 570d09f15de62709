import type { PerformanceConfig } from '../core/config';
import type { Run } from '../core/evidence';
import type { FunctionFact } from '../core/facts';
import type { Failure } from '../core/failures';
import type { Finding } from '../core/finding';
import type { RuleMeta } from '../core/rule';
import type { Detector } from '../detect/detector';
import { indexEvidence } from '../report/evidenceIndex';
import type { Judged } from '../report/judgement';
import { rankFindings } from '../report/rank';

/** Findings about suppression comments have no cost, so the ranking does not know them. */
const SUPPRESSION_RULE = 'expired-suppression';

/** Everything that the detector finds, most urgent first; what is wrong with suppressions stands at the end. */
export function judgeAll(detector: Detector, runs: readonly Run[], config: PerformanceConfig): { judged: readonly Judged[]; failures: readonly Failure[] } {
  const { findings, failures } = detector.check();
  const evidence = indexEvidence(runs, config, functionLookup(detector));
  const costly = findings.filter(({ rule }) => rule !== SUPPRESSION_RULE);
  const ranked = rankFindings(costly, costlyRules(detector), evidence, config);
  const suppressions = findings.filter(({ rule }) => rule === SUPPRESSION_RULE);
  const { meta } = detector.rules.get(SUPPRESSION_RULE)!;
  return {
    judged: [...ranked.judged, ...suppressions.map((finding) => judgeSuppression(finding, meta))],
    failures: [...failures, ...ranked.failures],
  };
}

/** The rules of the catalogue, by id. */
export function costlyRules(detector: Detector): ReadonlyMap<string, RuleMeta> {
  const entries = [...detector.rules].map(([id, { meta }]): [string, RuleMeta] => [id, meta]);
  return new Map(entries.filter(([id]) => id !== SUPPRESSION_RULE));
}

export function functionLookup(detector: Detector): (file: string, functionName: string) => FunctionFact | undefined {
  return (file, functionName) => detector.functions(file).find(({ name }) => name === functionName);
}

function judgeSuppression(finding: Finding, meta: RuleMeta): Judged {
  const judgement = {
    priority: 'medium',
    evidence: 'estimate',
    reason: 'What was suppressed is to be looked at again.',
    standing: 0,
    score: 0,
    arithmetic: '',
    calculation: [],
  } as const;
  return { finding, meta, judgement };
}
