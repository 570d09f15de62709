import * as assert from 'node:assert/strict';
import { isFilter, NO_FILTER, select, type Filter, type Selection } from '../../src/panel/filter';
import { manyFindings } from './manyFindings';
import { golden } from './reports';

const ids = ({ recommendations: { high, medium, low }, deferred }: Selection): string[] => [...high, ...medium, ...low, ...deferred].map(({ id }) => id);

describe('the filter of the panel', () => {
  const report = golden('slow-endpoint');
  const left = (filter: Partial<Filter>, of = report): string[] => ids(select(of, { ...NO_FILTER, ...filter }));

  it('leaves everything, in order, when nothing is asked for', () => {
    const selection = select(report, NO_FILTER);
    assert.deepEqual(selection.recommendations, report.recommendations);
    assert.deepEqual(selection.deferred, report.deferred);
    assert.deepEqual([selection.isFiltered, selection.matching, selection.total], [false, 5, 5]);
    assert.deepEqual(left({ text: '   ', file: ' ' }), left({}));
  });

  it('takes priority, resource, evidence and file together', () => {
    const many = manyFindings(100);
    const all = [...Object.values(many.recommendations).flat(), ...many.deferred];
    const wanted = { priority: 'medium', resource: 'database', evidence: 'measured', file: 'AREA0/' } as const;
    const expected = many.recommendations.medium
      .filter(({ resource, evidence, places }) => resource === 'database' && evidence === 'measured' && places[0]!.file.includes('area0/'))
      .map(({ id }) => id);
    assert.ok(expected.length > 0 && expected.length < 5);
    assert.deepEqual(left(wanted, many), expected);
    for (const [key, value] of Object.entries(wanted)) {
      const alone = left({ [key]: value }, many);
      assert.ok(alone.length < all.length && expected.every(id => alone.includes(id)), key);
    }
    assert.deepEqual(left({ priority: 'deferred' }), ['negligible']);
    assert.equal(left({ evidence: 'estimate' }).length + left({ evidence: 'measured' }).length, 5);
  });

  it('finds words in titles, rules, functions, files and messages, in any order and case', () => {
    assert.deepEqual(left({ text: 'JOBS.ts query' }), ['waiting']);
    assert.deepEqual(left({ text: 'refresh' }), ['waiting']);
    assert.ok(left({ text: 'queries-in-loop' }).includes('n-plus-one'));
    assert.deepEqual(left({ text: 'queries-in-loop no-such-word' }), []);
    assert.deepEqual(left({ text: '.*' }), [], 'a search is no pattern');
  });

  it('leaves of an item only the places in the files, and says how many there were', () => {
    const many = manyFindings(100);
    const selection = select(many, { ...NO_FILTER, file: 'module3.ts' });
    const first = selection.recommendations.high[0]!;
    assert.equal(first.id, 'high-0');
    assert.ok(first.places.length === 10 && first.places.every(({ file }) => file.endsWith('module3.ts')));
    assert.deepEqual([...selection.placesOf], [['high-0', 100]]);
  });

  it('is taken back only as it was saved', () => {
    assert.ok(isFilter({ ...NO_FILTER, priority: 'low' }));
    for (const other of [{}, { ...NO_FILTER, priority: 'highest' }, { ...NO_FILTER, text: 1 }, { ...NO_FILTER, more: '' }]) assert.ok(!isFilter(other));
  });
});
