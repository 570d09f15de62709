import assert from 'node:assert/strict';
import { buildSync } from 'esbuild';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FailureError } from '../../../src/core/failures';
import type { FunctionAnchor, Sources } from '../../../src/evidence/attribution';
import { costsOf } from '../../../src/evidence/cpuProfile/costs';
import { Frames } from '../../../src/evidence/cpuProfile/frames';
import { inSources } from '../../../src/evidence/cpuProfile/inSources';
import { type CpuProfile, parseCpuProfile } from '../../../src/evidence/cpuProfile/parse';
import { ScriptMaps } from '../../../src/evidence/cpuProfile/scriptMaps';
import { profileOf } from './sampleProfile';

const ROOT = join(tmpdir(), 'a workspace');
const SOURCES: Sources = { roots: [ROOT], machinery: [join(ROOT, 'machinery')], functionsOf: () => undefined };
const NO_MAPS = new ScriptMaps([], () => undefined);
const at = (file: string) => pathToFileURL(join(ROOT, file)).href;

function costs(profile: CpuProfile, sources = SOURCES, window?: { startUs: number; endUs: number }) {
  const result = costsOf([{ profile, maps: NO_MAPS }], sources, window);
  const of = (name: string) => {
    const cost = result.functions.find(({ functionName, file }) => functionName === name || file === name);
    return cost && [Number(cost.selfShare.toFixed(4)), Number(cost.totalShare.toFixed(4)), cost.samples];
  };
  return { ...result, of };
}

describe('a CPU profile', () => {
  it('gives self and total shares; recursion counts once', () => {
    const profile = profileOf([
      ['main', at('a.js'), 1],
      ['main', at('a.js'), 1, 'walk', at('a.js'), 5],
      ['main', at('a.js'), 1, 'walk', at('a.js'), 5, 'walk', at('a.js'), 5],
      ['main', at('a.js'), 1, 'other', at('b.js'), 2],
    ]);
    const { of, sampleCount } = costs(profile);
    assert.equal(sampleCount, 4);
    assert.deepEqual(of('main'), [0.25, 1, 4]);
    assert.deepEqual(of('walk'), [0.5, 0.5, 2]);
    assert.deepEqual(of('other'), [0.25, 0.25, 1]);
  });

  it('weighs samples by their time', () => {
    const profile = profileOf([['slow', at('a.js'), 1], ['fast', at('a.js'), 9]], [3000, 1000]);
    assert.deepEqual(costs(profile).of('slow')?.slice(0, 2), [0.75, 0.75]);
    assert.equal(costs(profile).functions.find(({ functionName }) => functionName === 'slow')?.selfMs, 3);
  });

  it('ignores what passed before the first sample and negative deltas', () => {
    const profile = profileOf([['a', at('a.js'), 1], ['b', at('a.js'), 9]]);
    const late = { ...profile, timeDeltas: profile.timeDeltas!.map((delta, i) => (i === 0 ? 60_000 : delta)) };
    assert.deepEqual(costs(late).of('a')?.slice(0, 2), [0.5, 0.5]);
    const backwards = { ...profile, samples: [...profile.samples!, profile.samples![1]!], timeDeltas: [...profile.timeDeltas!, -900] };
    assert.deepEqual(costs(backwards).of('a')?.slice(0, 2), [0.5, 0.5]);
  });

  it('does not charge a function for the time in which the system ran something else', () => {
    const stacks = Array.from({ length: 20 }, (_, i) => (i % 2 ? ['a', at('a.js'), 1] : ['b', at('a.js'), 9]));
    const deltas = stacks.map((_, i) => (i === 7 ? 200_000 : 1000));
    const shares = (ignoresGaps: boolean) =>
      costsOf([{ profile: profileOf(stacks, deltas), maps: NO_MAPS }], SOURCES, undefined, ignoresGaps).functions.find(({ functionName }) => functionName === 'a')!.selfShare;
    assert.ok(shares(false) > 0.9 && shares(true) < 0.6, `${shares(false)}, ${shares(true)}`);
  });

  it('falls back on hit counts', () => {
    const { samples: _, timeDeltas: __, ...profile } = profileOf([['a', at('a.js'), 1], ['b', at('a.js'), 9], ['b', at('a.js'), 9]]);
    assert.deepEqual(costs(profile).of('b')?.slice(0, 1), [0.6667]);
  });

  it('cuts a window by the time of the samples', () => {
    const profile = profileOf([['warm', at('a.js'), 1], ['warm', at('a.js'), 1], ['measured', at('a.js'), 9]]);
    const { of } = costs(profile, SOURCES, { startUs: profile.endTime - 500, endUs: profile.endTime + 500 });
    assert.equal(of('warm'), undefined);
    assert.deepEqual(of('measured'), [1, 1, 1]);
  });

  it('groups packages and internals and keeps them in the totals', () => {
    const profile = profileOf([
      ['list', at('a.js'), 1, 'query', at('node_modules/pg/lib/client.js'), 40, 'send', at('node_modules/pg/lib/wire.js'), 7],
      ['list', at('a.js'), 1, 'writev', 'node:net', 3],
      ['list', at('a.js'), 1, 'x', at('node_modules/.pnpm/@scope+name@1.0.0/node_modules/@scope/name/index.js'), 3],
      ['list', at('a.js'), 1],
    ]);
    const { of } = costs(profile);
    assert.deepEqual(of('list'), [0.25, 1, 4]);
    assert.deepEqual(of('node_modules/pg'), [0.25, 0.25, 1]);
    assert.deepEqual(of('node:net'), [0.25, 0.25, 1]);
    assert.deepEqual(of('node_modules/@scope/name'), [0.25, 0.25, 1]);
  });

  it('leaves out waiting and the loading of modules, also the garbage of it', () => {
    const profile = profileOf([
      ['(idle)', '', -1],
      ['', at('main.js'), 0, 'require', 'node:internal/modules/helpers', 9, 'transform', at('node_modules/left/index.js'), 4],
      ['(garbage collector)', '', -1],
      ['', at('main.js'), 0, 'require', 'node:internal/modules/helpers', 9, '', at('lib.js'), 0],
      ['loop', at('machinery/drive.mjs'), 3],
      ['', at('main.js'), 0, 'work', at('lib.js'), 5],
      ['(garbage collector)', '', -1],
    ]);
    const { of, sampleCount, idleSamples, loadingSamples } = costs(profile);
    assert.deepEqual({ sampleCount, idleSamples, loadingSamples }, { sampleCount: 3, idleSamples: 1, loadingSamples: 3 });
    assert.deepEqual(of('work'), [0.3333, 0.3333, 1]);
    assert.deepEqual(of('(garbage collector)'), [0.3333, 0.3333, 1]);
    assert.equal(of('node_modules/left'), undefined);
  });

  it('names functions by the syntax, callbacks by the function around them', () => {
    const anchor = (name: string, from: number, to: number, column = 0): FunctionAnchor => ({
      name,
      hash: `hash of ${name}`,
      range: { start: { line: from, character: column }, end: { line: to, character: 1 } },
      nameRange: { start: { line: from, character: 9 }, end: { line: from, character: 12 } },
    });
    const sources = { ...SOURCES, functionsOf: () => [anchor('Orders', 0, 50), anchor('Orders.list', 4, 20, 2), anchor('Orders.list.inner', 8, 10, 4)] };
    const profile = profileOf([
      ['list', at('a.js'), 4],
      ['list', at('a.js'), 4, '', at('a.js'), 6],
      ['list', at('a.js'), 4, 'inner', at('a.js'), 8],
      ['', at('a.js'), 60],
    ]);
    const result = costs(profile, sources);
    assert.deepEqual(result.of('Orders.list'), [0.5, 0.75, 3]);
    assert.deepEqual(result.of('Orders.list.inner'), [0.25, 0.25, 1]);
    assert.deepEqual(result.of(''), [0.25, 0.25, 1]);
    const list = result.functions.find(({ functionName }) => functionName === 'Orders.list');
    assert.deepEqual([list?.line, list?.hash], [4, 'hash of Orders.list']);
  });

  it('gives the lines their part of the self time', () => {
    const profile = profileOf([['a', at('a.js'), 1], ['a', at('a.js'), 1], ['b', at('a.js'), 8], ['b', at('a.js'), 8]]);
    const nodes = profile.nodes.map((node) =>
      node.callFrame.functionName === 'a' ? { ...node, positionTicks: [{ line: 3, ticks: 3 }, { line: 4, ticks: 1 }] } : node,
    );
    assert.deepEqual(costs({ ...profile, nodes }).lines, [
      { file: 'a.js', line: 2, selfShare: 0.375 },
      { file: 'a.js', line: 3, selfShare: 0.125 },
    ]);
  });

  describe('in which V8 has inlined a function', () => {
    const anchor = (name: string, from: number, to: number): FunctionAnchor => ({
      name,
      hash: `hash of ${name}`,
      range: { start: { line: from, character: 0 }, end: { line: to, character: 1 } },
      nameRange: { start: { line: from, character: 9 }, end: { line: from, character: 12 } },
    });
    const FUNCTIONS: Readonly<Record<string, readonly FunctionAnchor[]>> = {
      'a.js': [anchor('caller', 20, 30), anchor('near', 40, 50)],
      'b.js': [anchor('far', 0, 9), anchor('farther', 25, 35)],
      'c.js': [anchor('other', 0, 9)],
    };
    const sources = { ...SOURCES, functionsOf: (file: string) => FUNCTIONS[file] };
    /** A hundred samples of `caller` at a line (from 1), and one of each function that it was seen to call. */
    const inlining = (line: number, ...callees: [name: string, url: string, line: number][]) => {
      const profile = profileOf([...Array.from({ length: 100 }, () => ['caller', at('a.js'), 20]), ...callees.map((callee) => ['caller', at('a.js'), 20, ...callee])]);
      const nodes = profile.nodes.map((node) => (node.callFrame.functionName === 'caller' ? { ...node, positionTicks: [{ line, ticks: 100 }] } : node));
      return costs({ ...profile, nodes }, sources);
    };

    it('gives its time back to it, and shows the line in its file', () => {
      const { of, lines } = inlining(5, ['far', at('b.js'), 0]);
      assert.deepEqual(of('caller'), [0, 1, 101]);
      assert.deepEqual(of('far'), [1, 1, 101]);
      assert.deepEqual(lines.map(({ file, line }) => [file, line]), [['b.js', 4]]);
      assert.equal(inlining(45, ['near', at('a.js'), 40]).of('near')?.[0], 1);
    });

    it('leaves the caller what may be its own, and what several may have done', () => {
      assert.equal(inlining(28, ['farther', at('b.js'), 25]).of('farther')?.[0], 0.0099);
      const several = inlining(5, ['far', at('b.js'), 0], ['other', at('c.js'), 0]);
      assert.equal(several.of('caller')?.[0], 0.9804);
      assert.deepEqual(several.lines, []);
    });
  });

  it('sums the processes of one run', () => {
    const one = { profile: profileOf([['a', at('a.js'), 1]]), maps: NO_MAPS };
    const two = { profile: profileOf([['b', at('a.js'), 9], ['a', at('a.js'), 1]]), maps: NO_MAPS };
    const { functions, sampleCount } = costsOf([one, two], SOURCES);
    assert.equal(sampleCount, 3);
    assert.deepEqual(functions.map(({ functionName, totalShare }) => [functionName, totalShare.toFixed(2)]), [['a', '0.67'], ['b', '0.33']]);
  });

  for (const [what, text] of [
    ['cut off', JSON.stringify(profileOf([['a', at('a.js'), 1]])).slice(0, -30)],
    ['of another kind', '{"profiles": []}'],
    ['without samples', '{"nodes": [{"id": 1, "callFrame": {"functionName": "", "url": ""}}], "startTime": 0, "endTime": 1}'],
    ['with a sample of no node', JSON.stringify({ ...profileOf([['a', at('a.js'), 1]]), samples: [99] })],
    ['with a missing child', JSON.stringify(profileOf([['a', at('a.js'), 1]])).replace('"children":[2]', '"children":[77]')],
  ] as const) {
    it(`${what} is refused by its name`, () => {
      assert.throws(
        () => parseCpuProfile(text, '.performance/raw/x.cpuprofile'),
        (error: FailureError) => error.failure.code === 'broken-profile' && error.failure.file === '.performance/raw/x.cpuprofile',
      );
    });
  }
});

describe('source maps of a profile', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'maps-')));
    writeFileSync(join(folder, 'work.ts'), 'interface Thing { a: number }\n\n\nexport function hot(thing: Thing) {\n  return thing.a;\n}\n');
    writeFileSync(join(folder, 'main.ts'), "import { hot } from './work';\nhot({ a: 1 });\n");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  for (const kind of ['linked', 'inline'] as const) {
    it(`a bundle's ${kind} map leads to the sources`, () => {
      buildSync({ entryPoints: [join(folder, 'main.ts')], outfile: join(folder, 'out.js'), bundle: true, platform: 'node', sourcemap: kind });
      const compiled = readFileSync(join(folder, 'out.js'), 'utf8').split('\n');
      const line = compiled.findIndex((text) => text.startsWith('function hot('));
      const profile = profileOf([['hot', pathToFileURL(join(folder, 'out.js')).href, line]]);
      const nodes = profile.nodes.map((node) => (node.callFrame.functionName === 'hot' ? { ...node, positionTicks: [{ line: line + 2, ticks: 1 }] } : node));
      const maps = new ScriptMaps([], (path) => readFileSync(path, 'utf8'));
      const sources = { ...SOURCES, roots: [folder] };
      const thread = { profile: { ...profile, nodes }, maps };
      const { functions, lines } = costsOf([thread], sources);
      assert.deepEqual(functions.map(({ file, functionName, line }) => ({ file, functionName, line })), [{ file: 'work.ts', functionName: 'hot', line: 3 }]);
      assert.deepEqual(lines, [{ file: 'work.ts', line: 4, selfShare: 1 }]);
      const mapped = inSources(thread, new Frames([folder], []))!.nodes.find(({ callFrame }) => callFrame.functionName === 'hot')!;
      assert.deepEqual([mapped.callFrame.url, mapped.callFrame.lineNumber, mapped.positionTicks], [pathToFileURL(join(folder, 'work.ts')).href, 3, [{ line: 5, ticks: 1 }]]);
    });
  }

  it('a script the engine reported needs no file on disk', () => {
    const map = Buffer.from(JSON.stringify({ version: 3, sources: ['work.ts'], names: [], mappings: 'AAGA' })).toString('base64');
    const script = { scriptId: '7', url: '', sourceMapURL: `data:application/json;base64,${map}` };
    const maps = new ScriptMaps([script], () => undefined);
    assert.deepEqual(maps.place('7', join(folder, 'work.ts'), 0, 0), { file: join(folder, 'work.ts'), line: 3, column: 0 });
    assert.deepEqual(maps.place('8', join(folder, 'work.ts'), 0, 0), { file: join(folder, 'work.ts'), line: 0, column: 0 });
  });

  it('a map that is no map leaves the compiled places', () => {
    const maps = new ScriptMaps([{ scriptId: '7', url: '', sourceMapURL: 'data:application/json,{"version"' }], () => undefined);
    assert.deepEqual(maps.line('7', join(folder, 'work.ts'), 5), { file: join(folder, 'work.ts'), line: 5 });
  });
});
