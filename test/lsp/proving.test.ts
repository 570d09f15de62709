import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Proof } from '../../src/core/proof';
import { Client } from './client';
import { provedSearch } from '../unit/report/sampleProof';
import { TestFolder } from './workspace';

const QUERIES = `-- name: ofCustomer
SELECT id, note FROM orders WHERE customer_id = $1;

-- name: byId
SELECT note FROM orders WHERE id = $1;
`;

describe('the language server while a query is explained', function () {
  this.timeout(120_000);
  let folder: TestFolder;
  let client: Client;
  let queries: string;
  const failsWith = (code: string) => (error: { data: { code: string } }) => error.data.code === code;
  const position = { line: 1, character: 10 };

  before(async () => {
    folder = new TestFolder({
      'schema.sql': 'CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint NOT NULL, note text);\n',
      'performance.json': '{"scale": {"tables": {"orders": {"rows": 500000}}}}',
      'queries.sql': QUERIES,
    });
    queries = folder.uriOf('queries.sql');
    client = await Client.start({ folders: [folder.uri], settings: { trusted: false } });
    await client.open(queries, 'sql', QUERIES);
    await client.ready();
  });
  after(async () => {
    await client.stop();
    folder.remove();
  });

  it('offers to explain each query, and to prove those with a recommendation', async () => {
    const lenses = (await client.lenses(queries)).filter(({ command }) => command!.command === 'performanceEngineer.explainQuery');
    assert.deepEqual(lenses.map(({ range, command }) => [range.start.line, command!.title, command!.arguments!.slice(1)]), [
      [1, 'Explain', [1, 0, false]],
      [1, 'Prove', [1, 0, true]],
      [4, 'Explain', [4, 0, false]],
    ]);
  });

  it('plans nothing in a workspace that is not trusted', async () => {
    await assert.rejects(client.request('performance/proofPlan', { uri: queries, position, prove: true, engine: 'pglite' }), failsWith('untrusted-workspace'));
    await client.configure({ trusted: true });
  });

  it('plans the query at a position, with what is recommended or without', async () => {
    const { plan, folder: uri } = await client.request('performance/proofPlan', { uri: queries, position, prove: true, engine: 'pglite' });
    assert.equal(uri, folder.uri);
    assert.deepEqual(plan.candidates.map(({ title }) => title), ['Index on orders (customer_id)']);
    assert.deepEqual(plan.tables.map(({ name, rows }) => [name, rows]), [['orders', 500_000]]);
    assert.deepEqual([plan.subject.line, plan.subject.functionName], [1, 'ofCustomer']);
    const explained = await client.request('performance/proofPlan', { uri: queries, position, prove: false, engine: 'sqlite' });
    assert.deepEqual([explained.plan.candidates, explained.plan.engine], [[], 'sqlite']);
  });

  it('says where there is no query', async () => {
    const nowhere = { uri: folder.uriOf('schema.sql'), position, prove: true, engine: 'pglite' as const };
    await assert.rejects(client.request('performance/proofPlan', nowhere), failsWith('no-query-here'));
    await assert.rejects(client.request('performance/proofPlan', { finding: 'missing-index-gone', prove: true, engine: 'pglite' }), failsWith('unknown-finding'));
  });

  it('stores what was proved, and the report shows it on the card of its finding', async () => {
    const { report: before } = await client.request('performance/report', { folder: folder.uri });
    const [item] = Object.values(before.recommendations).flat();
    assert.ok(item!.canProve && item!.proof === undefined);
    const { plan } = await client.request('performance/proofPlan', { finding: item!.id, prove: true, engine: 'pglite' });
    const sample = provedSearch(item!.id);
    const proof: Proof = { ...sample, subject: plan.subject, data: { kind: 'synthetic', seed: 1, tables: [{ table: 'orders', rows: 500_000, wanted: 500_000, basis: 'declared' }] } };
    const result = await client.request('performance/proofFinish', { folder: folder.uri, plan, proof, startedAt: new Date().toISOString(), durationMs: 9 });
    assert.match(result.message, /Trigram index on products\.name: proved, 0\.006 times the time/);
    assert.deepEqual(readdirSync(join(folder.path, '.performance/runs')), [`${plan.id}.json`]);
    const { report } = await client.request('performance/report', { folder: folder.uri });
    const [proved] = Object.values(report.recommendations).flat();
    assert.deepEqual([proved!.id, proved!.proof!.runId, proved!.evidence], [item!.id, plan.id, 'measured']);
  });
});
