import assert from 'node:assert/strict';
import { TestFolder } from '../../lsp/workspace';
import { Scanner } from '../../../src/lsp/scanner';
import { readSource } from '../../../src/workspace/files';

describe('the scanner', () => {
  let folder: TestFolder;
  let happened: string[];
  const known = new Set<string>();
  const open = new Set<string>();
  let exclude: string[] = [];
  let scanner: Scanner;
  let onUpdate: () => void;
  const scan = async (changed?: string[]): Promise<string[]> => {
    happened = [];
    await scanner.request(changed);
    return happened;
  };

  beforeEach(() => {
    folder = new TestFolder({ 'src/a.ts': 'a', 'src/b.py': 'b', 'src/models.py': 'm', 'src/z.sql': 's', 'src/image.ts': Buffer.from([0, 0xff, 0, 1]) });
    known.clear();
    open.clear();
    exclude = [];
    onUpdate = () => undefined;
    scanner = new Scanner({
      root: folder.path,
      exclude: () => exclude,
      isOpen: (file) => open.has(file),
      known: () => [...known],
      read: async (file) => {
        const reading = await readSource(folder.path, file);
        if (reading.kind === 'failure') return reading.failure;
        if (reading.kind !== 'source') return undefined;
        known.add(file);
        onUpdate();
        happened.push(`${file} ${reading.text}`);
      },
      updateOpen: async (file) => happened.push(`${file} is open`),
      remove: (file) => {
        if (known.delete(file)) happened.push(`${file} removed`);
      },
      progress: (done, total) => void (done === total && happened.push(`${done} of ${total}`)),
    });
  });
  afterEach(() => {
    scanner.dispose();
    folder.remove();
  });

  it('reads what holds the schema first, and says what it cannot read', async () => {
    assert.deepEqual(await scan(), ['src/z.sql s', 'src/models.py m', 'src/a.ts a', 'src/b.py b', '5 of 5']);
    assert.deepEqual([...scanner.failures.values()].map(({ code, file }) => [code, file]), [['binary-file', 'src/image.ts']]);
  });

  it('later reads what is new or has changed, and forgets what is gone', async () => {
    await scan();
    folder.write('src/a.ts', 'A');
    folder.write('src/c.ts', 'c');
    folder.delete('src/b.py');
    folder.delete('src/image.ts');
    assert.deepEqual(await scan(['src/a.ts']), ['src/b.py removed', 'src/a.ts A', 'src/c.ts c', '2 of 2']);
    assert.equal(scanner.failures.size, 0);
  });

  it('leaves the text of an open file to the editor, and reads it from the disk when it is closed', async () => {
    open.add('src/a.ts');
    assert.ok((await scan()).includes('src/a.ts is open'));
    open.delete('src/a.ts');
    assert.deepEqual(await scan(['src/a.ts']), ['src/a.ts a', '1 of 1']);
  });

  it('takes out what the settings exclude, and back in what they no longer do', async () => {
    await scan();
    exclude = ['**/*.py'];
    assert.deepEqual((await scan()).sort(), ['src/b.py removed', 'src/models.py removed']);
    exclude = [];
    assert.deepEqual(await scan(), ['src/models.py m', 'src/b.py b', '2 of 2']);
  });

  it('looks again for what was asked while it was looking', async () => {
    const first = scanner.request();
    folder.write('src/late.ts', 'late');
    const second = scanner.request(['src/late.ts']);
    happened = [];
    await Promise.all([first, second]);
    assert.ok(known.has('src/late.ts'));
    assert.equal(scanner.isRunning, false);
  });

  it('stops after the file it is at when it is told to', async () => {
    onUpdate = () => scanner.dispose();
    assert.deepEqual(await scan(), ['src/z.sql s']);
  });
});
