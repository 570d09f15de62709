import * as assert from 'node:assert/strict';
import { changesSince, snapshotOf } from '../../src/report/changes';
import { manyFindings } from './manyFindings';
import { golden, goldenWithout, READY, reportMessage } from './reports';
import { squeezed, usePanel } from './usePanel';

describe('panel: what has changed', function () {
  this.timeout(120_000);
  const panel = usePanel();
  const section = () => panel.webview.page.getByRole('region', { name: 'Changes' });

  it('stands above the report, and can be marked as seen', async () => {
    const earlier = goldenWithout('slow-endpoint', 'waiting');
    const present = goldenWithout('slow-endpoint', 'edited');
    await panel.open();
    await panel.webview.send(reportMessage(1, present, READY, changesSince(snapshotOf(earlier), present)));
    assert.match(squeezed(await section().textContent()), /Changes 2? ?Since the report of .* Mark as seen New 1 One query per item src\/jobs\.ts:10, high Gone 1 One query per item src\/orders\.ts:\d+, was high$/);
    await panel.webview.forgetPosted();
    await section().getByRole('button', { name: 'Mark as seen' }).click();
    assert.deepEqual(await panel.webview.posted(), [{ type: 'seen' }]);
    await panel.webview.send(reportMessage(2, present, READY, changesSince(snapshotOf(present), present)));
    assert.equal(await section().count(), 0);
  });

  it('leads to a card that is filtered out and far down', async () => {
    const report = manyFindings(500);
    const before = snapshotOf({ ...report, recommendations: { ...report.recommendations, low: report.recommendations.low.filter(({ id }) => id !== 'low-80') } });
    await panel.open();
    await panel.webview.send(reportMessage(1, report, READY, changesSince(before, report)));
    await panel.webview.page.getByRole('textbox', { name: 'Search findings' }).fill('handle7');
    await panel.webview.page.getByText(/ of 500 findings match/).first().waitFor();
    await section().locator('li button').press('Enter');
    await panel.card('low-80').waitFor();
    assert.equal(await panel.webview.page.locator('performance-report :focus').first().getAttribute('data-item'), 'low-80');
  });

  it('is not there before a second look', async () => {
    await panel.open();
    await panel.webview.send(reportMessage(1, golden('slow-endpoint')));
    assert.equal(await section().count(), 0);
  });
});
