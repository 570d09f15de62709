import assert from 'node:assert/strict';
import type { CodeAction } from 'vscode-languageserver';
import type { FindingFix } from '../../../src/core/finding';
import { codeActionsOf, FIX_ALL } from '../../../src/lsp/features/codeActions';
import type { EditCapabilities } from '../../../src/lsp/features/edits';
import { findingAt, FOLDER, judged, rangeOf, viewOf } from './samples';

const TEXT = 'all = all.concat(more);\nrest = rest.concat(more);\n';
const ALL: EditCapabilities = { documentChanges: true, createFiles: true, changeAnnotations: true };
const target = { uriOf: (file: string) => `${FOLDER}/${file}`, versionOf: () => 7 };

function fixOf(part: string, more: Partial<FindingFix> = {}): FindingFix {
  return { title: `Push ${part}`, kind: 'safe', edits: [{ file: 'src/orders.ts', range: rangeOf(TEXT, part), newText: 'x' }], ...more };
}

function actions(fixes: FindingFix[], only?: string[], client = ALL): CodeAction[] {
  const view = viewOf(TEXT, fixes.map((fix, index) => judged(findingAt(TEXT, index === 0 ? 'all.concat' : 'rest.concat', { id: `f${index}`, fixes: [fix] }))));
  return codeActionsOf(view, rangeOf(TEXT, 'all.concat'), { diagnostics: [], only }, target, client);
}

describe('code actions', () => {
  it('prefer a safe fix and bind it to the version of the document', () => {
    const [fix] = actions([fixOf('all')]);
    assert.equal(fix!.isPreferred, true);
    assert.equal(fix!.kind, 'quickfix');
    assert.deepEqual(fix!.edit, {
      documentChanges: [{ textDocument: { uri: `${FOLDER}/src/orders.ts`, version: 7 }, edits: [{ range: rangeOf(TEXT, 'all'), newText: 'x' }] }],
    });
  });

  it('have a suggestion confirmed, with its caveat', () => {
    const [fix] = actions([fixOf('all', { kind: 'suggestion', caveat: 'NaN is found too.' })]);
    assert.equal(fix!.isPreferred, false);
    const [annotation] = Object.values(fix!.edit!.changeAnnotations!);
    assert.deepEqual(annotation, { label: 'Push all', needsConfirmation: true, description: 'NaN is found too.' });
  });

  it('create files first, and only for clients that can', () => {
    const create = { file: 'migrations/1.sql', text: 'CREATE INDEX i ON t (a);\n' };
    const [fix] = actions([fixOf('all', { create, edits: [] })]);
    assert.deepEqual(fix!.edit!.documentChanges, [
      { kind: 'create', uri: `${FOLDER}/migrations/1.sql`, options: { ignoreIfExists: false } },
      {
        textDocument: { uri: `${FOLDER}/migrations/1.sql`, version: null },
        edits: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: create.text }],
      },
    ]);
    const without = actions([fixOf('all', { create, edits: [] })], undefined, { ...ALL, createFiles: false });
    assert.ok(!without.some(({ title }) => title === 'Push all'));
  });

  it('fall back to plain changes', () =>
    assert.deepEqual(actions([fixOf('all')], undefined, { ...ALL, documentChanges: false })[0]!.edit, {
      changes: { [`${FOLDER}/src/orders.ts`]: [{ range: rangeOf(TEXT, 'all'), newText: 'x' }] },
    }));

  it('offer to suppress with a reason and to open the page', () =>
    assert.deepEqual(
      actions([fixOf('all')]).slice(1).map(({ command }) => [command!.command, command!.arguments]),
      [
        ['performanceEngineer.dismissFinding', [`${FOLDER}/src/orders.ts`, 'f0']],
        ['performanceEngineer.openRule', ['n-plus-one-query']],
      ],
    ));

  it('fix all: the safe ones of the whole document in one edit, and only when asked', () => {
    const fixes = [fixOf('all'), fixOf('rest')];
    assert.ok(!actions(fixes).some(({ kind }) => kind === FIX_ALL));
    const [all, ...more] = actions(fixes, ['source.fixAll']);
    assert.deepEqual(more, []);
    assert.equal(all!.kind, FIX_ALL);
    assert.equal(JSON.stringify(all!.edit).match(/"newText"/g)!.length, 2);
    assert.deepEqual(actions([fixOf('all', { kind: 'suggestion' })], [FIX_ALL]), []);
  });

  it('take one of two fixes that overlap', () => {
    const [all] = actions([fixOf('all.concat'), fixOf('all.concat(more)')], [FIX_ALL]);
    assert.equal(JSON.stringify(all!.edit).match(/"newText"/g)!.length, 1);
  });
});
