/**
 * The engineer's judgement on one finding. Cheap and pure: the language server asks it for each diagnostic.
 * Three judges look in turn: a measurement that counts, else the cost model, and last what people have decided
 * (a rule's level in performance.json). The tables are meant to be read and argued with.
 */
import type { PerformanceConfig } from '../core/config';
import type { Finding, Priority } from '../core/finding';
import type { RuleMeta } from '../core/rule';
import { calculationOf } from './arithmetic';
import type { ProofRecord } from './evidenceIndex';
import { type Gain, gainOf } from './gain';
import { contradiction } from './growth';
import type { Case, Judged, JudgedCost, Judgement, RankingContext, Verdict } from './judgement';
import { plainText } from './statement';

/** Below this share of the driven path no change can be felt, whatever it does. */
const NEGLIGIBLE_SHARE = 0.01;
const NOTABLE_SHARE = 0.05;
const DOMINANT_SHARE = 0.2;

/** How much of a measured share a finding may explain, by the size that its model gives it. */
const EXPLAINS = { large: 1, noticeable: 0.1, small: 0.01 } as const;
const FREQUENCY = { hot: 10, unknown: 1, cold: 0.1 } as const;
const MISSED_TARGET_IMPACT = 2;

const ASCENDING: readonly Priority[] = ['deferred', 'low', 'medium', 'high'];

export function prioritise(finding: Finding, context: RankingContext): Judgement {
  const { meta, evidence, config } = context;
  const growth = meta.resource === 'memory' ? undefined : evidence.growthOf(finding);
  const cost = costAtMeasuredSize(finding, meta, evidence);
  const gain = { ...gainOf(cost, meta.cost), ...(cost.measured && { scaleKnown: true }) };
  const item: Case = {
    finding,
    meta,
    cost,
    // A function that was measured to grow more slowly than the rule says changes no class by its advice.
    gain: growth && contradiction(growth, meta) === 'slower' ? { ...gain, changesClass: false } : gain,
    growth,
    measurement: evidence.measurementOf(finding, meta.resource),
    observation: evidence.observationOf(finding, meta.resource),
    target: evidence.targetOf(finding),
  };
  const proof = evidence.proofOf(finding);
  const found = judge(item);
  // A plan that became cheaper is there, however uncertain the pattern looked in the code.
  const capped = isProved(proof) ? { ...found, evidence: 'measured' as const, reason: `${found.reason} Its plans prove the gain.` } : capByConfidence(found, item);
  const decided = decideByLevel(capped, config.rules[finding.rule]);
  const verdict = isRefuted(proof) ? refutedByPlans : decided;
  const calculation = calculationOf(item, verdict.evidence);
  return {
    ...verdict,
    standing: standingOf(item, verdict),
    score: scoreOf(item, verdict),
    arithmetic: plainText(calculation),
    calculation,
    measurement: item.measurement,
    target: item.target,
    growth,
    cost,
    observation: item.observation,
    ...(proof && { proof }),
  };
}

/** A size that was counted is better than an assumed one, and no better than one that was declared or stands in the code. */
function costAtMeasuredSize({ cost, ...finding }: Finding, { cost: model }: RuleMeta, evidence: RankingContext['evidence']): JudgedCost {
  const measured = cost.basis === 'assumed' ? evidence.sizeOf({ cost, ...finding }) : undefined;
  if (!measured) return cost;
  return { ...cost, n: measured.largest, now: model.now(measured.largest), after: model.after(measured.largest), measured };
}

const isProved = (record: ProofRecord | undefined): boolean => record?.proof.candidates.some(({ outcome }) => outcome === 'proved') ?? false;

/** Every change that was recommended was tried, and none is worth it. */
const isRefuted = (record: ProofRecord | undefined): boolean => record?.proof.candidates.every(({ outcome }) => outcome === 'refuted') ?? false;

/** Withdrawn by the tool itself, whatever level the rule has. */
const refutedByPlans: Verdict = {
  priority: 'deferred',
  reason: 'Refuted by its plans: no change that was tried halves the time of its query at this scale.',
  evidence: 'measured',
};

/** The order of the report: priority, then standing, then score; the id settles the rest. */
export function compareJudged(a: Judged, b: Judged): number {
  return (
    ASCENDING.indexOf(b.judgement.priority) - ASCENDING.indexOf(a.judgement.priority) ||
    b.judgement.standing - a.judgement.standing ||
    b.judgement.score - a.judgement.score ||
    (a.finding.id < b.finding.id ? -1 : a.finding.id > b.finding.id ? 1 : 0)
  );
}

/**
 * A share that counts the finding's resource decides alone. One that does not (an `async` function waits
 * unseen) can raise the estimate and never lower it.
 */
function judge(item: Case): Verdict {
  const estimated = judgeByModel(item);
  const { measurement, gain, observation } = item;
  if (observation?.verdict === 'refuted') return refutedByTrace;
  if (observation?.verdict === 'confirmed' && observation.share >= NEGLIGIBLE_SHARE) {
    // A trace counts waiting too, and it has seen the very operations that the finding speaks of.
    return judgeByMeasurement(item, observation.share, 'Confirmed by a trace:');
  }
  if (measurement === undefined) {
    return estimated;
  }
  const isNegligible = measurement.share < NEGLIGIBLE_SHARE;
  if (!isNegligible && gain.size === 'small' && gain.scaleKnown) {
    // A loop over five items does not explain a busy function: something else in it does.
    return estimated;
  }
  if (measurement.countsResource && measurement.isResolved) {
    return isNegligible ? negligible : judgeByMeasurement(item, measurement.share);
  }
  return isNegligible ? estimated : higher(judgeByMeasurement(item, measurement.share), estimated);
}

const refutedByTrace: Verdict = {
  priority: 'deferred',
  reason: 'Refuted by a trace: the code ran many times and there were not even half as many operations.',
  evidence: 'measured',
};

const negligible: Verdict = {
  priority: 'deferred',
  reason: 'Measured below 1 % of the driven path: no change here can be felt.',
  evidence: 'measured',
};

/** Shares from NEGLIGIBLE_SHARE up. */
function judgeByMeasurement({ finding, gain, target }: Case, share: number, how = 'Measured as'): Verdict {
  if (target?.outcome === 'missed') {
    return measuredAs('high', `${how === 'Measured as' ? 'Measured' : 'Confirmed by a trace'} on a path that misses its target.`);
  }
  const byShare: Priority = share >= DOMINANT_SHARE ? 'high' : share >= NOTABLE_SHARE ? 'medium' : 'low';
  const words = share >= DOMINANT_SHARE ? 'a dominant' : share >= NOTABLE_SHARE ? 'a notable' : 'a small';
  const reason = `${how} ${words} share of the driven path`;
  if (finding.heat.heat === 'cold') {
    return measuredAs(lowered(byShare), `${reason}, which is cold (${finding.heat.reason}).`);
  }
  if (grows(gain)) {
    // The measured data may be smaller than the declared scale, at which the growth decides.
    return measuredAs(share >= DOMINANT_SHARE ? 'high' : 'medium', `${reason}, and the cost outgrows the declared scale.`);
  }
  return target?.outcome === 'met'
    ? measuredAs(lowered(byShare), `${reason}, which meets its target.`)
    : measuredAs(byShare, `${reason}.`);
}

function judgeByModel({ finding, meta, gain, cost }: Case): Verdict {
  const { heat, reason: heatReason } = finding.heat;
  const isUpfront = meta.decision === 'upfront';
  const waitsOutside = meta.resource === 'database' || meta.resource === 'network';
  if (heat === 'cold') {
    return isUpfront
      ? estimatedAs('low', `Cold (${heatReason}), but a decision that is cheaper to take now than later.`)
      : estimatedAs('deferred', `Cold (${heatReason}), and it can wait until a measurement asks for it.`);
  }
  if (gain.size === 'small' && gain.scaleKnown) {
    // A size that was counted is a measurement, whatever the rule thinks of deciding early.
    if (cost.measured) return measuredAs('deferred', 'Measured: what it works on is small where it was driven.');
    return isUpfront
      ? estimatedAs('low', 'Small at the known scale.')
      : estimatedAs('deferred', 'Small at the known scale, and it can wait until a measurement asks for it.');
  }
  if (grows(gain)) {
    return estimatedAs('high', 'Changes the complexity class, with a large gain at the known scale.');
  }
  if (heat === 'hot' && isUpfront && gain.size === 'large' && gain.scaleKnown) {
    return estimatedAs('high', `Hot (${heatReason}), with a large estimated gain at the known scale.`);
  }
  if (gain.size === 'large' && (gain.scaleKnown || heat === 'hot')) {
    // Nobody has said how large it is, and nobody has measured: that is not enough for a warning.
    return estimatedAs('medium', `A large estimated gain${heat === 'hot' ? ` in hot code (${heatReason})` : ''}, not measured yet.`);
  }
  if (heat === 'hot' && isUpfront && gain.size === 'noticeable') {
    return estimatedAs('medium', `Hot (${heatReason}), with a noticeable estimated gain.`);
  }
  if (isUpfront && waitsOutside && (gain.size === 'large' || (gain.scaleKnown && gain.size === 'noticeable'))) {
    return estimatedAs('medium', `Each unit waits for the ${meta.resource}; not measured yet.`);
  }
  return estimatedAs('low', gain.scaleKnown ? 'A modest estimated gain, not measured yet.' : 'The scale is assumed and nothing was measured yet.');
}

/** A change of complexity class that pays at a scale somebody has stated. */
const grows = (gain: Gain): boolean => gain.changesClass && gain.scaleKnown && gain.size === 'large';

const measuredAs = (priority: Priority, reason: string): Verdict => ({ priority, reason, evidence: 'measured' });

const estimatedAs = (priority: Priority, reason: string): Verdict => ({ priority, reason, evidence: 'estimate' });

/** One step down, but not into Deferred: that takes a reason of its own. */
const lowered = (priority: Priority): Priority => (priority === 'high' ? 'medium' : 'low');

/** On a tie the measured one, which is given first. */
const higher = (a: Verdict, b: Verdict): Verdict =>
  ASCENDING.indexOf(a.priority) >= ASCENDING.indexOf(b.priority) ? a : b;

/** A pattern that is only possibly there is not worth more than a hint, however much time is spent around it. */
function capByConfidence(verdict: Verdict, { finding, observation }: Case): Verdict {
  const isCapped = finding.confidence === 'possible' && observation?.verdict !== 'confirmed' && (verdict.priority === 'high' || verdict.priority === 'medium');
  return isCapped ? { ...verdict, priority: 'low', reason: `${verdict.reason} Only possibly this pattern: look before you act.` } : verdict;
}

function decideByLevel(verdict: Verdict, level: PerformanceConfig['rules'][string] | undefined): Verdict {
  return level === 'high' || level === 'medium' || level === 'low'
    ? { ...verdict, priority: level, reason: `performance.json sets this rule to ${level}. ${verdict.reason}` }
    : verdict;
}

/** Among deferred findings a measurement has said its word: they stand alike. */
function standingOf({ target }: Case, { priority, evidence }: Verdict): Judgement['standing'] {
  if (priority === 'deferred' || evidence === 'estimate') return 0;
  return target?.outcome === 'missed' ? 2 : 1;
}

function scoreOf({ finding, meta, gain, measurement, observation, target }: Case, { priority, evidence }: Verdict): number {
  const isMeasured = priority !== 'deferred' && evidence === 'measured';
  const worth = !isMeasured
    ? gain.milliseconds
    : observation?.verdict === 'confirmed'
      ? observation.share * 100
      : (measurement?.share ?? 0) * 100 * EXPLAINS[gain.size];
  const impact = target?.outcome === 'missed' ? MISSED_TARGET_IMPACT : 1;
  const hours = Math.max(meta.effortMinutes, 1) / 60;
  return (worth * FREQUENCY[finding.heat.heat] * impact) / hours;
}
