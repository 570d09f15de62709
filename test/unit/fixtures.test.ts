import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { languageOfFile, type Language } from '../../src/core/language';
import type { Rule } from '../../src/core/rule';
import { matchers as python } from '../../src/rules/generated/python';
import { rules } from '../../src/rules/generated/rules';
import { matchers as sql } from '../../src/rules/generated/sql';
import { matchers as typescript } from '../../src/rules/generated/typescript';
import { applyFixes } from './fixtures/applyFixes';
import { readFixtures, type RuleFixtures } from './fixtures/cases';
import { expectationsOf, nearMissComments } from './fixtures/expectations';
import { syntaxErrors } from './fixtures/syntaxErrors';
import { detectorOf, readFixture, type Files } from './fixtures/workspaceOf';

const FEWEST_FIRING = 5;
const FEWEST_NEAR_MISSES = 8;

const FIXING: Readonly<Record<Language, ReadonlySet<string>>> = {
  typescript: rulesWithFix(typescript),
  python: rulesWithFix(python),
  sql: rulesWithFix(sql),
};

describe('rule fixtures', () => {
  for (const rule of rules) {
    describe(rule.meta.id, () => {
      for (const language of rule.meta.languages) describe(language, () => languageTests(rule, language));
      it('shows the fix it declares', () => {
        const cases = rule.meta.languages.flatMap((language) => readFixtures(rule.meta.id, language).fixes);
        assert.equal(cases.length > 0, rule.meta.fix !== 'none', `fix: '${rule.meta.fix}' with ${cases.length} fix cases`);
      });
    });
  }

  it('belong to rules', () => {
    const root = resolve(__dirname, '../fixtures');
    const known = rules.flatMap(({ meta }) => meta.languages.map((language) => join(meta.id, language)));
    const present = existsSync(root) ? readdirSync(root).flatMap((id) => readdirSync(join(root, id)).map((name) => join(id, name))) : [];
    assert.deepEqual(present.filter((folder) => !known.includes(folder)), []);
  });
});

function languageTests(rule: Rule, language: Language): void {
  const { id } = rule.meta;
  const fixtures = readFixtures(id, language);
  for (const path of fixtures.bad) it(`fires where expected: ${basename(path)}`, () => assertFires(path, id));
  for (const path of fixtures.good) it(`is silent: ${basename(path)}`, () => assertSilent(path, id));
  for (const each of fixtures.fixes) it(`fixes ${each.name}`, () => assertFixed(each, rule));
  it('has enough fixtures', () => assertEnough(fixtures, id));
  if (FIXING[language].has(id)) {
    it('has a fix case, because its matcher fixes', () => assert.ok(fixtures.fixes.length > 0));
  }
}

async function assertFires(path: string, rule: string): Promise<void> {
  const files = readFixture(path);
  const expected = expectationsOf(files);
  assert.notDeepEqual(expected, [], 'a bad fixture expects something');
  assert.deepEqual(await firing(files, rule), expected.sort());
}

async function assertSilent(path: string, rule: string): Promise<void> {
  const files = readFixture(path);
  assert.deepEqual(expectationsOf(files), [], 'a good fixture expects nothing');
  assert.deepEqual(await firing(files, rule), []);
}

async function assertFixed({ name, before, after }: RuleFixtures['fixes'][number], { meta }: Rule): Promise<void> {
  const { files, applied } = await applyFixes(readFixture(before, name), meta.id);
  assert.ok(applied > 0, 'no finding of the before has a fix');
  assert.deepEqual(Object.fromEntries(files), Object.fromEntries(readFixture(after, name)));
  assert.deepEqual(await syntaxErrors(files), []);
  assert.deepEqual(await firing(files, meta.id), [], 'the finding is gone');
}

/** What the rule alone says of the files, as "file:line rule". */
async function firing(files: Files, rule: string): Promise<string[]> {
  const { findings, failures } = (await detectorOf(files, [rule])).check();
  assert.deepEqual(failures, []);
  return findings.map((finding) => `${finding.file}:${finding.range.start.line + 1} ${finding.rule}`).sort();
}

async function assertEnough({ bad, good }: RuleFixtures, rule: string): Promise<void> {
  const expected = bad.flatMap((path) => expectationsOf(readFixture(path)).filter((each) => each.endsWith(` ${rule}`)));
  assert.ok(expected.length >= FEWEST_FIRING, `${expected.length} expectations; a rule shows at least ${FEWEST_FIRING}`);
  let misses = 0;
  for (const path of good) misses += await nearMisses(readFixture(path));
  assert.ok(misses >= FEWEST_NEAR_MISSES, `${misses} near misses; a rule shows at least ${FEWEST_NEAR_MISSES}`);
}

/** Comments that say so or, where there are more, the functions or statements of good files. */
async function nearMisses(files: Files): Promise<number> {
  const detector = await detectorOf(files, []);
  const functions = [...files.keys()].reduce((sum, file) => sum + detector.functions(file).length, 0);
  const statements = [...files].reduce((sum, [file, text]) => sum + (languageOfFile(file) === 'sql' ? text.split(/;\s*$/m).length - 1 : 0), 0);
  return Math.max(nearMissComments(files), functions, statements);
}

function rulesWithFix(matchers: readonly { readonly rule: string; readonly matcher: { readonly fix?: unknown } }[]): ReadonlySet<string> {
  return new Set(matchers.filter(({ matcher }) => matcher.fix !== undefined).map(({ rule }) => rule));
}
