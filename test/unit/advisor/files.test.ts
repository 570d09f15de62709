import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfinedFiles, NotReadable } from '../../../src/advisor/files/confinedFiles';
import { globFiles, grepFiles } from '../../../src/advisor/files/search';
import { LARGEST_FILE_BYTES } from '../../../src/workspace/files';
import { Folder } from './folder';

describe('the files that the advisor may read', () => {
  let folder: Folder;
  let files: ConfinedFiles;

  before(() => {
    folder = new Folder({
      'src/orders.ts': 'export const a = 1;\n',
      'src/private/plan.ts': 'export const b = 2;\n',
      'src/build/tool.ts': 'export const c = 3;\n',
      'README.md': '# Orders\n',
      'ignored/big.json': '{}',
      'kept.log': 'kept',
      'other.log': 'other',
      '.gitignore': 'ignored/\n*.log\n!kept.log\nhidden-*.ts\n',
      '.env': 'KEY=1',
      '.env.local': 'KEY=2',
      'config/prod.env': 'KEY=3',
      '.npmrc': '//registry/:_authToken=abc',
      'keys/server.pem': 'key',
      'deploy/id_rsa': 'key',
      'secrets.yaml': 'a: b',
      'config/database-credentials.json': '{}',
      '.git/config': 'url = x',
      '.performance/advisor/a.jsonl': '{}',
      'binary.dat': Buffer.from([0, 1, 2, 0]),
      'huge.txt': 'x'.repeat(LARGEST_FILE_BYTES + 1),
      'hidden-target.ts': 'export const d = 4;\n',
    });
    folder.link('to-env.ts', join(folder.root, '.env'));
    folder.link('to-hidden.ts', join(folder.root, 'hidden-target.ts'));
    folder.link('to-orders.ts', join(folder.root, 'src/orders.ts'));
    folder.link('out.ts', '/etc/hostname');
    writeFileSync(join(folder.parent, 'plain.txt'), 'plain');
    folder.link('outside', folder.parent);
    folder.link('loop', folder.root);
    files = new ConfinedFiles(folder.root, { exclude: ['src/private/**'] });
  });
  after(() => folder.remove());

  const readable: readonly (readonly [string, string])[] = [
    ['src/orders.ts', 'src/orders.ts'],
    ['./src/../src/orders.ts', 'src/orders.ts'],
    ['src/build/tool.ts', 'src/build/tool.ts'],
    ['kept.log', 'kept.log'],
    ['to-orders.ts', 'to-orders.ts'],
    ['loop/src/orders.ts', 'loop/src/orders.ts'],
  ];
  for (const [path, file] of readable) {
    it(`reads ${path}`, async () => assert.equal((await files.text(path)).file, file));
  }

  it('reads an absolute path inside the folder', async () => {
    assert.equal((await files.text(join(folder.root, 'README.md'))).text, '# Orders\n');
  });

  const refused: readonly (readonly [string, RegExp])[] = [
    ['/etc/passwd', /outside of the workspace/],
    ['../secret.txt', /outside of the workspace/],
    ['src/../../secret.txt', /outside of the workspace/],
    ['..', /outside of the workspace/],
    ['.', /outside of the workspace/],
    ['', /no path/],
    ['src/orders.ts\0.md', /no path/],
    ['.env', /secrets/],
    ['.ENV', /secrets/],
    ['.env.local', /secrets/],
    ['config/prod.env', /secrets/],
    ['.npmrc', /secrets/],
    ['keys/server.pem', /secrets/],
    ['deploy/id_rsa', /secrets/],
    ['secrets.yaml', /secrets/],
    ['config/database-credentials.json', /secrets/],
    ['.git/config', /secrets/],
    ['.performance/advisor/a.jsonl', /secrets/],
    ['loop/.env', /secrets/],
    ['to-env.ts', /secrets/],
    ['ignored/big.json', /ignored by git/],
    ['other.log', /ignored by git/],
    ['to-hidden.ts', /ignored by git/],
    ['src/private/plan.ts', /excluded/],
    ['out.ts', /link out of the workspace/],
    ['outside/plain.txt', /link out of the workspace/],
    ['src', /regular file|cannot be read/],
    ['missing.ts', /no file/],
    ['binary.dat', /not text/],
    ['huge.txt', /more than the limit/],
  ];
  for (const [path, reason] of refused) {
    it(`refuses ${JSON.stringify(path)}`, () =>
      assert.rejects(files.text(path), (error) => error instanceof NotReadable && reason.test(error.message)));
  }

  it('does not wait for a pipe', async () => {
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [join(folder.root, 'pipe.ts')]);
    await assert.rejects(files.text('pipe.ts'), NotReadable);
  });

  it('takes the text of an editor, once the file is allowed', async () => {
    const open = new ConfinedFiles(folder.root, { exclude: [], openText: () => 'unsaved' });
    assert.equal((await open.text('src/orders.ts')).text, 'unsaved');
    await assert.rejects(open.text('.env'), NotReadable);
  });

  it('lists neither secrets nor what is ignored or excluded, and follows no link', async () => {
    assert.deepEqual((await globFiles(files, '**')).files, [
      '.gitignore', 'README.md', 'binary.dat', 'huge.txt', 'kept.log', 'src/build/tool.ts', 'src/orders.ts',
    ]);
  });

  it('finds lines by a pattern, in the files of a glob', async () => {
    const { matches } = await grepFiles(files, { pattern: 'EXPORT\\s+const', glob: 'src/**/*.ts', ignoreCase: true });
    assert.deepEqual(matches.map(({ file, line, text }) => `${file}:${line} ${text}`), ['src/build/tool.ts:0 export const c = 3;', 'src/orders.ts:0 export const a = 1;']);
  });

  it('never searches a secret', async () => {
    assert.deepEqual((await grepFiles(files, { pattern: 'KEY' })).matches, []);
  });

  it('gives a pattern up that backtracks for ever', async () => {
    folder.write('src/long.txt', `${'a'.repeat(40)}!`);
    await assert.rejects(grepFiles(files, { pattern: '^(a+)+$', glob: 'src/long.txt' }), /takes too long/);
  });

  it('says what is wrong with a pattern', async () => {
    await assert.rejects(grepFiles(files, { pattern: '(' }), /no regular expression/);
    await assert.rejects(grepFiles(files, { pattern: '' }), /empty/);
  });

  it('ends when it is told to', async () => {
    await assert.rejects(grepFiles(files, { pattern: 'a' }, AbortSignal.abort(new Error('enough'))), /enough/);
  });
});
