import * as assert from 'node:assert/strict';
import type { LinterSetup } from '../../../src/core/linter';
import { buildReport } from '../../../src/report/build';
import { conflictText } from '../../../src/report/model';
import { advice } from '../../../src/rules/generated/advice';
import { INPUTS } from './golden/inputs';
import { finding, NOTHING_KNOWN } from './support';

const eslint = (...on: readonly string[]): LinterSetup => ({ tool: 'eslint', file: 'eslint.config.js', isOn: rule => on.includes(rule) });

const conflictsWith = (linters: readonly LinterSetup[], language: 'typescript' | 'python' = 'typescript'): readonly string[] =>
  buildReport({ ...INPUTS['nothing-known']!, findings: [finding('list-lookup', { language })], workspace: { ...NOTHING_KNOWN, linters } })
    .conflicts.map(conflictText);

describe('conflicts noted', () => {
  it('with another linter are those of rules that the workspace has switched on', () => {
    assert.deepEqual(conflictsWith([]), []);
    assert.deepEqual(conflictsWith([eslint()]), []);
    assert.deepEqual(conflictsWith([eslint('prefer-list')]), ['against eslint prefer-list, switched on in eslint.config.js']);
  });

  it('put what agrees last', () => {
    assert.deepEqual(conflictsWith([eslint('prefer-set', 'prefer-list')]), [
      'against eslint prefer-list, switched on in eslint.config.js', 'agrees with eslint prefer-set, switched on in eslint.config.js',
    ]);
  });

  it('are only with linters of the language of the code', () => {
    assert.deepEqual(conflictsWith([eslint('prefer-list')], 'python'), []);
    assert.deepEqual(conflictsWith([{ tool: 'ruff', file: 'ruff.toml', isOn: rule => rule === 'XY123' }], 'python'), ['against ruff XY123, switched on in ruff.toml']);
  });

  it('with clarity and simplicity say whose view that is', () => {
    const { conflicts } = buildReport({ ...INPUTS['nothing-known']!, findings: [finding('queries-in-loop')] });
    assert.deepEqual(conflicts.map(conflictText), ['against simplicity, the pragmatic view', 'agrees with quick hacks that buy time, the view of the next release']);
  });

  it('with architecture say where it agrees', () => {
    const { conflicts } = buildReport({ ...INPUTS['nothing-known']!, findings: [finding('in-process-state')] });
    assert.deepEqual(conflicts.map(conflictText), ['agrees with architecture, the long view']);
  });

  it('of the catalogue name a rule of a linter whose configuration is read, or of one that is configured on a server', () => {
    const known = ['eslint', 'oxlint', 'ruff', 'pylint', 'sonarqube', 'creedengo'];
    const unknown = [...advice].flatMap(([id, { conflicts }]) => conflicts.filter(({ view, tool, rule }) => view === 'linter' && (!known.includes(tool ?? '') || !rule)).map(({ tool, rule }) => `${id}: ${tool} ${rule}`));
    assert.deepEqual(unknown, []);
  });
});
