import * as assert from 'node:assert/strict';
import { buildReport } from '../../../src/report/build';
import { type Changes, changesSince, countOf, isSnapshot, snapshotOf } from '../../../src/report/changes';
import type { Report } from '../../../src/report/model';
import { INPUTS } from './golden/inputs';

const input = INPUTS['slow-endpoint']!;
const report = buildReport(input);
const without = (...ids: readonly string[]): Report => buildReport({ ...input, findings: input.findings.filter(({ id }) => !ids.includes(id)) });
const ids = (changes: Changes) => ({
  added: changes.added.map(({ itemId }) => itemId), gone: changes.gone.map(({ title, where }) => `${title} ${where}`),
  risen: changes.risen.map(({ itemId, from, to }) => `${itemId} ${from} ${to}`), fallen: changes.fallen.map(({ itemId, from, to }) => `${itemId} ${from} ${to}`),
});

describe('changes since a report was looked at', () => {
  it('are none between a report and itself, also after it was kept as JSON', () => {
    for (const each of Object.values(INPUTS)) {
      const kept: unknown = JSON.parse(JSON.stringify(snapshotOf(buildReport(each))));
      assert.ok(isSnapshot(kept));
      assert.equal(countOf(changesSince(kept, buildReport(each))), 0);
    }
  });

  it('name what is new and what is gone', () => {
    assert.deepEqual(ids(changesSince(snapshotOf(without('waiting')), report)), { added: ['waiting'], gone: [], risen: [], fallen: [] });
    assert.deepEqual(ids(changesSince(snapshotOf(report), without('waiting'))), {
      added: [], gone: ['One query per item src/jobs.ts:10'], risen: [], fallen: [],
    });
  });

  it('name what has risen and what has fallen, with both priorities', () => {
    const { high, medium } = report.recommendations;
    const [first, ...others] = high;
    const lowered: Report = { ...report, recommendations: { high: others, medium: [{ ...first!, priority: 'medium' }, ...medium], low: [] } };
    assert.deepEqual(ids(changesSince(snapshotOf(report), lowered)), { added: [], gone: [], risen: [], fallen: [`${first!.id} high medium`] });
    assert.deepEqual(ids(changesSince(snapshotOf(lowered), report)), { added: [], gone: [], risen: [`${first!.id} medium high`], fallen: [] });
    const deferred: Report = { ...report, recommendations: { ...report.recommendations, high: others }, deferred: [{ ...first!, change: '' }, ...report.deferred] };
    assert.deepEqual(ids(changesSince(snapshotOf(report), deferred)).fallen, [`${first!.id} high deferred`]);
  });

  it('tell an item again by any of its places, though its id was that of another', () => {
    const rest = without('same-function');
    assert.ok(!JSON.stringify(rest).includes('"id":"same-function"'), 'the item has another id now');
    assert.equal(countOf(changesSince(snapshotOf(report), rest)), 0);
  });

  for (const kept of [undefined, null, 'x', {}, { version: 2, at: '2026-11-22T20:30:00Z', items: [] }, { version: 1, at: 'yesterday', items: [] },
    { version: 1, at: '2026-11-22T20:30:00Z', items: [{ title: 't', priority: 'toString', where: 'a.ts:1', findings: [] }] },
    { version: 1, at: '2026-11-22T20:30:00Z', items: [{ title: 't', priority: 'high', where: 'a.ts:1', findings: [1] }] }]) {
    it(`are not told against ${JSON.stringify(kept)}`, () => assert.ok(!isSnapshot(kept)));
  }
});
