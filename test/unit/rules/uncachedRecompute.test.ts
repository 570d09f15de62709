import assert from 'node:assert/strict';
import { EMPTY_CONFIG } from '../../../src/core/config';
import { indexEvidence } from '../../../src/report/evidenceIndex';
import { prioritise } from '../../../src/report/priority';
import { advice } from '../../../src/rules/uncached-recompute/advice';
import { rule } from '../../../src/rules/uncached-recompute/rule';
import { detectorOf } from '../fixtures/workspaceOf';
import { functionCost, run, unchanged } from '../report/support';

describe('uncached-recompute', () => {
  it('is Low without a measurement, in the hottest code too, and follows a measurement', async () => {
    const { findings } = (await detectorOf(new Map([['example.ts', advice.examples.typescript!.bad]]), ['uncached-recompute'])).check();
    const [finding] = findings;
    assert.equal(finding?.heat.heat, 'hot');
    assert.equal(prioritise(finding, { meta: rule.meta, evidence: indexEvidence([], EMPTY_CONFIG, unchanged), config: EMPTY_CONFIG }).priority, 'low');
    const measured = functionCost(0.5, { file: finding.file, functionName: finding.functionName });
    const judgement = prioritise(finding, { meta: rule.meta, evidence: indexEvidence([run({ functions: [measured] })], EMPTY_CONFIG, unchanged), config: EMPTY_CONFIG });
    assert.equal(judgement.priority, 'high', judgement.reason);
  });
});
