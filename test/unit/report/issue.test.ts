import * as assert from 'node:assert/strict';
import { buildReport } from '../../../src/report/build';
import { renderIssue } from '../../../src/report/issue';
import { INPUTS } from './golden/inputs';

const reports = Object.values(INPUTS).map(buildReport);
const headingsOf = (issue: string): readonly string[] => issue.split('\n').filter(line => line.startsWith('#'));

describe('a recommendation as an issue', () => {
  const slow = buildReport(INPUTS['slow-endpoint']!);

  it('says what it costs, what to do, and when it is done', () => {
    const issue = renderIssue(slow, 'n-plus-one')!;
    assert.deepEqual(headingsOf(issue), ['# One query per item in `listOrders`', '## Problem', '## Where', '## Cost', '## What to do', '## Done when', '## Priority']);
    assert.match(issue, /- Current: listOrders takes 96 % \(\*measured, run `20261122T201855-1a2b3c`\*\)/);
    assert.match(issue, /^- \[ \] Count the queries of listOrders/m);
    assert.match(issue, /item `n-plus-one` of the performance report of orders/);
  });

  it('that is deferred says why, and what would change that', () => {
    assert.deepEqual(headingsOf(renderIssue(slow, 'negligible')!).slice(3), ['## Priority', '## What would change that']);
  });

  it('exists for each item of a report and for no other, with headings of its own alone', () => {
    for (const report of reports) {
      for (const item of [...Object.values(report.recommendations).flat(), ...report.deferred]) {
        const issue = renderIssue(report, item.id)!;
        assert.equal(headingsOf(issue).filter(line => line.startsWith('# ')).length, 1);
        assert.ok(headingsOf(issue).length >= 5);
        assert.ok(item.places.every(({ range }) => issue.includes(`:${range.start.line + 1}`)));
      }
      assert.equal(renderIssue(report, 'no such item'), undefined);
    }
  });
});
