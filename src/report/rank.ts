import type { PerformanceConfig } from '../core/config';
import { type Failure, failures as makeFailure } from '../core/failures';
import type { Finding } from '../core/finding';
import type { RuleMeta } from '../core/rule';
import type { EvidenceIndex } from './evidenceIndex';
import type { Judged } from './judgement';
import { compareJudged, prioritise } from './priority';

/**
 * Judges and sorts findings, most urgent first. A rule that is switched off is left out; a finding whose rule
 * has no cost model (an expired suppression) comes back as a failure, so that none vanishes.
 */
export function rankFindings<Meta extends RuleMeta>(
  findings: readonly Finding[],
  rules: ReadonlyMap<string, Meta>,
  evidence: EvidenceIndex,
  config: PerformanceConfig,
): { readonly judged: readonly Judged<Meta>[]; readonly failures: readonly Failure[] } {
  const judged: Judged<Meta>[] = [];
  const failures: Failure[] = [];
  for (const finding of findings) {
    if (config.rules[finding.rule] === 'off') continue;
    const meta = rules.get(finding.rule);
    if (meta === undefined) {
      failures.push(makeFailure.unrankedFinding(finding.file, finding.rule, finding.message));
    } else {
      judged.push({ finding, meta, judgement: prioritise(finding, { meta, evidence, config }) });
    }
  }
  return { judged: judged.sort(compareJudged), failures };
}
