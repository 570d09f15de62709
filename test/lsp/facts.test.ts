import assert from 'node:assert/strict';
import type { ProposalDraft } from '../../src/advisor/host';
import type { FactAnswers, FactKind, FactQuery } from '../../src/advisor/facts/query';
import type { Failure } from '../../src/core/failures';
import { Client } from './client';
import { MANY_ORDERS, N_PLUS_ONE, TestFolder } from './workspace';

const DRAFT: ProposalDraft = {
  model: 'claude-opus-5-5', title: 'Orders kept for a minute', file: 'orders.ts', functionName: 'listOrders', resource: 'database', decision: 'deferrable',
  why: 'The same orders are listed again and again.', technique: 'Keep the list for a minute.', tradeoffs: 'A new order shows up late.',
  effortMinutes: 60, validation: 'load', unit: 'queries', growth: { now: 'O(n)', after: 'O(1)' }, size: { kind: 'collection', name: 'orders' },
};

describe('facts for agents', function () {
  this.timeout(60_000);
  let folder: TestFolder;
  let client: Client;
  beforeEach(async () => {
    folder = new TestFolder({ 'orders.ts': N_PLUS_ONE, 'performance.json': MANY_ORDERS, 'schema.sql': 'CREATE TABLE items (id int PRIMARY KEY, order_id int);' });
    client = await Client.start({ folders: [folder.uri] });
    await client.ready();
  });
  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  const ask = async <Kind extends FactKind>(query: Extract<FactQuery, { kind: Kind }>): Promise<FactAnswers[Kind]> =>
    (await client.request('performance/fact', { folder: folder.uri, query })) as FactAnswers[Kind];

  it('tell findings in the order of the ranking, and what is wrong with a question', async () => {
    const { findings, total } = await ask({ kind: 'findings' });
    assert.equal(total, findings.length);
    assert.equal(findings[0]!.rule, 'n-plus-one-query');
    assert.equal(findings[0]!.isProposal, false);
    assert.match((await ask({ kind: 'findings', rule: 'nothing' })).problem!, /no rule nothing/);
  });

  it('tell schema, calls and what is declared', async () => {
    const { tables } = await ask({ kind: 'schema', tables: ['items'] });
    assert.deepEqual(tables[0]!.columns.map(({ name }) => name), ['id', 'order_id']);
    const { surroundings } = await ask({ kind: 'calls', file: 'orders.ts', functionName: 'listOrders' });
    assert.deepEqual(surroundings!.effects.map(({ kind, table }) => [kind, table]), [['query', 'items']]);
    assert.match((await ask({ kind: 'calls', file: 'orders.ts', functionName: 'nobody' })).problem!, /listOrders/);
    const { collections, rules } = await ask({ kind: 'workspace' });
    assert.deepEqual(collections.find(({ name }) => name === 'orders'), { name: 'orders', size: 1000 });
    assert.ok(rules.length >= 10);
  });

  it('follow a text that is being typed', async () => {
    await client.open(folder.uriOf('orders.ts'), 'typescript', 'export const nothing = 1;\n');
    assert.equal((await ask({ kind: 'findings', file: 'orders.ts' })).total, 0);
  });

  it('refuse a question of no kind', async () => {
    const error = await client.request('performance/fact', { folder: folder.uri, query: { kind: '__proto__' } as never }).then(() => undefined, (thrown: { data?: Failure }) => thrown);
    assert.equal(error?.data?.code, 'unknown-fact');
  });

  it('take a proposal into the report, marked and ranked, until it is withdrawn', async () => {
    const proposed = await client.request('performance/propose', { folder: folder.uri, draft: DRAFT });
    assert.ok('id' in proposed);
    const find = async () => {
      const { report } = await client.request('performance/report', { folder: folder.uri });
      const { high, medium, low } = report.recommendations;
      return [...high, ...medium, ...low].find(({ id }) => id === proposed.id);
    };
    const item = await find();
    assert.equal(item!.proposal!.state, 'not validated');
    assert.equal(item!.evidence, 'estimate');
    assert.match((await client.request('performance/markdown', { folder: folder.uri })).markdown, /Proposal: by claude-opus-5-5 on \d{4}-\d{2}-\d{2}, not validated by a run yet/);
    assert.equal((await ask({ kind: 'findings' })).findings.find(({ id }) => id === proposed.id)!.isProposal, true);
    await client.request('performance/withdraw', { proposal: proposed.id });
    assert.equal(await find(), undefined);
    const error = await client.request('performance/withdraw', { proposal: proposed.id }).then(() => undefined, (thrown: { data?: Failure }) => thrown);
    assert.equal(error?.data?.code, 'unknown-finding');
  });

  it('refuse a proposal about nothing', async () => {
    const answer = await client.request('performance/propose', { folder: folder.uri, draft: { ...DRAFT, functionName: 'nobody' } });
    assert.match('problem' in answer ? answer.problem : '', /no function nobody.*listOrders/);
  });
});
