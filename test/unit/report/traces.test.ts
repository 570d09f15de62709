import * as assert from 'node:assert/strict';
import { EMPTY_CONFIG } from '../../../src/core/config';
import type { Finding } from '../../../src/core/finding';
import type { Run } from '../../../src/core/evidence';
import { type FunctionLookup, indexEvidence } from '../../../src/report/evidenceIndex';
import { prioritise } from '../../../src/report/priority';
import { countsRun, finding, operation, RULES, traceRun } from './support';

const at = (line: number) => ({ start: { line, character: 4 }, end: { line, character: 30 } });
const unchanged: FunctionLookup = () => ({ hash: 'h1', isAsync: true });
const judge = (found: Finding, runs: readonly Run[], functionOf = unchanged) =>
  prioritise(found, { meta: RULES.get(found.rule)!, evidence: indexEvidence(runs, EMPTY_CONFIG, functionOf), config: EMPTY_CONFIG });
const inLoop = (line: number, overrides: Partial<Finding> = {}) => finding('queries-in-loop', { range: at(line), functionName: 'listOrders', ...overrides });

describe('a trace and a finding', () => {
  it('meet at the line of the query, and at that of the loop around a helper', () => {
    const runs = [traceRun([operation(1000, [20, 14])])];
    for (const line of [20, 14]) {
      const { priority, evidence, observation, reason } = judge(inLoop(line), runs);
      assert.deepEqual([priority, evidence, observation?.verdict, observation?.count], ['high', 'measured', 'confirmed', 1000]);
      assert.match(reason, /^Confirmed by a trace/);
    }
    assert.equal(judge(inLoop(15), runs).observation, undefined);
  });

  it('meet after the function has moved, and no more after it was edited', () => {
    const runs = [traceRun([operation(1000, [14])])];
    const moved: FunctionLookup = () => ({ hash: 'h1', isAsync: true, nameRange: at(17) });
    assert.equal(judge(inLoop(24), runs, moved).observation?.verdict, 'confirmed');
    assert.equal(judge(inLoop(14), runs, moved).observation, undefined);
    assert.equal(judge(inLoop(14), runs, () => ({ hash: 'h2', isAsync: true })).observation, undefined);
  });

  it('count for each call, and a query or two confirm nothing', () => {
    assert.equal(judge(inLoop(14), [traceRun([operation(3, [14])])]).observation?.verdict, 'seen');
    const ofTen = traceRun([operation(30, [14])]);
    assert.equal(judge(inLoop(14), [{ ...ofTen, trace: { ...ofTen.trace!, calls: 10 } }]).observation?.count, 3);
  });

  it('of another resource do not meet', () => {
    assert.equal(judge(inLoop(14), [traceRun([operation(1000, [14], { category: 'network' })])]).observation, undefined);
    assert.equal(judge(finding('list-lookup', { range: at(14), functionName: 'listOrders' }), [traceRun([operation(1000, [14])])]).observation, undefined);
  });

  it('make certain what was only possible', () => {
    const possible = inLoop(14, { confidence: 'possible' });
    assert.equal(judge(possible, [traceRun([operation(1000, [14])])]).priority, 'high');
    assert.equal(judge(possible, []).priority, 'low');
  });

  describe('with the counts of the same driver', () => {
    it('refute it where the code ran often and hardly anything left the process', () => {
      const { priority, evidence, observation } = judge(inLoop(14), [traceRun([operation(1, [3], { callers: [] })]), countsRun(1000)]);
      assert.deepEqual([priority, evidence, observation?.verdict, observation?.hits], ['deferred', 'measured', 'refuted', 1000]);
    });

    it('do not, where nothing at all was seen: the library may be one that is not traced', () => {
      assert.equal(judge(inLoop(14), [traceRun([]), countsRun(1000)]).observation, undefined);
    });

    it('do not, where queries without a known caller may be these', () => {
      assert.equal(judge(inLoop(14), [traceRun([operation(900, [], {})]), countsRun(1000)]).observation, undefined);
    });

    it('do not, where the loop ran a time or two', () => {
      assert.equal(judge(inLoop(14), [traceRun([operation(1, [3])]), countsRun(2)]).observation, undefined);
    });

    it('do not, where another driver was counted', () => {
      const driver = { kind: 'test', label: 'a test', argv: [], cwd: '' } as const;
      assert.equal(judge(inLoop(14), [traceRun([operation(1, [3])]), countsRun(1000, [], { driver })]).observation, undefined);
    });
  });
});

describe('a counted size', () => {
  const size = (expression: string, largest: number, hash = 'h1') => ({ file: 'src/orders.ts', functionName: 'listOrders', hash, at: at(14).start, expression, count: 9, p50: 3, largest });
  const lookup = (overrides: Partial<Finding> & { n?: number; basis?: 'declared' } = {}) =>
    finding('list-lookup', { range: at(14), functionName: 'listOrders', collections: ['known', 'items'], ...overrides });

  it('of a few items says to leave it alone', () => {
    const { priority, evidence, arithmetic } = judge(lookup(), [countsRun(1, [size('known', 8), size('items', 5)])]);
    assert.deepEqual([priority, evidence], ['deferred', 'measured']);
    assert.match(arithmetic, /8 \(known had 8 items at most, items 5\) \(measured, run 20261122T205100-00000b\)/);
  });

  it('of many items is what the cost is reckoned with', () => {
    assert.match(judge(lookup(), [countsRun(1, [size('known', 41_000), size('items', 41_000)])]).arithmetic, /^1,681,000,000 comparisons/);
  });

  it('gives way to a declared scale, and says nothing of edited code or of half the collections', () => {
    const both = [size('known', 8), size('items', 5)];
    assert.match(judge(lookup({ n: 1000, basis: 'declared' }), [countsRun(1, both)]).arithmetic, /1,000 \(declared\)/);
    assert.equal(judge(lookup(), [countsRun(1, both)], () => ({ hash: 'h2', isAsync: false })).evidence, 'estimate');
    assert.equal(judge(lookup(), [countsRun(1, [size('known', 8)])]).evidence, 'estimate');
  });
});
