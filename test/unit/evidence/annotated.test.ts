import assert from 'node:assert/strict';
import { withAnnotations } from '../../../src/evidence/cpuProfile/annotated';
import { parseCpuProfile } from '../../../src/evidence/cpuProfile/parse';

const source = (path: string, sourceReference = 0) => ({ name: path, path, sourceReference });
const at = (path: string, lineNumber: number, columnNumber = 1, reference = 0) => ({ lineNumber, columnNumber, source: source(path, reference) });
const frame = (functionName: string, lineNumber: number) => ({ functionName, scriptId: '7', url: 'file:///w/dist/a.js', lineNumber, columnNumber: 4 });

/** As js-debug writes it: the places of a function and of its lines, by their number. */
const PROFILE = {
  startTime: 0,
  endTime: 3000,
  samples: [2, 2, 3],
  timeDeltas: [1000, 1000, 1000],
  nodes: [
    { id: 1, callFrame: { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 }, children: [2, 3], locationId: 0 },
    { id: 2, callFrame: frame('hot', 9), hitCount: 2, locationId: 1, positionTicks: [{ line: 11, ticks: 1, startLocationId: 2 }, { line: 12, ticks: 1, startLocationId: 3 }] },
    { id: 3, callFrame: frame('plain', 20), hitCount: 1, locationId: 4, positionTicks: [{ line: 21, ticks: 1, startLocationId: 9 }] },
  ],
  $vscode: {
    rootPath: '/w',
    locations: [
      { locations: [] },
      { locations: [at('/w/dist/a.js', 10), at('/w/src/a.ts', 3, 17)] },
      { locations: [at('/w/dist/a.js', 11), at('/w/src/a.ts', 5)] },
      { locations: [at('/w/dist/a.js', 12), at('/w/src/other.ts', 80)] },
      { locations: [at('/w/dist/a.js', 21), at('/w/src/inside.ts', 1, 1, 99)] },
    ],
  },
};
const annotated = (profile: unknown) => withAnnotations(parseCpuProfile(JSON.stringify(profile), 'a.cpuprofile'));

describe('a profile that a debugger has annotated', () => {
  it('has the places of the sources, counted as a profile counts them', () => {
    const [, hot] = annotated(PROFILE).nodes;
    assert.deepEqual(hot!.callFrame, { functionName: 'hot', scriptId: '', url: 'file:///w/src/a.ts', lineNumber: 2, columnNumber: 16 });
  });

  it('counts a line that leads to another file at the function itself', () => {
    assert.deepEqual(annotated(PROFILE).nodes[1]!.positionTicks, [{ line: 5, ticks: 1 }, { line: 3, ticks: 1 }]);
  });

  it('keeps the place of the engine where there is no file behind it', () => {
    assert.deepEqual(annotated(PROFILE).nodes[2]!.callFrame, frame('plain', 20));
    assert.deepEqual(annotated(PROFILE).nodes[2]!.positionTicks!.map(({ line, ticks }) => [line, ticks]), [[21, 1]]);
  });

  it('stays as it is without annotations, or with broken ones', () => {
    const { $vscode: _, ...plain } = PROFILE;
    assert.deepEqual(annotated(plain), plain);
    assert.deepEqual(annotated({ ...plain, $vscode: { locations: 'none' } }).nodes, plain.nodes);
  });
});
