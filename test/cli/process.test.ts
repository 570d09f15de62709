import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, ensureBuilt, Folders, level, ROOT, slowModule, start } from './support';

describe('the program as a process', function () {
  this.timeout(120_000);
  const folders = new Folders();
  before(ensureBuilt);
  after(() => folders.removeAll());

  it('keeps its exit code when the reader goes away', async () => {
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`file${index}.ts`, slowModule()]));
    const child = start(['check', folders.with({ ...many, 'performance.json': level('high') }), '--format', 'json']);
    const finished = ended(child);
    await once(child.stdout!, 'data');
    child.stdout!.destroy();
    const { code, stderr } = await finished;
    assert.equal(stderr, '');
    assert.equal(code, 1);
  });

  it('ends by the signal that ends it', async () => {
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`file${index}.ts`, slowModule()]));
    const child = start(['check', folders.with(many)]);
    const finished = ended(child);
    setTimeout(() => child.kill('SIGTERM'), 300);
    assert.equal((await finished).signal, 'SIGTERM');
  });

  it('runs through a link, as npm installs it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bin-'));
    symlinkSync(join(ROOT, 'src/bin/performance-engineer.js'), join(folder, 'performance-engineer'));
    const child = spawn(join(folder, 'performance-engineer'), ['--version']);
    const { code, stdout } = await ended(child);
    rmSync(folder, { recursive: true });
    assert.deepEqual([code, /^\d+\.\d+\.\d+\n$/.test(stdout)], [0, true]);
  });

  it('is what npx finds in the built checkout', async () => {
    const child = spawn('npx', ['--no-install', 'performance-engineer', '--version'], { cwd: ROOT, shell: process.platform === 'win32' });
    const { code, stdout, stderr } = await ended(child);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
  });
});
