import * as assert from 'node:assert/strict';
import { EMPTY_CONFIG, type PerformanceConfig } from '../../../src/core/config';
import type { Run } from '../../../src/core/evidence';
import type { Finding, Heat, Priority } from '../../../src/core/finding';
import type { Confidence, Cost } from '../../../src/core/rule';
import { type EvidenceIndex, type FunctionLookup, indexEvidence } from '../../../src/report/evidenceIndex';
import type { Judged, Judgement } from '../../../src/report/judgement';
import { compareJudged, prioritise } from '../../../src/report/priority';
import { benchmarkRun, COLD, finding, functionCost, HOT, RULES, run, unchanged, withTarget } from './support';

function judge(
  item: Finding,
  { runs = [], config = EMPTY_CONFIG, functionOf = unchanged }: { runs?: Run[]; config?: PerformanceConfig; functionOf?: FunctionLookup } = {},
): Judgement {
  return prioritise(item, { meta: RULES.get(item.rule)!, evidence: indexEvidence(runs, config, functionOf), config });
}

const profile = (share: number, overrides = {}): Run[] => [run({ functions: [functionCost(share, overrides)] })];

describe('priority of an unmeasured finding', () => {
  const cases: readonly (readonly [string, Finding, Priority])[] = [
    ['a change of class at a declared scale', finding('queries-in-loop', { n: 1000, basis: 'declared' }), 'high'],
    ['hot and upfront with a large gain at an assumed scale', finding('queries-in-loop', { heat: HOT }), 'medium'],
    ['hot and upfront with a large gain at a known scale', finding('queries-in-loop', { heat: HOT, n: 50, basis: 'literal' }), 'high'],
    ['a database rule with a large gain at an assumed scale', finding('queries-in-loop'), 'medium'],
    ['an algorithm at an assumed scale', finding('list-lookup'), 'low'],
    ['an algorithm at an assumed scale in hot code', finding('list-lookup', { heat: HOT }), 'medium'],
    ['an algorithm at a large declared scale', finding('list-lookup', { n: 100_000, basis: 'declared' }), 'high'],
    ['an algorithm over a short literal', finding('list-lookup', { n: 5, basis: 'literal' }), 'low'],
    ['an upfront rule in cold code', finding('queries-in-loop', { heat: COLD, n: 1000, basis: 'declared' }), 'low'],
    ['a deferrable rule in cold code', finding('awaits-in-a-row', { heat: COLD }), 'deferred'],
    ['a deferrable rule at a small known scale', finding('awaits-in-a-row', { n: 1, basis: 'literal' }), 'deferred'],
    ['a deferrable rule in hot code', finding('awaits-in-a-row', { heat: HOT }), 'medium'],
    ['a deferrable rule at an assumed scale', finding('awaits-in-a-row'), 'low'],
    ['a possible pattern in hot code', finding('queries-in-loop', { heat: HOT, confidence: 'possible' }), 'low'],
  ];
  for (const [name, item, expected] of cases) {
    it(`${name} is ${expected}`, () => {
      const judgement = judge(item);
      assert.equal(judgement.priority, expected, judgement.reason);
      assert.equal(judgement.evidence, 'estimate');
    });
  }
});

describe('priority of a measured finding', () => {
  const hot = finding('queries-in-loop', { heat: HOT, n: 1000, basis: 'declared' });

  it('below one percent of the path is deferred, whatever the model says', () => {
    const judgement = judge(hot, { runs: profile(0.005) });
    assert.equal(judgement.priority, 'deferred');
    assert.equal(judgement.evidence, 'measured');
  });

  it('follows the share where no target is known', () => {
    const cpu = finding('list-lookup');
    assert.deepEqual([0.005, 0.02, 0.1, 0.5].map(share => judge(cpu, { runs: profile(share) }).priority), [
      'deferred', 'low', 'medium', 'high',
    ]);
  });

  it('is high from one percent on when its path misses the target', () => {
    const judgement = judge(finding('list-lookup'), { runs: [...profile(0.02), benchmarkRun(480)], config: withTarget(200) });
    assert.equal(judgement.priority, 'high');
    assert.equal(judgement.standing, 2);
  });

  it('is one step lower when its path meets the target', () => {
    assert.equal(judge(finding('list-lookup'), { runs: [...profile(0.5), benchmarkRun(80)], config: withTarget(200) }).priority, 'medium');
  });

  it('keeps a growing cost at medium where the share is small today', () => {
    assert.equal(judge(finding('list-lookup', { n: 100_000, basis: 'declared' }), { runs: profile(0.02) }).priority, 'medium');
  });

  it('does not lower a query in an async function, whose waiting the profile does not count', () => {
    const functionOf: FunctionLookup = () => ({ hash: 'h1', isAsync: true });
    const judgement = judge(hot, { runs: profile(0.005), functionOf });
    assert.equal(judgement.priority, 'high');
    assert.equal(judgement.evidence, 'estimate');
  });

  it('does not lower on a handful of samples', () => {
    const runs = [run({ sampleCount: 120, functions: [functionCost(0.005)] })];
    assert.equal(judge(hot, { runs }).priority, 'high');
  });

  it('lowers on few calls where the profiler counts them exactly', () => {
    const runs = [run({ sampleCount: 120, functions: [functionCost(0.005, { samples: undefined, calls: 3 })] })];
    assert.equal(judge(hot, { runs }).priority, 'deferred');
  });

  it('is not measured any more once the function was edited', () => {
    const judgement = judge(hot, { runs: profile(0.005), functionOf: () => ({ hash: 'h2', isAsync: false }) });
    assert.equal(judgement.measurement, undefined);
    assert.equal(judgement.priority, 'high');
  });

  it('takes the newest run of each driver, and of several drivers the largest share', () => {
    const older = run({ id: '20261121T000000-aaaaaa', functions: [functionCost(0.9)] });
    const newer = run({ id: '20261122T000000-bbbbbb', functions: [functionCost(0.1)] });
    const other = run({
      id: '20261120T000000-cccccc', functions: [functionCost(0.3)],
      driver: { kind: 'test', label: 'npm test', argv: ['npm', 'test'], cwd: '.' },
    });
    assert.equal(judge(hot, { runs: [newer, older] }).measurement?.share, 0.1);
    assert.equal(judge(hot, { runs: [newer, older, other] }).measurement?.share, 0.3);
  });

  it('ignores failed and cancelled runs', () => {
    const runs = (['failed', 'cancelled'] as const).map(status => run({ status, functions: [functionCost(0.005)] }));
    assert.equal(judge(hot, { runs }).measurement, undefined);
  });

  it('does not blame a loop that is known to be short for a busy function', () => {
    const short = finding('list-lookup', { n: 5, basis: 'literal' });
    assert.deepEqual([0.005, 0.02, 0.9].map(share => judge(short, { runs: profile(share) }).priority), ['deferred', 'low', 'low']);
  });

  it('puts the finding that may explain the share before one that is quicker to correct', () => {
    const runs = profile(0.96);
    const judged = [finding('list-lookup'), finding('queries-in-loop', { n: 1000, basis: 'declared' })].map(item => ({
      finding: item, meta: RULES.get(item.rule)!, judgement: judge(item, { runs }),
    }));
    assert.deepEqual(judged.sort(compareJudged).map(item => item.finding.rule), ['queries-in-loop', 'list-lookup']);
  });

  it('does not take time for memory', () => {
    const judgement = judge(finding('file-at-once', { n: 1e9, basis: 'declared' }), { runs: profile(0.005) });
    assert.equal(judgement.evidence, 'estimate');
    assert.equal(judgement.priority, 'high');
  });
});

describe('what people decide', () => {
  for (const level of ['high', 'medium', 'low'] as const) {
    it(`a rule set to ${level} has that priority, measured or not`, () => {
      const config = { ...EMPTY_CONFIG, rules: { 'list-lookup': level } };
      assert.equal(judge(finding('list-lookup', { heat: COLD }), { config }).priority, level);
      assert.equal(judge(finding('list-lookup'), { config, runs: profile(0.001) }).priority, level);
    });
  }
});

describe('the arithmetic', () => {
  it('counts rows as rows where they take bytes, and bytes as bytes', () => {
    const rows = finding('file-at-once', { n: 100_000 });
    assert.match(judge({ ...rows, cost: { ...rows.cost!, variable: 'rows of the table' } }).arithmetic, / at rows of the table = 100,000 \(assumed\)/);
    assert.match(judge(rows).arithmetic, / at bytes in the file = 97\.7 KiB \(assumed\)/);
  });

  it('of an estimate names cost, scale, heat and effort, each with its evidence', () => {
    assert.equal(
      judge(finding('queries-in-loop', { n: 1000, basis: 'declared', heat: HOT })).arithmetic,
      '1,001 queries → 2 queries (estimate) at orders = 1,000 (declared) x hot (route handler) / 30 min effort (estimate)',
    );
  });

  it('of a measurement names the bound, the share, the run and the target', () => {
    assert.equal(
      judge(finding('list-lookup'), { runs: [...profile(0.96), benchmarkRun(480)], config: withTarget(200) }).arithmetic,
      'at most 25x faster (estimate): 96 % (measured, run 20261122T201855-1a2b3c) of the path x noticeable gain (estimate) x unknown heat' +
        ' x target missed: p95 480 ms (measured, run 20261122T202000-4d5e6f) of 200 ms (declared) / 5 min effort (estimate)',
    );
  });
});

interface Situation {
  readonly item: Finding;
  readonly isAsync: boolean;
  /** Milliseconds for a p95 that was measured as 500. */
  readonly target: number | undefined;
  readonly sampleCount: number;
}

/** Every combination of what a judge looks at, except the share. */
function allSituations(): readonly Situation[] {
  const heats: readonly { heat: Heat; reason: string }[] = [HOT, COLD, { heat: 'unknown', reason: '' }];
  const scales: readonly (readonly [Cost['basis'], number])[] = [
    ['assumed', 100], ['declared', 1], ['declared', 50], ['declared', 100_000], ['literal', 5],
  ];
  const confidences: readonly Confidence[] = ['certain', 'possible'];
  const items = [...RULES.keys()].flatMap(rule => heats.flatMap(heat => scales.flatMap(([basis, n]) =>
    confidences.map(confidence => finding(rule, { heat, basis, n, confidence })))));
  return items.flatMap(item => [true, false].flatMap(isAsync => [undefined, 100, 1000].flatMap(target =>
    [50, 5000].map(sampleCount => ({ item, isAsync, target, sampleCount })))));
}

const indexes = new Map<string, EvidenceIndex>();

/** Judges the finding as if its function had this share; undefined: as if it was never profiled. */
function judgeAt(share: number | undefined, { item, isAsync, target, sampleCount }: Situation): Judged {
  const key = JSON.stringify([share, isAsync, target, sampleCount]);
  const config = target === undefined ? EMPTY_CONFIG : withTarget(target);
  if (!indexes.has(key)) {
    const profiles = share === undefined ? [] : [run({ sampleCount, functions: [functionCost(share)] })];
    const runs = target === undefined ? profiles : [...profiles, benchmarkRun(500)];
    indexes.set(key, indexEvidence(runs, config, () => ({ hash: 'h1', isAsync })));
  }
  const meta = RULES.get(item.rule)!;
  return { finding: item, meta, judgement: prioritise(item, { meta, evidence: indexes.get(key)!, config }) };
}

/** Fails with the situation in the message. The message is made only then: there are thousands of situations. */
function holds(isTrue: boolean, ...context: readonly unknown[]): void {
  if (!isTrue) assert.fail(JSON.stringify(context));
}

describe('properties of the ranking', function () {
  this.timeout(60_000);
  const situations = allSituations();

  it('more measured time never lowers a finding', () => {
    const shares = [0, 0.0099, 0.01, 0.049, 0.05, 0.199, 0.2, 1];
    for (const situation of situations) {
      const judged = shares.map(share => judgeAt(share, situation));
      judged.slice(1).forEach((more, i) => holds(compareJudged(more, judged[i]!) <= 0, situation, shares[i + 1]));
    }
  });

  it('nothing unmeasured outranks a certain finding that is measured on a path that misses its target', () => {
    const item = finding('list-lookup', { heat: COLD });
    const missed = judgeAt(0.01, { item, isAsync: false, target: 100, sampleCount: 5000 });
    for (const situation of situations) {
      holds(compareJudged(missed, judgeAt(undefined, situation)) < 0, situation);
    }
  });

  it('an unmeasured finding is high only at a known scale with a change of class, or hot and upfront', () => {
    for (const situation of situations) {
      const { judgement, meta, finding: item } = judgeAt(undefined, situation);
      const mayBeHigh = item.cost.basis !== 'assumed' || (item.heat.heat === 'hot' && meta.decision === 'upfront');
      holds(judgement.priority !== 'high' || mayBeHigh, situation);
    }
  });

  it('always says why, in a sentence and in numbers', () => {
    for (const situation of situations) {
      const { judgement } = judgeAt(0.03, situation);
      holds(/[^.]\.$/.test(judgement.reason), judgement);
      holds(/ \/ \d+ min effort \(estimate\)$/.test(judgement.arithmetic), judgement);
      holds(Number.isFinite(judgement.score) && judgement.score >= 0, judgement);
      assert.equal(judgement.arithmetic, judgeAt(0.03, situation).judgement.arithmetic);
    }
  });
});
