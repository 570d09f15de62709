import type { PerformanceConfig } from '../core/config';
import type { Run } from '../core/evidence';
import type { FunctionFact } from '../core/facts';
import type { Failure } from '../core/failures';
import type { Finding } from '../core/finding';
import type { Detector } from '../detect/detector';
import { expiredSuppression } from '../detect/suppressed';
import { indexEvidence } from '../report/evidenceIndex';
import type { Judged } from '../report/judgement';
import { rankFindings } from '../report/rank';
import { rules } from '../rules/generated/rules';
import type { Found } from './find';

/** Findings about suppression comments have no cost, so the ranking does not know them. */
const SUPPRESSION_RULE = expiredSuppression.meta.id;

const COSTLY_RULES = new Map(rules.map(({ meta }) => [meta.id, meta]));

/** Everything that was found, most urgent first; what is wrong with suppressions stands at the end. `failures` are the ranking's. */
export function judgeAll({ findings, functions }: Found, runs: readonly Run[], config: PerformanceConfig): { judged: readonly Judged[]; failures: readonly Failure[] } {
  const around = new Map(functions.map(([file, functionName, fact]) => [`${file}\0${functionName}`, fact]));
  const evidence = indexEvidence(runs, config, (file, functionName) => around.get(`${file}\0${functionName}`));
  const costly = findings.filter(({ rule }) => rule !== SUPPRESSION_RULE);
  const ranked = rankFindings(costly, COSTLY_RULES, evidence, config);
  const suppressions = findings.filter(({ rule }) => rule === SUPPRESSION_RULE);
  return {
    judged: [...ranked.judged, ...suppressions.map(judgeSuppression)],
    failures: ranked.failures,
  };
}

export function functionLookup(detector: Detector): (file: string, functionName: string) => FunctionFact | undefined {
  return (file, functionName) => detector.functions(file).find(({ name }) => name === functionName);
}

function judgeSuppression(finding: Finding): Judged {
  const judgement = {
    priority: 'medium',
    evidence: 'estimate',
    reason: 'What was suppressed is to be looked at again.',
    standing: 0,
    score: 0,
    arithmetic: '',
    calculation: [],
  } as const;
  return { finding, meta: expiredSuppression.meta, judgement };
}
