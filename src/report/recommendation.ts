import type { Run } from '../core/evidence';
import { formatCount } from '../core/format';
import type { Finding } from '../core/finding';
import type { AdvisedRule, RuleMeta } from '../core/rule';
import { boundOf, costAfter, costNow, shareFigure, targetFigures } from './arithmetic';
import { validationOf } from './comparisons';
import { complexityOf } from './growth';
import type { Judged } from './judgement';
import type { Deferred, Fields, Item, Place, ProposalMark, Recommendation, Statement } from './model';
import { proofCosts, proofStatement, toReportProof } from './proof';
import { clean, estimate, measured, nameText, prose, saying } from './statement';
import { observationText } from './traces';

/** Findings that read the same. Their order is that of the ranking. */
export type Group = readonly [AdvisedFinding, ...AdvisedFinding[]];

type AdvisedFinding = Judged<AdvisedRule>;

/**
 * Puts findings together that read the same: one rule in one function, or, where nothing was measured,
 * anywhere in one file. The order of the first places is kept.
 */
export function groupAlike(judged: readonly AdvisedFinding[]): readonly Group[] {
  const groups = new Map<string, [AdvisedFinding, ...AdvisedFinding[]]>();
  for (const item of judged) {
    const { finding, judgement } = item;
    const key = JSON.stringify([
      finding.rule,
      finding.file,
      judgement.measurement === undefined && judgement.observation === undefined ? '' : finding.functionName,
      // A proof is about one query.
      judgement.proof === undefined ? '' : finding.id,
      judgement.priority,
      judgement.arithmetic,
    ]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** What is known of a finding beside its ranking. */
export interface Known {
  /** Whether a query planner can be asked about a finding's advice. */
  readonly canProve: (finding: Finding) => boolean;
  /** The advisor's marks by the id of the finding; what a rule has found has none. */
  readonly marks: ReadonlyMap<string, ProposalMark>;
}

export function toRecommendation(group: Group, priority: Recommendation['priority'], runs: readonly Run[], known: Known): Recommendation {
  return { ...toItem(group, known), priority, validatedBy: group[0].meta.validation, fields: fieldsOf(group, runs) };
}

export function toDeferred(group: Group, known: Known): Deferred {
  return { ...toItem(group, known), change: changeOf(group[0]) };
}

function toItem(group: Group, { canProve, marks }: Known): Item {
  const { finding, meta, judgement } = group[0];
  return {
    id: finding.id,
    rule: finding.rule,
    title: clean(meta.title),
    resource: meta.resource,
    evidence: judgement.evidence,
    reason: clean(judgement.reason),
    arithmetic: judgement.calculation,
    places: group.map(({ finding: place }) => toPlace(place)),
    canProve: canProve(finding),
    ...(judgement.proof && { proof: toReportProof(judgement.proof) }),
    ...(marks.has(finding.id) && { proposal: marks.get(finding.id) }),
  };
}

function toPlace(finding: Finding): Place {
  return {
    findingId: finding.id,
    file: finding.file,
    range: finding.range,
    functionName: finding.functionName,
    message: saying(finding.message),
    fixes: finding.fixes.map(fix => clean(fix.title)),
  };
}

function fieldsOf(group: Group, runs: readonly Run[]): Fields {
  const { finding, meta, judgement } = group[0];
  return {
    current: currentOf(group[0]),
    optimized: optimizedOf(group[0]),
    technique: [prose(meta.technique), ...caveatOf(finding)],
    complexity: complexityOf(meta, judgement.growth),
    tradeoffs: [prose(meta.tradeoffs), ...proofCosts(judgement.proof)],
    effort: effortOf(meta, group.length),
    validation: [...(judgement.proof === undefined ? [prose(howToValidate(finding, meta))] : proofStatement(judgement.proof)), ...validated(finding, runs)],
  };
}

function currentOf({ finding, judgement }: Judged): Statement {
  const { measurement, target, observation } = judgement;
  const model = costNow(judgement.cost ?? finding.cost);
  const seen: Statement = observation ? [prose(`${VERDICTS[observation.verdict]}: `), measured(observationText(observation), observation.run.id)] : [];
  if (measurement === undefined) return observation ? [...seen, prose('. By the cost model '), ...model, prose('.')] : model;
  const { run, cost } = measurement;
  return [
    ...seen,
    ...(observation ? [prose('; ')] : []),
    prose(`${nameText(finding.functionName)} takes `),
    shareFigure(measurement),
    prose(measurement.countsResource ? ' of the driven path' : " of the path's time on the processor, its waiting not counted"),
    ...(cost.calls === undefined ? [] : [prose(', in '), measured(callsText(cost.calls), run.id)]),
    ...(target === undefined ? [] : [prose(`; target ${target.outcome}: `), ...targetFigures(target)]),
    prose('. By the cost model '),
    ...model,
    prose('.'),
  ];
}

const VERDICTS = { confirmed: 'Confirmed by a trace', seen: 'A trace saw', refuted: 'Refuted by a trace' } as const;

const callsText = (calls: number): string => `${formatCount(calls)} ${calls === 1 ? 'call' : 'calls'}`;

function optimizedOf({ finding, judgement }: Judged): Statement {
  const bound = judgement.measurement && boundOf(judgement.measurement);
  return [...costAfter(judgement.cost ?? finding.cost), ...(bound ? [prose('; the path becomes '), bound] : [])];
}

/** A fix that may change behaviour says so here too, not only when it is applied. */
function caveatOf(finding: Finding): Statement {
  const caveat = finding.fixes[0]?.caveat;
  return caveat === undefined ? [] : [prose(` ${caveat}`)];
}

function effortOf(meta: RuleMeta, places: number): Statement {
  const minutes = estimate(`about ${formatCount(meta.effortMinutes)} min`);
  return places === 1 ? [minutes] : [minutes, prose(` for the first of ${formatCount(places)} places; the others are alike`)];
}

const VALIDATION: Readonly<Record<RuleMeta['validation'], (code: string) => string>> = {
  'query count': code => `Count the queries of ${code} before and after; results must not change.`,
  benchmark: code => `Benchmark ${code} before and after with data of the expected size; compare p50 and p95.`,
  explain: code => `Prove the query of ${code} on made-up rows, or EXPLAIN it on your own database, before and after: the scan has to become an index access.`,
  heap: code => `Measure the peak memory of ${code} before and after, and with ten times the data: it has to stay flat.`,
  load: code => `Put ${code} under the expected load before and after; compare p95 and p99, not the mean.`,
};

function validated(finding: Finding, runs: readonly Run[]): Statement {
  const statement = validationOf(finding, runs);
  return statement ? [prose(' '), ...statement] : [];
}

function howToValidate(finding: Finding, meta: RuleMeta): string {
  return VALIDATION[meta.validation](codeOf(finding));
}

const codeOf = ({ functionName }: Finding): string => (functionName === '' ? 'this file' : nameText(functionName));

/** What would bring a deferred finding back: whatever is missing of declaration and measurement. */
function changeOf({ finding, judgement }: Judged): string {
  const code = codeOf(finding);
  if (judgement.observation?.verdict === 'refuted') return `A trace of another path on which ${code} sends one for each item.`;
  if (judgement.evidence === 'measured' && judgement.cost?.measured) return `A run in which the collections are larger, or a larger scale in performance.json.`;
  if (judgement.proof !== undefined && judgement.evidence === 'measured') {
    return 'A proof at a larger scale in performance.json, or on your own database.';
  }
  if (judgement.evidence === 'measured') {
    return `A profile of another path, or with data of the expected size, in which ${code} takes 1 % or more.`;
  }
  return finding.heat.heat === 'cold'
    ? `A profile in which ${code} takes 1 % or more, or paths.hot in performance.json if people wait for it.`
    : `A profile in which ${code} takes 1 % or more, or a larger scale in performance.json.`;
}
