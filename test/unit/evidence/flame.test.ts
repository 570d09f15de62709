import assert from 'node:assert/strict';
import type { FlameGraph } from '../../../src/core/flame';
import { flameGraph } from '../../../src/evidence/cpuProfile/flame';
import { Frames } from '../../../src/evidence/cpuProfile/frames';
import { profileOf } from './sampleProfile';

const FRAMES = new Frames(['/w'], []);
const LOAD = ['Module._load', 'node:internal/modules/cjs/loader', 900] as const;
const MAIN = ['main', 'file:///w/src/main.ts', 0] as const;
const LIST = ['listOrders', 'file:///w/src/orders.ts', 3] as const;
const QUERY = ['query', 'file:///w/node_modules/pg/lib/client.js', 40] as const;
const IDLE = ['(idle)', '', -1] as const;

/** "main > listOrders: self/total ms". */
function lines({ frames }: FlameGraph): string[] {
  const pathOf = (index: number): string => (frames[index]!.parent < 0 ? '' : `${pathOf(frames[index]!.parent)} > `.replace(/^ > /, '')) + frames[index]!.name;
  return frames.map(({ selfUs, totalUs }, i) => `${pathOf(i)}: ${selfUs / 1000}/${totalUs / 1000}`);
}

describe('the flame graph of a profile', () => {
  it('merges equal stacks and adds up what is below each', () => {
    const graph = flameGraph(profileOf([[...MAIN, ...LIST], [...MAIN, ...LIST, ...QUERY], [...MAIN, ...LIST], [...MAIN]]), FRAMES);
    assert.deepEqual(lines(graph), ['main: 1/4', 'main > listOrders: 2/3', 'main > listOrders > query: 1/1']);
    assert.deepEqual(graph.frames.map(({ kind, place, line }) => [kind, place, line]), [
      ['workspace', 'src/main.ts', 0], ['workspace', 'src/orders.ts', 3], ['package', 'node_modules/pg', undefined],
    ]);
    assert.equal(graph.totalUs, 4000);
    assert.equal(graph.sampleCount, 4);
  });

  it('leaves waiting and loading out and says how much that was', () => {
    const { leftOut, ...graph } = flameGraph(profileOf([[...LOAD], [...LOAD, ...MAIN], [...LOAD, ...MAIN], [...IDLE]]), FRAMES);
    assert.deepEqual(lines({ leftOut, ...graph }), ['main: 2/2']);
    assert.deepEqual(leftOut, { waitingShare: 0.25, loadingShare: 0.25, frames: 0, share: 0 });
  });

  it('keeps to the measured window', () => {
    const profile = profileOf([[...MAIN], [...MAIN, ...LIST], [...MAIN]]);
    const graph = flameGraph(profile, FRAMES, { startUs: profile.startTime + 1500, endUs: profile.startTime + 2500 });
    assert.deepEqual(lines(graph), ['main: 0/1', 'main > listOrders: 1/1']);
  });

  it('leaves out what is narrower than a pixel, and says how much it was', () => {
    const deltas = [10_000_000, ...Array.from({ length: 50 }, () => 2000)];
    const stacks = [[...MAIN], ...Array.from({ length: 50 }, (_, i) => [...MAIN, `f${i}`, 'file:///w/src/f.ts', i])];
    const { frames, leftOut } = flameGraph(profileOf(stacks, deltas), FRAMES);
    assert.deepEqual(frames.map(({ name }) => name), ['main']);
    assert.equal(leftOut.frames, 50);
    assert.ok(Math.abs(leftOut.share - 100 / 10_100) < 1e-9);
    assert.equal(frames[0]!.totalUs, 10_100_000);
  });

  it('cuts a recursion that goes too deep, and no more frames than can be drawn', () => {
    const deep = flameGraph(profileOf([Array.from({ length: 5000 }, (_, i) => ['r', 'file:///w/src/r.ts', i]).flat()]), FRAMES);
    assert.equal(deep.frames.length, 200);
    assert.equal(deep.leftOut.share, 1);
    const wide = flameGraph(profileOf(Array.from({ length: 40 }, (_, i) => Array.from({ length: 100 }, (_, d) => [`f${d}`, 'file:///w/src/f.ts', i]).flat())), FRAMES);
    assert.equal(wide.frames.length, 2000);
    assert.ok(wide.frames.every(({ parent }, i) => parent < i));
  });

  it('is empty where nothing ran', () => {
    const graph = flameGraph(profileOf([[...IDLE]]), FRAMES);
    assert.deepEqual([graph.frames, graph.totalUs, graph.leftOut.waitingShare], [[], 0, 1]);
  });
});
