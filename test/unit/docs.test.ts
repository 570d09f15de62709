import assert from 'node:assert/strict';
import { CONFIG_FILE } from '../../src/core/config';
import type { Language } from '../../src/core/language';
import type { Example } from '../../src/core/rule';
import { advice } from '../../src/rules/generated/advice';
import { rules } from '../../src/rules/generated/rules';
import { syntaxErrors } from './fixtures/syntaxErrors';
import { detectorOf } from './fixtures/workspaceOf';

const FILE: Readonly<Record<Language, string>> = { typescript: 'example.ts', python: 'example.py', sql: 'example.sql' };

describe('examples of the rules', () => {
  for (const { meta } of rules) {
    for (const language of meta.languages) {
      it(`${meta.id} in ${language}: the bad example fires, the better one is silent`, async () => {
        const example = advice.get(meta.id)?.examples[language];
        assert.ok(example, 'every language has an example');
        assert.deepEqual(await firing(example, FILE[language], example.bad), [meta.id]);
        assert.deepEqual(await firing(example, FILE[language], example.better), []);
      });
    }
  }
});

/** The ids of the rules that fire on a text, with every rule switched on. */
async function firing({ file, configuration }: Example, usual: string, text: string): Promise<string[]> {
  const files = new Map([[file ?? usual, text], ...(configuration === undefined ? [] : ([[CONFIG_FILE, configuration]] as const))]);
  assert.deepEqual(await syntaxErrors(files), []);
  const { findings, failures } = (await detectorOf(files)).check();
  assert.deepEqual(failures, []);
  return [...new Set(findings.map(({ rule }) => rule))];
}
