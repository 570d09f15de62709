import assert from 'node:assert/strict';
import { explainedBy } from '../../../src/advisor/evidence/proof';
import { toReportProof } from '../../../src/report/proof';
import { provedSearch } from '../report/sampleProof';
import type { Proof } from '../../../src/core/proof';
import { benchmarkRun } from './runs';

describe('what may be quoted of a proof', () => {
  const explained = (proof: Proof) => explainedBy(toReportProof({ run: benchmarkRun('r1'), proof }));
  const sample = provedSearch('leading-wildcard-search-1');
  const { parameters, before: measurement } = sample.candidates[0]!.trials[0]!;
  const proof: Proof = { ...sample, baseline: [{ parameters, measurement }] };
  const { text, evidence } = explained(proof);
  const [plan, change] = evidence;

  it('is the plan as it is and each change, by the run and on synthetic rows', () => {
    assert.deepEqual(evidence.map(({ quality, runId }) => [quality, runId]), [['measured', 'r1'], ['measured', 'r1'], ['measured', 'r1']]);
    for (const { label } of evidence) assert.match(label, /on synthetic rows, run r1$/);
    assert.match(text, /Synthetic rows at scale/);
  });

  it('holds medians, factors both ways round, and rows that are only declared', () => {
    const [trial] = proof.candidates[0]!.trials;
    const has = (item: typeof plan, value: number) => item!.values.some((each) => Math.abs(each.value - value) < 1e-9);
    assert.ok(has(change, trial!.before.medianMs!) && has(change, trial!.after.medianMs!));
    assert.ok(has(change, trial!.ratio) && has(change, 1 / trial!.ratio));
    assert.ok(proof.data.kind === 'synthetic');
    for (const { rows, basis } of proof.data.tables) assert.ok(plan!.values.some(({ value, quality }) => value === rows && quality === basis));
  });

  it('is an estimate where it was only planned', () => {
    const planned: Proof = { ...proof, baseline: [{ parameters, measurement: { plan: measurement.plan, samples: [], cost: 12 } }], candidates: [] };
    const { evidence: items } = explained(planned);
    assert.deepEqual(items.map(({ quality }) => quality), ['estimate']);
  });
});
