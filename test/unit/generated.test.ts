import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { generatedFiles } from '../../src/build/generate';
import { ensureFileContents } from '../../src/build/generate/ensureFileContents';
import { readRegistry } from '../../src/build/generate/registry';
import { withRuleTable } from '../../src/build/generate/ruleTable';
import { type ScenarioNumbers, shapeOf, withScenarios } from '../../src/build/generate/scenarioSection';
import { LANGUAGES } from '../../src/core/language';

const ROOT = resolve(__dirname, '../..');

describe('generated files', () => {
  it('are up to date', () => {
    const stale = generatedFiles().filter(ensureFileContents);
    const names = stale.map(({ path }) => relative(ROOT, path));
    assert.deepEqual(names, [], 'these were stale and have been written again; look at them and commit them');
  });

  it('repair themselves once', () => {
    withFolder((folder) => {
      const file = { path: join(folder, 'deep/a.txt'), text: 'right' };
      assert.equal(ensureFileContents(file), true, 'missing');
      assert.equal(ensureFileContents(file), false);
      writeFileSync(file.path, 'wrong');
      assert.equal(ensureFileContents(file), true, 'stale');
      assert.equal(readFileSync(file.path, 'utf8'), 'right');
      assert.equal(ensureFileContents({ ...file, text: undefined }), true, 'no longer generated');
      assert.throws(() => readFileSync(file.path), { code: 'ENOENT' });
    });
  });

  it('need their place in the README', () => {
    assert.throws(() => withRuleTable('no markers', []), /README\.md needs the lines/);
    assert.throws(() => withScenarios('no markers', { date: '', machine: '', scenarios: {} }), /README\.md needs the lines/);
  });
});

describe("the README's scenarios", () => {
  const numbers = JSON.parse(readFileSync(join(ROOT, 'test/window/scenarios/numbers.json'), 'utf8')) as ScenarioNumbers;

  it('are three, in two languages, with figures, runs and samples', () => {
    assert.equal(Object.keys(numbers.scenarios).length, 3);
    assert.ok(shapeOf(numbers).filter((each) => each.endsWith(' / TypeScript')).length === shapeOf(numbers).length / 2, 'each step is there in both languages');
    for (const figure of Object.values(numbers.scenarios).flatMap((steps) => Object.values(steps).flatMap((step) => Object.values(step)))) {
      assert.match(figure.text, /\d/);
      assert.match(figure.samples, /\d/);
      assert.ok(figure.runs.length > 0 && figure.runs.every((run) => /^\d{8}T\d{6}-[0-9a-f]{6}$/.test(run)), figure.runs.join());
    }
    assert.match(`${numbers.date} ${numbers.machine}`, /^\d{4}-\d\d-\d\d .+, \d+ processors, \w+$/);
  });

  it('are written between the markers, whatever stood there', () => {
    const at = (text: string) => `a\n<!-- scenarios:start -->${text}<!-- scenarios:end -->\nb`;
    assert.equal(withScenarios(at('by hand'), numbers), withScenarios(at(''), numbers));
    assert.match(withScenarios(at(''), numbers), /^a\n[\s\S]*\| TypeScript \| Python \|[\s\S]*\nb$/);
  });
});

describe('the registry of rules', () => {
  it('has a matcher for each language a rule names, and no other', () => {
    for (const { id, rule, matchers } of readRegistry(join(ROOT, 'src/rules'))) {
      // A matcher of SQL also sees the statements inside the other languages' strings.
      const seen = matchers.includes('sql') ? LANGUAGES : matchers;
      assert.deepEqual(rule.meta.languages.filter((language) => !seen.includes(language)), [], `src/rules/${id} has no matcher`);
      assert.deepEqual(matchers.filter((language) => !rule.meta.languages.includes(language)), [], `src/rules/${id} names no language`);
    }
  });

  it('refuses a folder that holds no rule, no advice, or the rule of another name', () => {
    withFolder((folder) => {
      mkdirSync(join(folder, 'empty-rule'));
      assert.throws(() => readRegistry(folder), /src\/rules\/empty-rule holds no rule\.ts/);
      writeFileSync(join(folder, 'empty-rule/rule.ts'), `export const other = 1;`);
      assert.throws(() => readRegistry(folder), /exports no "rule"/);
    });
    withFolder((folder) => {
      mkdirSync(join(folder, 'some-rule'));
      writeFileSync(join(folder, 'some-rule/rule.ts'), `export const rule = { meta: { id: 'some-rool' } };`);
      assert.throws(() => readRegistry(folder), /has the id "some-rool"/);
    });
    withFolder((folder) => {
      mkdirSync(join(folder, 'silent-rule'));
      writeFileSync(join(folder, 'silent-rule/rule.ts'), `export const rule = { meta: { id: 'silent-rule' } };`);
      assert.throws(() => readRegistry(folder), /src\/rules\/silent-rule holds no advice\.ts/);
      writeFileSync(join(folder, 'silent-rule/advice.ts'), `export const other = 1;`);
      assert.throws(() => readRegistry(folder), /exports no "advice"/);
    });
  });
});

function withFolder(use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'generated-'));
  try {
    use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
