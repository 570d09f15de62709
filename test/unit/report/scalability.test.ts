import * as assert from 'node:assert/strict';
import { EMPTY_CONFIG, type PerformanceConfig } from '../../../src/core/config';
import type { Run } from '../../../src/core/evidence';
import { buildReport, type ReportInput } from '../../../src/report/build';
import { domainsIn } from '../../../src/report/scalability/domains';
import { multipleAtWhich } from '../../../src/report/scalability/growing';
import { plainText } from '../../../src/report/statement';
import { INPUTS } from './golden/inputs';
import { fileWith, filter, query, schemaOf, workspaceOf } from './sampleWorkspace';
import { benchmarkRun, finding, functionCost, growthRun, run, withTarget } from './support';

const scale = (tables: PerformanceConfig['scale']['tables']): PerformanceConfig => ({ ...EMPTY_CONFIG, scale: { tables, collections: {} } });

const linesOf = (section: 'limits' | 'tables' | 'domains' | 'ways' | 'processState', overrides: Partial<ReportInput>): readonly string[] =>
  buildReport({ ...INPUTS['nothing-known']!, ...overrides }).scalability![section].statements.map(plainText);

describe('the scalability section', () => {
  it('is there once a scale or a throughput is declared', () => {
    const has = (config: PerformanceConfig) => buildReport({ ...INPUTS['nothing-known']!, config }).scalability !== undefined;
    assert.equal(has(EMPTY_CONFIG), false);
    assert.equal(has(withTarget(200)), false);
    assert.equal(has(scale({ orders: { rows: 10 } })), true);
    assert.equal(has({ ...EMPTY_CONFIG, requirements: [{ latency: {}, throughput: 10 }] }), true);
  });

  it('finds the multiple at which a limit is passed', () => {
    assert.equal(multipleAtWhich(() => true), 1);
    assert.equal(multipleAtWhich(() => false), Infinity);
    for (const limit of [1.1, 3.2, 900_000]) assert.ok(Math.abs(multipleAtWhich(times => times > limit) / limit - 1) < 1e-9, `${limit}`);
  });

  describe('where growth stops fitting the limits', () => {
    const config = { ...withTarget(200), ...scale({ orders: { rows: 1000 } }), requirements: withTarget(200).requirements };
    const measuredAt = (share: number, p95: number, ...more: readonly Run[]) =>
      linesOf('limits', {
        findings: [finding('list-lookup', { n: 1000, basis: 'declared', of: 'items' })],
        runs: [run({ functions: [functionCost(share)] }), benchmarkRun(p95), ...more], config,
      })[0]!;

    it('is told by the measured latency and the part of it that grows', () => {
      // 62.5 ms x share 0.5: 31.25 + 31.25 f² = 200 at f = 2.32.
      assert.match(measuredAt(0.5, 62.5), /^listOrders in src\/orders\.ts: from 2\.3x the items of that run \(estimate\) on the p95 target of 200 ms \(declared\) is missed/);
      assert.match(measuredAt(0.5, 62.5), /now p95 62\.5 ms \(measured, run \S+\), of which at most 50 % \(measured, run \S+\) grows by the cost model O\(n\^2\)/);
    });

    it('follows a fitted growth where there is one', () => {
      const growth = growthRun('20261123T000000-000001', 'listOrders', { model: 'n', exponent: { value: 1, interval: [0.98, 1.02], from: 100, to: 5000 } });
      // 31.25 + 31.25 f = 200 at f = 5.4.
      assert.match(measuredAt(0.5, 62.5, growth), /from 5\.4x the items .* grew like n\^1\.00 \(0\.98 to 1\.02 at 95 %\) between 100 and 5,000 \(measured, run 20261123T000000-000001\)/);
    });

    it('speaks of today where the target is missed already', () => {
      assert.match(measuredAt(0.5, 300), /the p95 target of 200 ms \(declared\) is missed already: 300 ms \(measured/);
    });

    it('is left open where nothing was measured, and says what would answer it', () => {
      const report = buildReport({ ...INPUTS['nothing-known']!, config, findings: [finding('list-lookup')] });
      assert.equal(report.scalability!.limits.open?.action?.kind, 'runBenchmark');
    });

    it('leaves out a size that stands in the code', () => {
      assert.deepEqual(linesOf('limits', { config, findings: [finding('list-lookup', { n: 5000, basis: 'literal' })] }), ['No finding costs more as users or data grow.']);
    });
  });

  describe('tables', () => {
    const workspace = (...queries: Parameters<typeof fileWith>[1]) => 
      workspaceOf([fileWith('a.ts', queries)], schemaOf({ orders: { primaryKey: ['tenant_id', 'id'] } }));

    it('are partitioned from a hundred million rows, now or a year from now, by a column that their queries filter by', () => {
      const lines = linesOf('tables', {
        config: scale({ Orders: { rows: 50_000_000, growthPerDay: 200_000 } }),
        workspace: workspace(query(['orders'], [filter('orders', 'tenant_id')]), query(['orders'], [filter('orders', 'TENANT_ID', 'in')]), { ...query(['orders']), verb: 'insert' }),
      });
      assert.deepEqual(lines, [
        'Orders: 50,000,000 rows (declared), 123,000,000 in a year (estimate): partition it; one server still holds it.',
        'Candidate key tenant_id: equality in 2 of 2 queries (by hash or list; fit for shards).',
      ]);
    });

    it('have no key where few of their queries name one column', () => {
      const queries = [query(['orders'], [filter('orders', 'status')]), ...Array.from({ length: 4 }, () => query(['orders']))];
      assert.match(linesOf('tables', { config: scale({ orders: { rows: 1e8 } }), workspace: workspace(...queries) })[1]!, /^No column is in the filter of a quarter of its 5 queries \(most often status, in 1\)/);
    });

    it('of other sizes are left alone', () => {
      assert.match(linesOf('tables', { config: scale({ orders: { rows: 99_999_999 } }) })[0]!, /^None of the declared tables/);
    });

    it('without queries have no key that could be told', () => {
      assert.equal(linesOf('tables', { config: scale({ orders: { rows: 1e9 } }) })[1], 'No query of it was found, so no key for it can be told.');
    });
  });

  describe('domains', () => {
    const none = schemaOf({});

    it('are what joins hold together, over several queries too', () => {
      assert.deepEqual(domainsIn({ queries: [query(['a', 'b']), query(['B', 'c']), query(['d'])], relations: [], schema: none }), [{ tables: ['a', 'b', 'c'], queries: 2 }, { tables: ['d'], queries: 1 }]);
    });

    it('are not told apart where everything is joined', () => {
      const workspace = workspaceOf([fileWith('a.ts', [query(['a', 'b'])])], none);
      assert.match(linesOf('domains', { config: scale({ a: { rows: 1 } }), workspace })[0]!, /^None: every one of the 2 tables/);
    });

    it('stay apart where a query names no table', () => {
      assert.deepEqual(domainsIn({ queries: [query([])], relations: [], schema: none }), []);
    });

    it('are held together by the relations of their models, but only where both are queried', () => {
      const queries = [query(['a']), query(['b']), query(['c'])];
      assert.deepEqual(domainsIn({ queries, relations: [['A', 'b'], ['c', 'unused']], schema: none }).map(({ tables }) => tables), [['a', 'b'], ['c']]);
    });
  });
});
