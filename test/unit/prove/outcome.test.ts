import assert from 'node:assert/strict';
import type { PlanMeasurement, PlanNode, Trial } from '../../../src/core/proof';
import { readPostgresPlan } from '../../../src/prove/engines/postgresPlan';
import { judge } from '../../../src/prove/run/outcome';

const plan = (operation: string): PlanNode => ({ operation, children: [] });
const measurement = (operation: string): PlanMeasurement => ({ plan: plan(operation), samples: [1], medianMs: 1, cost: 100 });

const trial = (ratio: number, interval: readonly [number, number] | undefined, overrides: Partial<Trial> = {}): Trial => ({
  parameters: { kind: 'selective', values: [] }, before: measurement('Seq Scan'), after: measurement('Index Scan'),
  ratio, ...(interval && { interval }), basis: 'time', ...overrides,
});

describe('the verdict of a proof', () => {
  const cases: readonly (readonly [string, readonly Trial[], string, RegExp])[] = [
    ['at most half the time, for certain', [trial(0.1, [0.05, 0.2])], 'proved', /^Takes 0\.1 times the time\.$/],
    ['exactly half at the end of the interval', [trial(0.4, [0.3, 0.5])], 'proved', /0\.4/],
    ['faster, but not by half', [trial(0.8, [0.7, 0.9])], 'refuted', /Does not halve the time/],
    ['no faster, with the same plan', [trial(1, [0.95, 1.05], { after: measurement('Seq Scan') })], 'refuted', /planner does not use it/],
    ['perhaps by half, perhaps not', [trial(0.5, [0.2, 1.4])], 'undecided', /between 0\.2 times and 1\.4 times/],
    ['few runs that leave no doubt', [trial(0.01, undefined)], 'proved', /in few runs/],
    ['few runs', [trial(0.4, undefined)], 'undecided', /Too few runs/],
    ['nothing', [], 'undecided', /Nothing was measured/],
    ['planned only, cheaper', [trial(0.02, undefined, { basis: 'cost' })], 'proved', /cost that the planner expects/],
    ['planned only, as dear', [trial(0.99, undefined, { basis: 'cost' })], 'refuted', /Does not halve/],
  ];
  for (const [what, trials, outcome, reason] of cases) {
    it(`is "${outcome}" over ${what}`, () => {
      const verdict = judge(trials);
      assert.equal(verdict.outcome, outcome);
      assert.match(verdict.reason, reason);
    });
  }

  it('refutes nothing on far fewer rows than declared', () => {
    const table = (rows: number, wanted: number) => ({ table: 'orders', rows, wanted, basis: 'declared' as const });
    const useless = trial(1, [0.9, 1.1]);
    assert.match(judge([useless], [table(3_000, 1_000_000)]).reason, /With 3,000 of 1,000,000 rows of orders that refutes nothing\.$/);
    assert.deepEqual([[3_000, 1_000_000], [3_000, 3_000], [1_000_000, 50_000_000]].map(([rows, wanted]) => judge([useless], [table(rows!, wanted!)]).outcome), ['undecided', 'refuted', 'refuted']);
    assert.equal(judge([trial(0.1, [0.05, 0.2])], [table(3_000, 1_000_000)]).outcome, 'proved');
  });

  it('tells of calls that have become slower', () => {
    const slower = trial(3, [2, 4], { parameters: { kind: 'frequent', values: [] } });
    assert.match(judge([trial(0.1, [0.05, 0.2]), slower]).reason, /With the most common value it is slower: 3 times the time\.$/);
    const noisy = trial(3, [0.5, 4], { parameters: { kind: 'frequent', values: [] } });
    assert.doesNotMatch(judge([trial(0.1, [0.05, 0.2]), noisy]).reason, /slower/);
  });
});

describe('a plan of PostgreSQL', () => {
  it('is read with its loops, its estimates and what was thrown away', () => {
    const { plan: root, ms, rows, pages, cost } = readPostgresPlan({
      'Execution Time': 12.5,
      Plan: {
        'Node Type': 'Nested Loop', 'Join Type': 'Left', 'Total Cost': 90, 'Plan Rows': 10, 'Actual Rows': 8, 'Actual Loops': 1, 'Actual Total Time': 12,
        'Shared Hit Blocks': 30, 'Shared Read Blocks': 5, 'Temp Read Blocks': 1,
        Plans: [
          {
            'Node Type': 'Index Scan', 'Relation Name': 'orders', 'Index Name': 'orders_pkey', 'Index Cond': '(id = $1)', Filter: '(total > 5)',
            'Actual Rows': 2, 'Actual Loops': 4, 'Actual Total Time': 0.5, 'Rows Removed by Filter': 3, 'Rows Removed by Index Recheck': 1,
          },
        ],
      },
    });
    assert.deepEqual([ms, rows, pages, cost], [12.5, 8, 36, 90]);
    assert.equal(root.operation, 'Nested Loop (Left)');
    const [child] = root.children;
    assert.deepEqual([child!.relation, child!.index, child!.detail], ['orders', 'orders_pkey', 'Index Cond: (id = $1); Filter: (total > 5)']);
    assert.deepEqual([child!.totalMs, child!.loops, child!.removedRows], [2, 4, 4]);
  });

  it('that was not run has estimates alone', () => {
    const { plan: root, ms, rows } = readPostgresPlan({ Plan: { 'Node Type': 'Seq Scan', 'Total Cost': 5, 'Plan Rows': 3 } });
    assert.deepEqual([root.estimatedRows, root.rows, root.totalMs, ms, rows], [3, undefined, undefined, undefined, undefined]);
  });
});
