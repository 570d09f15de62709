import * as assert from 'node:assert/strict';
import { panelHtml } from '../../src/panel/html';
import { type FromPanel, isFromPanel, isToPanel } from '../../src/panel/protocol';
import { NEW_VIEW, restoreViewState } from '../../src/panel/viewState';
import { INPUTS } from '../unit/report/golden/inputs';
import { golden, READY, reportMessage } from './reports';

const RANGE = { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } };

describe('panel protocol', () => {
  const fromPanel: readonly FromPanel[] = [
    { type: 'ready' },
    { type: 'ack', seq: 1 },
    { type: 'goTo', file: 'src/a.ts', range: RANGE },
    { type: 'applyFix', findingId: 'f' },
    { type: 'profile', file: 'src/a.ts', functionName: 'load' },
    { type: 'dismiss', findingId: 'f', reason: 'Short list.' },
    { type: 'copyMarkdown' },
    { type: 'copyMarkdown', itemId: 'f' },
    { type: 'copyIssue', itemId: 'f' },
    { type: 'seen' },
    { type: 'runBenchmark' },
    { type: 'openRule', rule: 'n-plus-one-query' },
    { type: 'explain', itemId: 'f' },
    { type: 'openRun', runId: 'r' },
    { type: 'openConfig' },
    { type: 'manageTrust' },
    { type: 'openFolder' },
    { type: 'openChart', kind: 'flame', runId: 'r' },
    { type: 'closeChart' },
    { type: 'exportRun', runId: 'r' },
    { type: 'openInEditor' },
  ];
  for (const message of fromPanel) {
    it(`takes ${JSON.stringify(message)} from the panel`, () => assert.ok(isFromPanel(message)));
    it(`takes none of the fields of ${message.type} away or in excess`, () => {
      for (const key of Object.keys(message).filter(name => name !== 'itemId' || message.type === 'copyIssue')) {
        const { [key]: _, ...rest } = message as Record<string, unknown>;
        assert.ok(!isFromPanel(rest), `without ${key}`);
      }
      assert.ok(!isFromPanel({ ...message, more: 1 }));
    });
  }

  const refused: readonly unknown[] = [
    null, undefined, 1, 'ready', [], {}, { type: 1 }, { type: 'toString' }, { type: '__proto__' }, { type: 'eval', code: '1' },
    { type: 'ack', seq: -1 }, { type: 'ack', seq: 1.5 }, { type: 'ack', seq: '1' }, { type: 'ack', seq: NaN },
    { type: 'goTo', file: 'a', range: { start: { line: 0 }, end: { line: 0, character: 0 } } },
    { type: 'applyFix', findingId: { toString: () => 'f' } },
    { type: 'openRule', rule: 'x'.repeat(100_001) },
    Object.assign(Object.create({ type: 'ready' }) as object, {}),
  ];
  for (const [index, message] of refused.entries()) {
    it(`refuses malformed message ${index} from the panel`, () => assert.ok(!isFromPanel(message)));
  }

  it('takes every golden report to the panel, and each other message', () => {
    for (const name of Object.keys(INPUTS)) assert.ok(isToPanel(reportMessage(1, golden(name))), name);
    assert.ok(isToPanel(reportMessage(1, null)));
    assert.ok(isToPanel({ type: 'progress', seq: 2, running: null }));
    assert.ok(isToPanel({ type: 'error', seq: 3, code: 'c', message: 'm' }));
  });

  it('refuses a report in which any single value has another type', () => {
    const report = golden('slow-endpoint');
    let tried = 0;
    const visit = (node: Record<string, unknown>): void => {
      for (const [key, value] of Object.entries(node)) {
        // What is an optional text may be absent; every other value is needed and typed.
        node[key] = Symbol('something else');
        assert.ok(!isToPanel({ type: 'report', seq: 1, report, changes: null, state: READY }), `${key}: ${JSON.stringify(value)}`);
        node[key] = value;
        tried++;
        if (typeof value === 'object' && value !== null) visit(value as Record<string, unknown>);
      }
    };
    visit(report as unknown as Record<string, unknown>);
    assert.ok(tried > 200);
    assert.ok(isToPanel({ type: 'report', seq: 1, report, changes: null, state: READY }));
  });
});

describe('saved state of the panel', () => {
  it('is taken back as it was saved', () => {
    const state = { ...NEW_VIEW, open: { deferred: true, 'details:f': false }, scroll: 120, anchor: { itemId: 'f', top: -12 }, shown: { high: 60 } };
    assert.deepEqual(restoreViewState(state), state);
  });

  for (const saved of [undefined, null, 'x', { ...NEW_VIEW, open: { a: 1 } }, { ...NEW_VIEW, scroll: -5 }, { ...NEW_VIEW, shown: { high: '60' } },
    { ...NEW_VIEW, anchor: { itemId: 1, top: 0 } }, { ...NEW_VIEW, open: Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [i, true])) }, { open: {}, scroll: 0 }]) {
    it(`starts anew from ${JSON.stringify(saved)?.slice(0, 150)}`, () => assert.deepEqual(restoreViewState(saved), NEW_VIEW));
  }
});

describe('the page of the panel', () => {
  const html = panelHtml({ cspSource: 'https://x.test', nonce: 'N0nce', scriptUri: 'https://x.test/a.js?b="><script>' });

  it('allows its own script and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
    assert.deepEqual(policy.split('; '), [
      "default-src 'none'",
      'img-src https://x.test',
      "style-src https://x.test 'nonce-N0nce'",
      'font-src https://x.test',
      "script-src 'nonce-N0nce'",
    ]);
  });

  it('holds one script, no inline code and no inline style', () => {
    assert.deepEqual(html.match(/<script[^>]*>[^<]*/g), ['<script nonce="N0nce" src="https://x.test/a.js?b=&quot;>&lt;script>"></script>'.slice(0, -9)]);
    assert.doesNotMatch(html, /<style|style=|\son\w+=/);
  });
});
