import assert from 'node:assert/strict';
import { checkJson, ensureBuilt, Folders, level, run, slowModule } from './support';

describe('check of bad input', function () {
  this.timeout(60_000);
  const folders = new Folders();
  before(ensureBuilt);
  after(() => folders.removeAll());

  /** Codes of the failures and files of the findings, next to a file that is in order. */
  async function check(files: Readonly<Record<string, string | Uint8Array>>, ...argv: string[]): Promise<{ codes: string[]; rules: string[]; messages: string[] }> {
    const folder = folders.with({ 'fine.ts': slowModule(), ...files });
    const { failures, findings } = await checkJson([folder, ...argv]);
    assert.ok(findings.some(({ file }) => file === 'fine.ts'), 'the file in order is checked all the same');
    const others = findings.filter(({ file }) => file !== 'fine.ts');
    return {
      codes: failures.map(({ code, file }) => `${file} ${code}`),
      rules: others.map(({ file, range, rule }) => `${file}:${range.start.line} ${rule}`),
      messages: failures.map(({ message }) => message),
    };
  }

  it('skips a binary file named .ts and says so', async () => {
    const { codes, messages } = await check({ 'video.ts': Buffer.from([0x47, 0x40, 0, 0x10, 0, 0, 0xb0]) });
    assert.deepEqual(codes, ['video.ts binary-file']);
    assert.match(messages[0]!, /video\.ts is not text.*Rename it or exclude it/);
  });

  it('skips an oversized file and says so', async () => {
    assert.deepEqual((await check({ 'big.ts': '// x\n'.repeat(600_000) })).codes, ['big.ts large-file']);
  });

  it('reads the tables of a large dump', async () => {
    const dump = `CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES orders (id));\n${"INSERT INTO orders VALUES (1, 2);\n".repeat(100_000)}`;
    const { codes, rules } = await check({ 'dump.sql': dump });
    assert.deepEqual([codes, rules], [[], ['dump.sql:1 missing-index']]);
  });

  it('checks a file of 50,000 lines', async () => {
    const filler = Array.from({ length: 49_990 }, (_, index) => `export const value${index} = ${index};`).join('\n');
    const { codes, rules } = await check({ 'long.ts': `${filler}\n${slowModule()}` });
    assert.deepEqual([codes, rules], [[], ['long.ts:49994 n-plus-one-query']]);
  });

  it('checks what it can of half-typed code', async () => {
    const broken = {
      'broken.ts': `${slowModule()}\nexport function half( { if (`,
      'broken.py': 'def half(:\n    for in range(\n',
      'broken.sql': 'SELECT FROM WHERE;\nSELECT 1;',
    };
    const { codes, rules } = await check(broken);
    assert.deepEqual([codes, rules], [[], ['broken.ts:4 n-plus-one-query']]);
  });

  it('is silent about SQL of another dialect', async () => {
    const { codes } = await check({
      'tsql.sql': 'SELECT TOP 10 * FROM [dbo].[Orders] WITH (NOLOCK);\nGO\nDECLARE @n INT = 5;\nEXEC sp_help;\nGO\n',
      'plsql.sql': 'BEGIN\n  DBMS_OUTPUT.PUT_LINE(q\'[it\'s]\');\nEND;\n/\n',
    });
    assert.deepEqual(codes, []);
  });

  it('names a file of another language', async () => {
    const folder = folders.with({ 'README.md': '# x', 'a.ts': slowModule() });
    const { failures, findings, code } = await checkJson(['README.md', 'a.ts', '--fail-on', 'none'], { cwd: folder });
    assert.deepEqual(failures.map((failure) => [failure.file, failure.code]), [['README.md', 'unsupported-file']]);
    assert.deepEqual([findings.length, code], [1, 0]);
  });

  it('refuses an invalid performance.json, naming the line', async () => {
    const folder = folders.with({ 'a.ts': slowModule(), 'performance.json': '{\n  "rules": { "n-plus-one-query": "never" }\n}' });
    const { code, stdout, stderr } = await run(['check', folder]);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^performance\.json:2:34: This must be one of "on"/);
  });

  it('warns of a rule that does not exist, beside the JSON', async () => {
    const folder = folders.with({ 'performance.json': '{ "rules": { "n-plus-two": "off" } }' });
    const { code, stdout, stderr } = await run(['check', folder, '--format', 'json']);
    assert.equal(code, 0);
    assert.match(stderr, /^performance\.json:1:14: There is no rule "n-plus-two"/);
    assert.equal(JSON.parse(stdout).version, 1);
  });

  it('honours a suppression until its day and reports one that has expired or is incomplete', async () => {
    const { rules } = await check({
      'valid.ts': slowModule('// performance-ignore n-plus-one-query: five orders at most until 2999-01-31'),
      'expired.ts': slowModule('// performance-ignore n-plus-one-query: five orders at most until 2020-01-31'),
      'incomplete.ts': slowModule('// performance-ignore n-plus-one-query'),
    });
    assert.deepEqual(rules.sort(), [
      'expired.ts:3 expired-suppression',
      'expired.ts:4 n-plus-one-query',
      'incomplete.ts:3 expired-suppression',
      'incomplete.ts:4 n-plus-one-query',
    ]);
  });

  it('goes on without a run file that is cut short', async () => {
    const { codes } = await check({ '.performance/runs/20261122T201855-1a2b3c.json': '{"version": 1,', 'performance.json': level('low') });
    assert.deepEqual(codes, ['.performance/runs/20261122T201855-1a2b3c.json broken-evidence']);
  });
});
