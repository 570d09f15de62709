import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFixtures } from './fixtures/cases';
import { expectationsOf, nearMissComments } from './fixtures/expectations';
import { syntaxErrors } from './fixtures/syntaxErrors';

const expectations = (file: string, ...lines: string[]) => expectationsOf(new Map([[file, lines.join('\n')]]));

describe('the tester of fixtures', () => {
  it('reads expectations at the end of a line and alone above it', () => {
    assert.deepEqual(
      expectations('a.ts', 'f(); // expect: rule-a', '// expect: rule-b', '// and why', '', 'g();', '{/* expect: rule-c, rule-c */}', '<p/>'),
      ['a.ts:1 rule-a', 'a.ts:5 rule-b', 'a.ts:7 rule-c', 'a.ts:7 rule-c'],
    );
    assert.deepEqual(expectations('a.py', '# expect: rule-a', 'f()', 'g("# expect: rule-b")'), ['a.py:2 rule-a']);
    assert.deepEqual(expectations('a.sql', 'SELECT 1; -- expect: rule-a'), ['a.sql:1 rule-a']);
    assert.deepEqual(expectations('performance.json', '// expect: rule-a'), []);
  });

  it('counts near misses', () => {
    assert.equal(nearMissComments(new Map([['a.ts', '// near miss: a Set\nx;\n// near miss: five items'], ['b.py', '# near miss: sleeps']])), 3);
  });

  it('tells code that does not parse in each language', async () => {
    const fine = new Map([['a.tsx', 'const a = <p/>;'], ['a.py', 'a = 1\n'], ['a.sql', 'SELECT 1;'], ['a.json', '{']]);
    assert.deepEqual(await syntaxErrors(fine), []);
    const broken = new Map([['a.ts', 'const = ;'], ['a.py', 'def (:\n'], ['a.sql', 'SELEC 1;']]);
    assert.deepEqual((await syntaxErrors(broken)).map((error) => error.split(':')[0]), ['a.ts', 'a.py', 'a.sql']);
  });

  describe('folders', () => {
    let root: string;
    beforeEach(() => {
      root = mkdtempSync(join(tmpdir(), 'fixtures-'));
      mkdirSync(join(root, 'rule-a/python'), { recursive: true });
    });
    afterEach(() => rmSync(root, { recursive: true }));
    const add = (name: string) => writeFileSync(join(root, 'rule-a/python', name), '');

    it('pair each before with its after', () => {
      ['bad-a.py', 'good-b.py', 'fix-c.before.py', 'fix-c.after.py'].forEach(add);
      const { bad, good, fixes } = readFixtures('rule-a', 'python', root);
      assert.deepEqual([bad.length, good.length, fixes.map(({ name }) => name)], [1, 1, ['fix-c.py']]);
    });

    it('refuse what would test nothing', () => {
      add('fix-c.before.py');
      assert.throws(() => readFixtures('rule-a', 'python', root), /a before without its after/);
      add('fix-c.after.py');
      add('nearly-good.py');
      assert.throws(() => readFixtures('rule-a', 'python', root), /nearly-good\.py is neither/);
    });
  });
});
