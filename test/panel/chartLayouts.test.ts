import * as assert from 'node:assert/strict';
import type { FlameFrame } from '../../src/core/flame';
import { binsOf } from '../../src/panel/charts/bins';
import { edgesIn, flameLayout, neighbour } from '../../src/panel/charts/flameLayout';
import type { Distribution } from '../../src/report/runs/model';

describe('the layout of a flame chart', () => {
  const frame = (name: string, parent: number, selfUs: number, totalUs: number): FlameFrame => ({ name, parent, kind: 'runtime', place: '', selfUs, totalUs });
  const frames = [frame('a', -1, 10, 60), frame('narrow', 0, 10, 10), frame('wide', 0, 40, 40), frame('b', -1, 40, 40)];
  const all = flameLayout({ frames, totalUs: 100, sampleCount: 100, leftOut: { waitingShare: 0, loadingShare: 0, frames: 0, share: 0 } });
  const named = (name: string) => all.find((each) => each.frame?.name === name)!;
  const [whole] = all;

  it('gives each frame its share of the width, the widest first', () => {
    const edges = all.map(({ frame: of, depth, from, to }) => `${of?.name ?? 'all'} ${depth}: ${from.toFixed(2)}-${to.toFixed(2)}`);
    assert.deepEqual(edges, ['all 0: 0.00-1.00', 'a 1: 0.00-0.60', 'wide 2: 0.00-0.40', 'narrow 2: 0.40-0.50', 'b 1: 0.60-1.00']);
  });

  it('fills the width with the frame that is zoomed into, its callers above it', () => {
    const zoomed = all.map((each) => edgesIn(named('a'), each)?.map((edge) => edge.toFixed(2)).join('-'));
    assert.deepEqual(zoomed, ['0.00-1.00', '0.00-1.00', '0.00-0.67', '0.67-0.83', undefined]);
  });

  it('is walked along callers, callees and rows', () => {
    const to = (key: string, from: string): string | undefined => neighbour(key, named(from), all)?.frame?.name;
    assert.deepEqual([to('ArrowDown', 'a'), to('ArrowRight', 'wide'), to('ArrowLeft', 'narrow'), to('ArrowRight', 'a'), to('ArrowUp', 'wide')], ['wide', 'narrow', 'wide', 'b', 'a']);
    assert.deepEqual([to('ArrowDown', 'b'), to('ArrowRight', 'b'), to('x', 'b')], [undefined, undefined, undefined]);
    assert.equal(neighbour('Home', named('narrow'), all), whole);
    assert.equal(to('End', 'a'), 'b');
  });
});

describe('the bins of a distribution', () => {
  const side = (samples: readonly number[], p99: number): Distribution['now'] => ({ label: '', samples, sampleCount: samples.length, p50: 0, p95: 0, p99, max: samples.at(-1)! });
  const hundred = Array.from({ length: 100 }, (_, i) => 10 + i / 10);
  const sum = (shares: readonly number[] = []): number => Math.round(shares.reduce((a, b) => a + b, 0) * 1e6) / 1e6;

  it('hold every sample of each side, in shares', () => {
    const { edges, now, before, beyond } = binsOf({ name: '', now: side(hundred, 19.8), before: side(hundred.slice(0, 20), 11.8) });
    assert.deepEqual([edges[0], edges.at(-1), now.length, before!.length], [10, 19.9, edges.length - 1, edges.length - 1]);
    assert.deepEqual([sum(now), sum(before), beyond], [1, 1, 0]);
  });

  it('end soon after p99 and count what lies beyond', () => {
    const { edges, now, beyond } = binsOf({ name: '', now: side([...hundred, 5000], 19.9) });
    assert.ok(edges.at(-1)! < 23, String(edges.at(-1)));
    assert.equal(beyond, 1);
    assert.equal(sum(now), Math.round((100 / 101) * 1e6) / 1e6);
  });

  it('have a width where all samples are the same', () => {
    const { edges, now } = binsOf({ name: '', now: side([3, 3, 3], 3) });
    assert.ok(edges.at(-1)! > edges[0]!);
    assert.equal(sum(now), 1);
  });
});
