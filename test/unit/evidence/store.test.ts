import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FailureError } from '../../../src/core/failures';
import { newRunId } from '../../../src/evidence/runId';
import { EvidenceStore } from '../../../src/evidence/store';
import { sampleRun } from './sampleRun';

const [FIRST, SECOND, THIRD] = ['20261122T201855-00000a', '20261122T201856-00000b', '20261122T201857-00000c'] as const;

describe('the evidence store', () => {
  let workspace: string;
  let store: EvidenceStore;
  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'evidence-'));
    store = new EvidenceStore(workspace);
  });
  afterEach(() => rmSync(workspace, { recursive: true, force: true }));
  const runFile = (id: string) => join(workspace, '.performance', 'runs', `${id}.json`);

  it('is empty where nothing was measured, and creates nothing to say so', async () => {
    assert.deepEqual(await store.list(), { runs: [], failures: [] });
    assert.equal(existsSync(store.folder), false);
  });

  it('gives back what was stored, oldest first, in a folder that git ignores', async () => {
    await store.append(sampleRun(SECOND));
    await store.append(sampleRun(FIRST));
    const { runs, failures } = await store.list();
    assert.deepEqual(runs, [sampleRun(FIRST), sampleRun(SECOND)]);
    assert.deepEqual(failures, []);
    assert.equal(readFileSync(join(store.folder, '.gitignore'), 'utf8'), '*\n');
    assert.deepEqual(readdirSync(join(store.folder, 'runs')).sort(), [`${FIRST}.json`, `${SECOND}.json`], 'no temporary file stays');
  });

  it('keeps a .gitignore that the user has changed', async () => {
    await store.append(sampleRun(FIRST));
    writeFileSync(join(store.folder, '.gitignore'), 'raw/\n');
    await store.append(sampleRun(SECOND));
    assert.equal(readFileSync(join(store.folder, '.gitignore'), 'utf8'), 'raw/\n');
  });

  it('reports broken, foreign and newer files and shows the others', async () => {
    await store.append(sampleRun(FIRST));
    writeFileSync(runFile(SECOND), JSON.stringify(sampleRun(SECOND)).slice(0, 200));
    writeFileSync(runFile(THIRD), JSON.stringify({ ...sampleRun(THIRD), version: 2 }));
    writeFileSync(runFile('notes'), '{"mine": true}');
    writeFileSync(runFile('20261122T201858-00000d'), '{"version": 1, "id": "20261122T201858-00000d"}');
    writeFileSync(runFile('20261122T201859-00000e'), JSON.stringify(sampleRun(FIRST)));
    const { runs, failures } = await store.list();
    assert.deepEqual(runs, [sampleRun(FIRST)]);
    assert.deepEqual(
      failures.map(({ file, code }) => [file, code]),
      [
        [`.performance/runs/${SECOND}.json`, 'broken-evidence'],
        [`.performance/runs/${THIRD}.json`, 'newer-evidence'],
        ['.performance/runs/20261122T201858-00000d.json', 'broken-evidence'],
        ['.performance/runs/20261122T201859-00000e.json', 'broken-evidence'],
        ['.performance/runs/notes.json', 'broken-evidence'],
      ],
    );
  });

  it('refuses a share that is no share', async () => {
    await store.append(sampleRun(FIRST, { functions: [{ ...sampleRun(FIRST).functions[0]!, totalShare: 1.5 }] }));
    await assert.rejects(store.read(FIRST), hasCode('broken-evidence'));
  });

  it('a full disk fails clearly, leaves earlier runs and no half file', async () => {
    await store.append(sampleRun(FIRST));
    const { open } = await import('node:fs/promises');
    const full = new EvidenceStore(workspace, async (path) => {
      const handle = await open(path, 'wx');
      return {
        writeFile: async (text) => {
          await handle.writeFile(text.slice(0, 10));
          throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
        },
        sync: () => handle.sync(),
        close: () => handle.close(),
      };
    });
    await assert.rejects(full.append(sampleRun(SECOND)), hasCode('evidence-not-written'));
    assert.deepEqual(await store.list(), { runs: [sampleRun(FIRST)], failures: [] });
    assert.deepEqual(readdirSync(join(store.folder, 'runs')), [`${FIRST}.json`]);
  });

  it('a place that cannot be written fails clearly', async () => {
    writeFileSync(join(workspace, '.performance'), 'a file stands where the folder should');
    await assert.rejects(store.append(sampleRun(FIRST)), hasCode('evidence-not-written'));
    await assert.rejects(store.rawFolder(FIRST), hasCode('evidence-not-written'));
    const { failures } = await store.list();
    assert.deepEqual(failures.map(({ code }) => code), ['unreadable-folder']);
  });

  it('lists runs in the order in which they began, also two of one second', async () => {
    const [early, late] = ['20261122T120000-ffffff', '20261122T120000-000000'];
    await store.append(sampleRun(late, { startedAt: '2026-11-22T12:00:00.900Z' }));
    await store.append(sampleRun(early, { startedAt: '2026-11-22T12:00:00.100Z' }));
    assert.deepEqual((await store.list()).runs.map(({ id }) => id), [early, late]);
  });

  it('finds the newest completed run that saw a function', async () => {
    await store.append(sampleRun(FIRST));
    await store.append(sampleRun(SECOND, { functions: [{ ...sampleRun(SECOND).functions[0]!, totalShare: 0.9 }] }));
    await store.append(sampleRun(THIRD, { status: 'failed' }));
    const latest = await store.latestFor('src/orders.ts', 'listOrders');
    assert.equal(latest?.run.id, SECOND);
    assert.equal(latest?.cost.totalShare, 0.9);
    assert.equal(await store.latestFor('src/orders.ts', 'other'), undefined);
  });

  it('ids sort by time and differ within one second', () => {
    const ids = [0, 0, 1, 61, 3600].map((seconds) => newRunId(new Date(Date.UTC(2026, 10, 22, 20, 18, 55 + seconds))));
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual([...ids.slice(1)].sort(), ids.slice(1));
    assert.match(ids[0]!, /^20261122T201855-[0-9a-f]{6}$/);
  });
});

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof FailureError && error.failure.code === code;
}
