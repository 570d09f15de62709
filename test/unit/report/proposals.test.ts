import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMPTY_CONFIG } from '../../../src/core/config';
import type { FunctionFact } from '../../../src/core/facts';
import type { Proposal } from '../../../src/core/proposal';
import { ProposalStore } from '../../../src/evidence/proposalStore';
import { buildReport } from '../../../src/report/build';
import { renderMarkdown } from '../../../src/report/markdown';
import type { Report } from '../../../src/report/model';
import { INPUTS } from './golden/inputs';
import { functionCost, run } from './support';

const PROPOSAL: Proposal = {
  version: 1, id: 'proposal-0123456789ab', createdAt: '2026-11-22T12:00:00.000Z', model: 'claude-opus-5-5',
  title: 'Orders listed again and again', file: 'src/orders.ts', functionName: 'listOrders', functionHash: 'old',
  resource: 'cpu', decision: 'upfront', why: 'Each request lists all orders.', technique: 'Keep the list.', tradeoffs: 'It may be late.',
  effortMinutes: 30, validation: 'benchmark', unit: 'comparisons', growth: { now: 'O(n^2)', after: 'O(n)' }, size: { kind: 'collection', name: 'Orders' },
};

const range = { start: { line: 3, character: 0 }, end: { line: 3, character: 9 } };
const factOf = (hash: string): FunctionFact => ({ name: 'listOrders', exportedAs: [], range, nameRange: range, hash, isAsync: false, parameters: [], effects: [], calls: [] });

describe('proposals of the advisor in the report', () => {
  const config = { ...EMPTY_CONFIG, scale: { tables: {}, collections: { orders: 10_000 } } };
  const reportWith = (changes: Partial<Proposal> = {}, { hash = 'old', runs = [] as Parameters<typeof buildReport>[0]['runs'], isGone = false } = {}): Report =>
    buildReport({
      ...INPUTS['nothing-known']!, config, runs, functionOf: () => ({ hash, isAsync: false }),
      proposals: { list: [{ ...PROPOSAL, ...changes }], lookup: () => (isGone ? undefined : { fact: factOf(hash), heat: { heat: 'unknown', reason: 'no usage data' } }) },
    });
  const itemOf = ({ recommendations: { high, medium, low } }: Report) => [...high, ...medium, ...low][0];

  it('are worth what their growth says at the declared scale', () => {
    const item = itemOf(reportWith())!;
    assert.equal(item.priority, 'high');
    assert.equal(item.evidence, 'estimate');
    assert.match(item.arithmetic.map(({ text }) => text).join(''), /100,000,000 comparisons → 10,000 comparisons at Orders = 10,000/);
  });

  it('are small where nothing is declared', () => {
    const item = itemOf(reportWith({ size: undefined }))!;
    assert.equal(item.priority, 'low');
  });

  const measured = (hash: string, startedAt: string) =>
    run({ id: '20261122T202000-4d5e6f', startedAt, functions: [functionCost(0.4, { hash })] });

  it('are ranked by what is measured of their function', () => {
    const item = itemOf(reportWith({}, { runs: [measured('old', '2026-11-22T11:00:00Z')] }))!;
    assert.equal(item.evidence, 'measured');
    assert.equal(item.proposal!.state, 'not validated');
  });

  it('stay proposals until a run has measured the changed function', () => {
    assert.equal(itemOf(reportWith({}, { hash: 'new' }))!.proposal!.state, 'changed');
    const before = reportWith({}, { hash: 'new', runs: [measured('new', '2026-11-22T11:00:00Z')] });
    assert.equal(itemOf(before)!.proposal!.state, 'changed', 'a run before it validates nothing');
    const same = reportWith({}, { runs: [measured('old', '2026-11-22T13:00:00Z')] });
    assert.equal(itemOf(same)!.proposal!.state, 'not validated', 'nor does one of the unchanged function');
    const after = itemOf(reportWith({}, { hash: 'new', runs: [measured('new', '2026-11-22T13:00:00Z')] }))!;
    assert.deepEqual([after.proposal!.state, after.proposal!.runId], ['validated', '20261122T202000-4d5e6f']);
  });

  it('are left out with a word when their function is gone', () => {
    const report = reportWith({}, { isGone: true });
    assert.equal(itemOf(report), undefined);
    assert.deepEqual(report.failures.map(({ code }) => code), ['proposal-outdated']);
  });

  it('show markup as it is', () => {
    const markdown = renderMarkdown(reportWith({ title: '<img src=x> [a](b)', why: '# Heading `x`' }));
    assert.ok(markdown.includes('\\<img src=x\\> \\[a\\](b)'), markdown);
    assert.ok(!/^# Heading/m.test(markdown));
  });

  describe('on the disk', () => {
    let workspace: string;
    beforeEach(() => (workspace = mkdtempSync(join(tmpdir(), 'proposals-'))));
    afterEach(() => rmSync(workspace, { recursive: true, force: true }));

    it('are kept, replaced by the same one, and removed', async () => {
      const store = new ProposalStore(workspace);
      await store.put(PROPOSAL);
      await store.put({ ...PROPOSAL, why: 'Better said.' });
      assert.deepEqual((await store.list()).proposals.map(({ why }) => why), ['Better said.']);
      assert.equal(readFileSync(join(workspace, '.performance/.gitignore'), 'utf8'), '*\n');
      assert.equal(await store.remove('proposal-../../x'), false);
      assert.equal(await store.remove(PROPOSAL.id), true);
      assert.equal(await store.remove(PROPOSAL.id), false);
      assert.deepEqual(await store.list(), { proposals: [], failures: [] });
    });

    for (const [what, text] of [
      ['is no JSON', '{"version": 1'],
      ['has another id', JSON.stringify({ ...PROPOSAL, id: 'proposal-ffffffffffff' })],
      ['has an unknown growth', JSON.stringify({ ...PROPOSAL, growth: { now: 'O(n!)', after: 'O(1)' } })],
      ['lacks a text', JSON.stringify({ ...PROPOSAL, why: undefined })],
      ['is of another version', JSON.stringify({ ...PROPOSAL, version: 2 })],
    ] as const) {
      it(`cost only themselves when a file ${what}`, async () => {
        const store = new ProposalStore(workspace);
        await store.put(PROPOSAL);
        writeFileSync(join(workspace, '.performance/proposals/proposal-aaaaaaaaaaaa.json'), text);
        const { proposals, failures } = await store.list();
        assert.deepEqual([proposals.length, failures.map(({ code }) => code)], [1, ['broken-evidence']]);
      });
    }
  });
});
