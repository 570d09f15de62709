import * as assert from 'node:assert/strict';
import { EMPTY_CONFIG } from '../../../src/core/config';
import { failures } from '../../../src/core/failures';
import { indexEvidence } from '../../../src/report/evidenceIndex';
import { toCheckJson } from '../../../src/report/json';
import { rankFindings } from '../../../src/report/rank';
import { finding, functionCost, HOT, RULES, run, unchanged } from './support';

describe('check --format json', () => {
  const profile = run({ functions: [functionCost(0.5)] });
  const findings = [
    finding('list-lookup', { id: 'low', functionName: 'other' }),
    finding('queries-in-loop', {
      id: 'high',
      heat: HOT,
      related: [{ file: 'src/db.ts', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } }, message: 'queries here' }],
    }),
  ];
  const { judged } = rankFindings(findings, RULES, indexEvidence([profile], EMPTY_CONFIG, unchanged), EMPTY_CONFIG);
  const json = toCheckJson(judged, [failures.binaryFile('src/a.ts')]);

  it('lists findings by rank, with lines and columns from 1', () => {
    assert.equal(json.version, 1);
    assert.deepEqual(json.findings.map(({ id, priority, evidence, run: runId }) => ({ id, priority, evidence, runId })), [
      { id: 'high', priority: 'high', evidence: 'measured', runId: profile.id },
      { id: 'low', priority: 'low', evidence: 'estimate', runId: undefined },
    ]);
    assert.deepEqual(json.findings[0]!.range, { start: { line: 10, column: 5 }, end: { line: 10, column: 21 } });
    assert.deepEqual(json.findings[0]!.related[0]!.range, { start: { line: 1, column: 1 }, end: { line: 1, column: 4 } });
  });

  it('is plain JSON, failures included', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(json)), json);
    assert.deepEqual(json.failures.map(({ code, file }) => [code, file]), [['binary-file', 'src/a.ts']]);
  });
});
