import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkJson, ensureBuilt, Folders, level, slowModule } from './support';

const FROM_THE_CACHE = 'kept from the last time';

describe('check of what has not changed', function () {
  this.timeout(60_000);
  const folders = new Folders();
  let folder: string;
  let env: NodeJS.ProcessEnv;

  before(ensureBuilt);
  after(() => folders.removeAll());

  beforeEach(async () => {
    folder = folders.with({ 'src/a.ts': slowModule(), 'src/b.ts': 'export const b = 1;\n', 'package.json': '{}', 'performance.json': level('high') });
    const home = folders.with();
    env = { HOME: home, XDG_CACHE_HOME: home, LOCALAPPDATA: home };
    await checkJson([folder], { env });
    const path = keptFile();
    writeFileSync(path, readFileSync(path, 'utf8').replace(/once per item of orders/g, FROM_THE_CACHE));
  });

  const keptFile = (): string => join(env.HOME!, readdirSync(env.HOME!, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.findings.json'))!);

  /** Whether the next check repeats what was kept. */
  async function isRepeated(...options: string[]): Promise<boolean> {
    const { findings } = await checkJson([folder, ...options], { env });
    return findings.some(({ message }) => message.includes(FROM_THE_CACHE));
  }

  it('repeats what was found, with the same exit code and the same JSON', async () => {
    assert.equal(await isRepeated(), true);
    rmSync(keptFile());
    const anew = await checkJson([folder], { env });
    assert.deepEqual(await checkJson([folder], { env }), anew);
    assert.equal(anew.code, 1);
  });

  const later = new Date(Date.now() + 5000);
  const changes: Readonly<Record<string, () => void>> = {
    'a file is written': () => utimesSync(join(folder, 'src/b.ts'), later, later),
    'a file is new': () => writeFileSync(join(folder, 'src/c.ts'), 'export const c = 1;\n'),
    'a file is gone': () => rmSync(join(folder, 'src/b.ts')),
    'a manifest is written': () => writeFileSync(join(folder, 'package.json'), '{ "dependencies": {} }'),
    'the configuration is another one': () => writeFileSync(join(folder, 'performance.json'), level('low')),
    'what was kept is damaged': () => writeFileSync(keptFile(), readFileSync(keptFile(), 'utf8').slice(0, -10)),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`looks again when ${what}`, async () => {
      change();
      assert.equal(await isRepeated(), false);
    });
  }

  it('looks again where rules are named, types are asked for or no cache is wanted', async () => {
    for (const options of [['--rule', 'n-plus-one-query'], ['--types'], ['--no-cache']]) assert.equal(await isRepeated(...options), false, options.join(' '));
    assert.equal(await isRepeated(), true, 'and what was kept is still there');
  });
});
