import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Ajv from 'ajv';
import { Profile } from 'pprof-format';
import type { Run } from '../../../../src/core/evidence';
import { FailureError } from '../../../../src/core/failures';
import { benchmarkResult } from '../../../../src/evidence/benchmarks/result';
import { parseCpuProfile } from '../../../../src/evidence/cpuProfile/parse';
import { type ExportFormat, exportRun, exportsOf } from '../../../../src/evidence/export/export';
import type { SpeedscopeFile } from '../../../../src/evidence/export/speedscope';
import { profileOf } from '../sampleProfile';
import { sampleRun } from '../sampleRun';
import schema from './speedscopeSchema.json';

const ID = '20261122T201855-1a2b3c';
const MAIN = ['main', 'file:///w/src/main.ts', 0] as const;
const LIST = ['listOrders', 'file:///w/src/orders.ts', 3] as const;
/** 3 ms in listOrders, which main calls, and 1 ms in main itself. */
const PROFILE = profileOf([[...MAIN, ...LIST], [...MAIN, ...LIST], [...MAIN, ...LIST], [...MAIN]]);

const PROFILED = sampleRun(ID, { raw: `raw/${ID}/CPU.cpuprofile` });
const BENCHMARKED = sampleRun(ID, { kind: 'benchmark', functions: [], benchmarks: [{ ...benchmarkResult('=list, "all"', [2, 3, 4]), processes: [2, 1] }] });

describe('a run is exported', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'export-'));
    mkdirSync(join(folder, 'raw', ID), { recursive: true });
    writeFileSync(join(folder, PROFILED.raw!), JSON.stringify(PROFILE));
  });
  after(() => rmSync(folder, { recursive: true }));

  const exported = async (run: Run, format: ExportFormat): Promise<Buffer> => Buffer.from(await exportRun(folder, run, format));

  it('as the profile that the profiler wrote', async () => {
    assert.deepEqual(parseCpuProfile((await exported(PROFILED, 'cpuprofile')).toString(), 'x'), PROFILE);
  });

  it('for speedscope, by its published schema', async () => {
    const file = JSON.parse((await exported(PROFILED, 'speedscope')).toString()) as SpeedscopeFile;
    const validator = new Ajv({ strict: false });
    assert.ok(validator.validate(schema, file), validator.errorsText());
    assert.ok(!validator.validate(schema, { ...file, profiles: [{ ...file.profiles[0], weights: 'none' }] }), 'the schema refuses what is wrong');
    const [{ samples, weights, endValue }] = file.profiles;
    const named = samples.map((stack) => stack.map((frame) => file.shared.frames[frame]!.name).join(' > '));
    assert.deepEqual(Object.fromEntries(named.map((name, i) => [name, weights[i]])), { 'main > listOrders': 3000, main: 1000 });
    assert.equal(endValue, 4000);
    assert.deepEqual(file.shared.frames.find(({ name }) => name === 'listOrders'), { name: 'listOrders', file: 'file:///w/src/orders.ts', line: 4, col: 1 });
  });

  it('for pprof, as its library reads it back', async () => {
    const profile = Profile.decode(gunzipSync(await exported(PROFILED, 'pprof')));
    const text = (index: number | bigint): string => profile.stringTable.strings[Number(index)]!;
    const nameOf = (location: number | bigint): string => {
      const { functionId } = profile.location.find(({ id }) => id === location)!.line[0]!;
      return text(profile.function.find(({ id }) => id === functionId)!.name);
    };
    assert.deepEqual(profile.sampleType.map(({ type, unit }) => [text(type), text(unit)]), [['samples', 'count'], ['cpu', 'nanoseconds']]);
    const stacks = profile.sample.map(({ locationId, value }) => [locationId.map(nameOf).join(' < '), ...value.map(Number)]);
    assert.deepEqual(stacks.sort(), [['listOrders < main', 3, 3_000_000], ['main', 1, 1_000_000]]);
    assert.equal(Number(profile.timeNanos), Date.parse(PROFILED.startedAt) * 1e6);
    assert.equal(Number(profile.period), 1_000_000);
    const listed = profile.function.find(({ name }) => text(name) === 'listOrders')!;
    assert.deepEqual([text(listed.filename), Number(listed.startLine)], ['file:///w/src/orders.ts', 4]);
  });

  it('as a table of the samples of a profile', async () => {
    const rows = (await exported(PROFILED, 'csv')).toString().trimEnd().split('\r\n');
    assert.equal(rows[0], 'sample,microseconds,since the one before,function,file,line');
    assert.equal(rows[2], '2,1000,1000,listOrders,file:///w/src/orders.ts,4');
    assert.equal(rows.length, 1 + PROFILE.samples!.length);
  });

  it('as a table of the samples of a benchmark, in which no name is a formula', async () => {
    const rows = (await exported(BENCHMARKED, 'csv')).toString().trimEnd().split('\r\n');
    assert.deepEqual(rows, [
      'benchmark,side,process,sample,milliseconds',
      `"'=list, ""all""",measured,1,1,2`,
      `"'=list, ""all""",measured,1,2,3`,
      `"'=list, ""all""",measured,2,3,4`,
    ]);
  });

  it('as what it has, and says what that is', async () => {
    assert.deepEqual(exportsOf(PROFILED), ['cpuprofile', 'speedscope', 'pprof', 'csv']);
    assert.deepEqual(exportsOf(BENCHMARKED), ['csv']);
    assert.deepEqual(exportsOf(sampleRun(ID, { raw: `raw/${ID}/calls.json` })), []);
    await assert.rejects(exported(BENCHMARKED, 'pprof'), hasCode('no-export'));
  });

  it('and not where its file is gone, broken, or outside of the evidence', async () => {
    await assert.rejects(exported({ ...PROFILED, raw: 'raw/other/CPU.cpuprofile' }, 'pprof'), hasCode('raw-profile-missing'));
    await assert.rejects(exported({ ...PROFILED, raw: '../other.cpuprofile' }, 'pprof'), hasCode('unreadable-file'));
    writeFileSync(join(folder, 'raw', ID, 'half.cpuprofile'), '{"nodes": [');
    await assert.rejects(exported({ ...PROFILED, raw: `raw/${ID}/half.cpuprofile` }, 'pprof'), hasCode('broken-profile'));
  });
});

const hasCode = (code: string) => (error: unknown) => error instanceof FailureError && error.failure.code === code;
