import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Facts } from '../../../../src/editor/facts';
import { readyExtension } from '../extension';
import { eventually } from '../waiting';
import { open, remember, replace, uriOf } from '../workspace';

describe('the report in the sidebar', function () {
  this.timeout(120_000);
  let facts: Facts;
  before(async () => {
    facts = await readyExtension();
    await vscode.commands.executeCommand('performanceEngineer.showReport');
  });

  /** Waits until the view has acknowledged a report, and returns that report. */
  const shown = () =>
    eventually('the view has received a report', () => (facts.report.acknowledged > 0 ? facts.report.shown?.report : undefined));

  it('is received by the view', async () => {
    const { recommendations } = await shown();
    const [first] = recommendations.high;
    assert.ok(first, 'nothing has high priority');
    assert.ok(first.places.every(({ file }) => vscode.workspace.asRelativePath(uriOf(file)) === file));
  });

  it('counts the places of high priority on its badge', async () => {
    const { recommendations } = await shown();
    const places = recommendations.high.reduce((sum, item) => sum + item.places.length, 0);
    assert.equal(facts.report.badge?.value, places);
  });

  it('follows an edit', async () => {
    await shown();
    const before = facts.report.badge!.value;
    const { document } = await open('typescript/src/orders.ts');
    const restore = remember('typescript/src/orders.ts');
    try {
      await replace(document, 'export {};\n');
      await eventually('there is less to do', () => (facts.report.badge?.value ?? 0) < before || undefined);
    } finally {
      await restore();
    }
    await eventually('there is as much to do as before', () => facts.report.badge?.value === before || undefined);
  });

  it('is sent again when the view has been hidden and comes back', async () => {
    await shown();
    await vscode.commands.executeCommand('workbench.view.explorer');
    const acknowledged = facts.report.acknowledged;
    await vscode.commands.executeCommand('performanceEngineer.showReport');
    await eventually('the new view has received a report', () => facts.report.acknowledged > 0 || undefined);
    assert.ok(acknowledged > 0);
  });

  it('opens as a tab of the editor, which is one however often it is asked for', async () => {
    await vscode.commands.executeCommand('performanceEngineer.openReportInEditor');
    await eventually('the tab has received a report', () => facts.report.acknowledgedInEditor > 0 || undefined);
    await vscode.commands.executeCommand('performanceEngineer.openReportInEditor');
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(({ label }) => label === 'Performance Report');
    assert.equal(tabs.length, 1);
    await vscode.window.tabGroups.close(tabs);
    await eventually('the tab is gone', () => facts.report.acknowledgedInEditor === 0 || undefined);
  });

  it('is copied as Markdown in its one order of sections', async () => {
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand('performanceEngineer.copyReportAsMarkdown');
    const markdown = await vscode.env.clipboard.readText();
    const headings = [...markdown.matchAll(/^##+ .*/gm)].map(String);
    assert.deepEqual(headings.slice(0, 8), [
      '## Analysis',
      '## Recommendations',
      '### High Priority',
      '### Medium Priority',
      '### Low Priority',
      '## Deferred',
      '## Risks / Trade-offs',
      '## Conflicts Noted',
    ]);
  });
});
