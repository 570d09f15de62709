import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeCommand, judgeLastLine, judgeMocha } from '../run/counts';
import { runStage } from '../run/runStage';
import { allStages, type Stage } from '../run/stages';

const ended = (code: number | null, tail = '', signal: string | null = null) => ({ code, signal, tail });
const script = (kind: Stage['kind'], text: string): Stage => ({ name: 'made up', kind, argv: ['-e', text] });

describe('npm test', () => {
  it('counts a command as one test', () => {
    assert.deepEqual(judgeCommand(ended(0)), { passed: 1, failed: 0 });
    assert.deepEqual(judgeCommand(ended(2)), { passed: 0, failed: 1, problem: 'it ended with 2' });
  });

  it('reads the last line of a program that counts itself', () => {
    assert.deepEqual(judgeLastLine(ended(0, 'a\n7 passed, 0 failed\n')), { passed: 7, failed: 0 });
    assert.deepEqual(judgeLastLine(ended(1, '7 passed, 2 failed')), { passed: 7, failed: 2 });
    assert.equal(judgeLastLine(ended(0, '7 passed, 0 failed\nand more')).failed, 1, 'not the last line');
  });

  it('fails a stage that crashes, runs no test or ends badly after good tests', () => {
    assert.deepEqual(judgeMocha(ended(null, '', 'SIGSEGV'), 'missing.json'), {
      passed: 0,
      failed: 1,
      problem: 'it ended with SIGSEGV before its tests did',
    });
    assert.equal(judgeLastLine(ended(0, '0 passed, 0 failed')).problem, 'no test ran');
    assert.deepEqual(judgeLastLine(ended(1, '3 passed, 0 failed')).failed, 1);
    const folder = mkdtempSync(join(tmpdir(), 'counts-'));
    writeFileSync(join(folder, 'counts.json'), '{"passed": 3');
    assert.equal(judgeMocha(ended(0), join(folder, 'counts.json')).failed, 1, 'cut short');
    rmSync(folder, { recursive: true });
  });

  it('runs a stage as a process of its own', async () => {
    assert.deepEqual(await runStage(script('command', 'process.exit(0)')), { passed: 1, failed: 0 });
    assert.equal((await runStage(script('command', 'process.kill(process.pid, "SIGKILL")'))).problem, 'it ended with SIGKILL');
    assert.equal((await runStage({ ...script('mocha', ''), files: [] })).problem, 'it has no test file');
    assert.equal((await runStage(script('mocha', ''))).failed, 1, 'it wrote no counts');
  });

  it('has every unit test in exactly one stage', () => {
    const files = allStages().flatMap(({ files }) => files ?? []);
    assert.equal(new Set(files).size, files.length);
    assert.ok(files.includes('test/unit/testRun.test.ts'));
  });
});
