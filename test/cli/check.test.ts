import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { checkJson, ensureBuilt, Folders, level, run, slowModule } from './support';

const RULE = 'n-plus-one-query';

describe('check', function () {
  this.timeout(60_000);
  const folders = new Folders();
  before(ensureBuilt);
  after(() => folders.removeAll());

  describe('exit code', () => {
    const cases: [string, string, number][] = [
      ['high', 'medium', 1],
      ['medium', 'medium', 1],
      ['low', 'medium', 0],
      ['low', 'low', 1],
      ['medium', 'high', 0],
      ['high', 'none', 0],
    ];
    for (const [priority, failOn, code] of cases) {
      it(`is ${code} for a ${priority} finding with --fail-on ${failOn}`, async () => {
        const folder = folders.with({ 'a.ts': slowModule(), 'performance.json': level(priority) });
        const ended = await run(['check', folder, '--fail-on', failOn]);
        assert.deepEqual([ended.code, ended.stderr], [code, '']);
        assert.match(ended.stdout, new RegExp(`a\\.ts:4:\\d+ ${priority} ${RULE}`));
      });
    }

    it('is 1 by default from medium up', async () => {
      const folder = folders.with({ 'a.ts': slowModule(), 'performance.json': level('medium') });
      assert.equal((await run(['check'], { cwd: folder })).code, 1);
    });

    const badUsage: [string, string[], RegExp][] = [
      ['an unknown command', ['chek'], /There is no command "chek"/],
      ['an unknown option', ['check', '--formt', 'json'], /--formt/],
      ['an unknown format', ['check', '--format', 'xml'], /--format is one of text, json, markdown, not "xml"/],
      ['an unknown threshold', ['check', '--fail-on', 'deferred'], /--fail-on is one of/],
      ['an unknown rule', ['check', '--rule', 'n-plus-two'], /There is no rule n-plus-two/],
      ['a missing folder', ['check', 'no/such/folder'], /no\/such\/folder does not exist/],
      ['a missing configuration', ['check', '--config', 'missing.json'], /missing\.json could not be read/],
    ];
    for (const [what, argv, message] of badUsage) {
      it(`is 2 for ${what}`, async () => {
        const { code, stdout, stderr } = await run(argv);
        assert.equal(code, 2);
        assert.equal(stdout, '');
        assert.match(stderr, message);
        assert.match(stderr, /--help/);
      });
    }
  });

  describe('JSON', () => {
    it('has the documented shape, with lines and columns from 1', async () => {
      const folder = folders.with({ 'src/a.ts': slowModule(), 'performance.json': level('high') });
      const { version, findings, failures, code } = await checkJson([folder]);
      assert.deepEqual([version, code, failures], [1, 1, []]);
      const [finding] = findings;
      assert.equal(findings.length, 1);
      assert.equal(finding?.rule, RULE);
      assert.equal(finding.file, 'src/a.ts');
      assert.equal(finding.priority, 'high');
      assert.equal(finding.evidence, 'estimate');
      assert.match(finding.id, /^n-plus-one-query-[0-9a-f]+$/);
      assert.match(finding.message, /once per item of orders/);
      const line = slowModule().split('\n')[3]!;
      const { start, end } = finding.range;
      assert.deepEqual([start.line, end.line], [4, 4]);
      assert.match(line.slice(start.column - 1, end.column - 1), /^(?:await )?pool\.query\(.*\)$/);
    });

    it('keeps an id across unrelated edits', async () => {
      const before = folders.with({ 'a.ts': slowModule() });
      const after = folders.with({ 'a.ts': `// A new first line.\n\nexport const unrelated = 1;\n${slowModule()}`, 'b.ts': slowModule() });
      const [first] = (await checkJson([before])).findings;
      const second = (await checkJson([after])).findings.find(({ file }) => file === 'a.ts');
      assert.equal(second?.id, first?.id);
      assert.notEqual(second?.range.start.line, first?.range.start.line);
    });

    it('is empty for an empty folder and for one without source', async () => {
      for (const folder of [folders.with(), folders.with({ 'notes.txt': 'x' })]) {
        assert.deepEqual(await checkJson([folder]), { version: 1, findings: [], failures: [], code: 0 });
      }
    });
  });

  describe('paths', () => {
    const filesOf = async (argv: string[], cwd: string) => (await checkJson(argv, { cwd })).findings.map(({ file }) => file).sort();

    it('are relative to the one folder given, and else to the folder that holds all that was given', async () => {
      const folder = folders.with({ 'web/src/a.ts': slowModule(), 'api/b.ts': slowModule(), 'api/c.ts': slowModule() });
      assert.deepEqual(await filesOf([], folder), ['api/b.ts', 'api/c.ts', 'web/src/a.ts']);
      assert.deepEqual(await filesOf(['web'], folder), ['src/a.ts']);
      assert.deepEqual(await filesOf([join(folder, 'web')], '/'), ['src/a.ts']);
      assert.deepEqual(await filesOf(['api/b.ts'], folder), ['api/b.ts']);
      assert.deepEqual(await filesOf(['web', 'api/b.ts', 'api/../api'], folder), ['api/b.ts', 'api/c.ts', 'web/src/a.ts']);
      assert.deepEqual(await filesOf(['../web', '../api/b.ts'], join(folder, 'api')), ['api/b.ts', 'web/src/a.ts']);
    });

    it('of the workspace decide under performance.json of a folder above', async () => {
      const config = JSON.stringify({ paths: { hot: ['api/**'] }, rules: { [RULE]: 'low' } });
      const folder = folders.with({ '.git/HEAD': '', 'performance.json': config, 'api/b.ts': slowModule() });
      const [finding] = (await checkJson(['api'], { cwd: folder })).findings;
      assert.deepEqual([finding?.file, finding?.priority, finding?.heat.heat], ['b.ts', 'low', 'hot']);
    });
  });

  describe('options', () => {
    it('--rule runs nothing else', async () => {
      const folder = folders.with({ 'a.ts': slowModule() });
      assert.equal((await checkJson([folder, '--rule', RULE])).findings.length, 1);
      assert.equal((await checkJson([folder, '--rule', 'whole-file-read', '--rule', 'mean-latency'])).findings.length, 0);
    });

    it('--include-tests looks into tests, and a test that is named is looked at', async () => {
      const folder = folders.with({ 'tests/a.ts': slowModule(), 'b.spec.ts': slowModule() });
      assert.equal((await checkJson([folder])).findings.length, 0);
      assert.equal((await checkJson([folder, '--include-tests'])).findings.length, 2);
      assert.equal((await checkJson(['b.spec.ts'], { cwd: folder })).findings.length, 1);
    });

    it('--config replaces performance.json', async () => {
      const folder = folders.with({ 'a.ts': slowModule(), 'performance.json': level('high'), 'ci/strict.json': level('off') });
      assert.equal((await checkJson(['--config', 'ci/strict.json'], { cwd: folder })).findings.length, 0);
    });

    it('--format markdown lists by priority', async () => {
      const folder = folders.with({ 'a.ts': slowModule(), 'performance.json': level('high') });
      const { stdout } = await run(['check', folder, '--format', 'markdown']);
      assert.match(stdout, /^# Performance check\n\n1 finding in 1 file: 1 high\. .*\n\n## High priority\n\n- `a\.ts:4` `n-plus-one-query`: /);
    });

    it('--help and --version print and end well', async () => {
      for (const argv of [[], ['--help'], ['help'], ['check', '--help']]) {
        const { code, stdout } = await run(argv);
        assert.equal(code, 0);
        assert.match(stdout, /--fail-on high\|medium\|low\|none/);
      }
      assert.match((await run(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
    });
  });

  describe('text', () => {
    it('groups by file and sums up', async () => {
      const folder = folders.with({ 'a.ts': slowModule(), 'b.ts': slowModule(), 'performance.json': level('low') });
      const { stdout } = await run(['check', folder]);
      const [first, second, summary] = stdout.split('\n\n');
      assert.match(first!, /^a\.ts:4:\d+ low n-plus-one-query .* \(estimate\)$/);
      assert.match(second!, /^b\.ts:4:/);
      assert.equal(summary, '2 findings in 2 files: 2 low. By evidence: 2 estimates.\n');
    });

    it('has colours only where they are seen and wanted', async () => {
      const folder = folders.with({ 'a.ts': slowModule() });
      const escape = '\u001b[';
      assert.equal((await run(['check', folder])).stdout.includes(escape), false, 'a pipe');
      assert.equal((await run(['check', folder], { env: { FORCE_COLOR: '1' } })).stdout.includes(escape), true);
      assert.equal((await run(['check', folder], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout.includes(escape), false);
    });

    it('shows no control characters of the code', async () => {
      const folder = folders.with({ 'a.ts': slowModule().replace('pool.query', `pool['query\u001b[31m']`), 'b\u001b[2J.ts': slowModule() });
      const { stdout } = await run(['check', realpathSync(folder)]);
      assert.equal(stdout.includes('\u001b'), false);
    });
  });
});
