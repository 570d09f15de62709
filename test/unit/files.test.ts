import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isGenerated, isTestPath, LARGEST_FILE_BYTES, listSourceFiles, readSource } from '../../src/workspace/files';

describe('source files', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'files-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function write(file: string, content: string | Uint8Array = '\n'): void {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  }

  describe('listing', () => {
    const list = async (folder = '', options = {}) => (await listSourceFiles(join(root, folder), options)).files;

    it('takes the three languages, in path order, and nothing else', async () => {
      for (const file of ['b/z.tsx', 'b/a.py', 'a.sql', 'c.mjs', 'd.txt', 'e.json', 'README.md']) write(file);
      assert.deepEqual(await list(), ['a.sql', 'b/a.py', 'b/z.tsx', 'c.mjs']);
    });

    it('keeps the manifests apart, those of dependencies left out', async () => {
      for (const file of ['package.json', 'apps/api/requirements.txt', 'node_modules/a/package.json', 'a.ts', 'tsconfig.json']) write(file);
      const { files, manifests } = await listSourceFiles(root);
      assert.deepEqual({ files, manifests }, { files: ['a.ts'], manifests: ['apps/api/requirements.txt', 'package.json'] });
    });

    it('is empty for an empty folder', async () => {
      assert.deepEqual(await listSourceFiles(root), { files: [], manifests: [], failures: [] });
    });

    it('leaves out dependencies, output, environments, hidden folders and what tools wrote', async () => {
      for (const file of [
        'node_modules/a/index.js', 'dist/a.js', 'web/build/a.js', 'vendor/a.py', '.venv/a.py', '.git/a.py', 'lib/__pycache__/a.py',
        'env/lib/site-packages/a.py', 'app.min.js', 'types.d.ts', 'api.generated.ts', 'order_pb2.py', 'myenv/lib/a.py', '.eslintrc.js.ts/a.ts',
      ]) write(file);
      write('myenv/pyvenv.cfg');
      for (const file of ['src/build/a.ts', 'packages/x/src/vendor/b.ts', 'distance/c.py']) write(file);
      assert.deepEqual(await list(), ['distance/c.py', 'packages/x/src/vendor/b.ts', 'src/build/a.ts']);
    });

    it('honours .gitignore files, deeper ones first, and those above up to the root of the repository', async () => {
      mkdirSync(join(root, '.git'));
      write('.gitignore', 'ignored/\nsecret*\n/top.ts\nkept.ts\n');
      write('app/.gitignore', 'local.ts\n!kept.ts\n');
      for (const file of ['ignored/a.ts', 'top.ts', 'kept.ts', 'local.ts']) write(file);
      for (const file of ['app/top.ts', 'app/local.ts', 'app/kept.ts', 'app/ignored/b.ts', 'app/deep/secret.ts']) write(file);
      assert.deepEqual(await list(), ['app/kept.ts', 'app/top.ts', 'local.ts']);
      assert.deepEqual(await list('app/deep'), [], 'the root of the repository speaks for its folders');
    });

    it('reads an ignored folder that was named', async () => {
      mkdirSync(join(root, '.git'));
      write('.gitignore', 'output/\n');
      write('output/a.ts');
      assert.deepEqual(await list('output'), ['a.ts']);
    });

    it('leaves out excluded globs', async () => {
      for (const file of ['a.ts', 'legacy/b.ts', 'src/legacy/c.ts', 'src/d.ts']) write(file);
      assert.deepEqual(await list('', { exclude: ['**/legacy/**', 'src/d*'] }), ['a.ts']);
      assert.deepEqual(await list('', { exclude: ['legacy'] }), ['a.ts', 'src/d.ts', 'src/legacy/c.ts']);
    });

    it('leaves out tests unless asked, and never the folder that was named', async () => {
      for (const file of ['src/a.ts', 'src/a.test.ts', 'tests/b.py', 'src/__tests__/c.ts', 'test_d.py', 'src/testing.ts', 'contest/e.py', 'integration-tests/f.ts', 'src/ab-tests/g.ts']) write(file);
      assert.deepEqual(await list(), ['contest/e.py', 'src/a.ts', 'src/ab-tests/g.ts', 'src/testing.ts']);
      assert.equal((await list('', { includeTests: true })).length, 9);
      assert.deepEqual(await list('tests'), ['b.py']);
    });

    it('ends in a loop of links and lists no file twice', async () => {
      write('src/a.ts');
      symlinkSync(root, join(root, 'src/loop'));
      symlinkSync(join(root, 'src/a.ts'), join(root, 'src/b.ts'));
      symlinkSync(join(root, 'gone'), join(root, 'broken.ts'));
      assert.deepEqual(await list(), ['src/a.ts']);
    });

    it('reports a folder that cannot be read and goes on', async () => {
      write('closed/a.ts');
      write('open/b.ts');
      chmodSync(root, 0o755);
      chmodSync(join(root, 'closed'), 0);
      const { files, failures } = await asOrdinaryUser(() => listSourceFiles(root));
      chmodSync(join(root, 'closed'), 0o755);
      assert.deepEqual(files, ['open/b.ts']);
      assert.deepEqual(failures.map(({ code, file }) => [code, file]), [['unreadable-folder', 'closed']]);
    });

    it('stops when it is aborted', async () => {
      const abort = new AbortController();
      abort.abort();
      await assert.rejects(listSourceFiles(root, { signal: abort.signal }), { name: 'AbortError' });
    });
  });

  it('tells tests by their path', () => {
    for (const path of ['a/test/b.ts', 'test/b.py', 'a.spec.tsx', 'x/conftest.py', 'app/tests.py', 'x/user_test.py', 'cypress/a.js', 'a-test.js', 'lib/testing/views.py', 'api/e2etests/seed.py', 'populate.py', 'core/random_data.py', 'a/driver_test_data.py', 'db/seeds.py']) {
      assert.equal(isTestPath(path), true, path);
    }
    for (const path of ['latest/a.ts', 'attest.py', 'src/contest.ts', 'testbed.ts', 'src/specification/a.ts', 'fixturesque/a.py', 'src/testing/a.ts', 'src/seed.ts', 'a/random.py', 'a/sample.py', 'a/repopulate.py', 'data.py']) {
      assert.equal(isTestPath(path), false, path);
    }
  });

  describe('reading', () => {
    async function reading(file: string, content: string | Uint8Array): Promise<string> {
      write(file, content);
      const result = await readSource(root, file);
      return result.kind === 'source' ? result.text : result.kind === 'failure' ? result.failure.code : result.kind;
    }

    it('decodes UTF-8 with and without a mark, UTF-16 and declared or old encodings', async () => {
      assert.equal(await reading('a.ts', 'é'), 'é');
      assert.equal(await reading('a.ts', '\ufeffé'), 'é');
      assert.equal(await reading('a.sql', Buffer.from('\ufeffé', 'utf16le')), 'é');
      assert.equal(await reading('a.sql', Buffer.from('\ufeffé', 'utf16le').swap16()), 'é');
      assert.equal(await reading('a.py', Buffer.from('#!/usr/bin/python\n# -*- coding: latin-1 -*-\né', 'latin1')), '#!/usr/bin/python\n# -*- coding: latin-1 -*-\né');
      assert.equal(await reading('a.py', Buffer.concat([Buffer.from('# coding=shift_jis\n'), Buffer.from([0x82, 0xa0])])), '# coding=shift_jis\nあ');
      assert.equal(await reading('a.py', '# coding: klingon\nx'), '# coding: klingon\nx');
      assert.equal(await reading('a.js', Buffer.from('// caf\u00e9', 'latin1')), '// café');
    });

    it('refuses binary, oversized, missing and irregular files with a code', async () => {
      assert.equal(await reading('a.ts', Buffer.from([0x47, 0, 1, 2])), 'binary-file');
      assert.equal(await reading('b.ts', ' '.repeat(LARGEST_FILE_BYTES + 1)), 'large-file');
      execFileSync('mkfifo', [join(root, 'pipe.ts')]);
      for (const file of ['missing.ts', 'pipe.ts', '.']) {
        const result = await readSource(root, file);
        assert.equal(result.kind === 'failure' && result.failure.code, 'unreadable-file', file);
      }
    });

    it('reads of a large dump what it says of the schema, in whatever encoding', async () => {
      const rows = `INSERT INTO t VALUES (1, '${'x'.repeat(LARGEST_FILE_BYTES)}');\n`;
      const dump = `CREATE TABLE t (a int);\n${rows}CREATE INDEX i ON t (a);\n`;
      assert.equal(await reading('dump.sql', dump), 'CREATE TABLE t (a int);\n\nCREATE INDEX i ON t (a);\n');
      assert.equal(await reading('dump.sql', `\ufeff${dump}`), 'CREATE TABLE t (a int);\n\nCREATE INDEX i ON t (a);\n');
      assert.equal(await reading('dump.sql', Buffer.from(`\ufeff${dump}`, 'utf16le')), 'CREATE TABLE t (a int);\n\nCREATE INDEX i ON t (a);\n');
      assert.equal(await reading('dump.sql', Buffer.concat([Buffer.from('-- caf'), Buffer.from([0xe9, 0x0a]), Buffer.from(dump)])), '\nCREATE TABLE t (a int);\n\nCREATE INDEX i ON t (a);\n');
      assert.equal(await reading('dump.sql', Buffer.concat([Buffer.from([0, 1]), Buffer.from(dump)])), 'binary-file');
    });

    it('tells what a tool wrote', async () => {
      assert.equal(await reading('a.ts', '/* @generated */\nx'), 'generated');
      assert.equal(await reading('a.py', '# Generated by the protocol compiler.  DO NOT EDIT!\nx'), 'generated');
      assert.equal(await reading('a.js', 'a=1;'.repeat(5000)), 'generated');
      assert.equal(isGenerated('# Generated by Django 5.1 on 2026-01-01\nx', 'python'), false, 'migrations declare the schema');
      assert.equal(isGenerated('const header = "@generated";\n', 'typescript'), false);
      assert.equal(isGenerated(`INSERT INTO t VALUES ${'(1),'.repeat(5000)}`, 'sql'), false);
    });
  });
});

/** Root may read everything, so it steps down for a moment. */
async function asOrdinaryUser<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid!(65534);
  try {
    return await work();
  } finally {
    process.seteuid!(0);
  }
}
