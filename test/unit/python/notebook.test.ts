import assert from 'node:assert/strict';
import { applyEdits, LineIndex } from '../../../src/core/text';
import { createDetector } from '../../../src/detect/detector';
import { loadSqlParser } from '../../../src/syntax/sql/parser';
import { Notebook } from '../../../src/syntax/python/notebook';

const CELLS = [
  { cell_type: 'markdown', source: ['# for order in orders:'] },
  { cell_type: 'code', source: ['%matplotlib inline\n', 'import sqlite3\n', 'db = sqlite3.connect("é \\" 😀.db")'], outputs: [{ text: ['for x in y: pass'] }] },
  { cell_type: 'code', source: 'def load(orders):\n    for order in orders:\n        db.execute("SELECT sku FROM items WHERE order_id = ?", (order,)).fetchall()\n' },
  { cell_type: 'code', source: ['%%bash\n', 'for f in *; do echo $f; done'] },
  { cell_type: 'code', source: ['%%time\n', 'names = []\n', 'for row in rows:\n', '    names = names + [row]'] },
];

const textOf = (cells: readonly unknown[], language = 'python'): string =>
  JSON.stringify({ cells, metadata: { kernelspec: { language } }, nbformat: 4 }, undefined, 1);

async function detectorOf(text: string) {
  const detector = createDetector();
  await detector.update('analysis.ipynb', text);
  return detector;
}

describe('a notebook', () => {
  before(loadSqlParser);

  it('is read as the Python of its cells, in order, without what other cells hold', () => {
    const { code } = Notebook.read(textOf(CELLS))!;
    assert.equal(code.includes('# for order'), false);
    assert.equal(code.includes('echo'), false);
    assert.ok(code.startsWith('#matplotlib inline\nimport sqlite3\n'));
  });

  it('knows where each character stands in its own text', () => {
    const text = textOf(CELLS);
    const notebook = Notebook.read(text)!;
    for (const word of ['sqlite3', '😀', 'execute', 'sku', 'names = names']) {
      const at = notebook.code.indexOf(word);
      assert.equal(text.slice(notebook.offsetInText(at)).startsWith(word), true, word);
      assert.equal(notebook.offsetInCode(notebook.offsetInText(at)), at, word);
    }
  });

  it('has findings at their line of the file and in their cell, also through other cells', async () => {
    const text = textOf(CELLS);
    const { findings, failures } = (await detectorOf(text)).check();
    assert.deepEqual(failures, []);
    const lines = new LineIndex(text);
    const seen = findings.map(({ rule, range, cell }) => [rule, lines.lineText(range.start.line).trim().slice(range.start.character - lines.lineText(range.start.line).search(/\S/)).slice(0, 10), cell]);
    assert.deepEqual(seen, [
      ['n-plus-one-query', 'db.execute', { cell: 2, line: 2, character: 8 }],
      ['accumulating-copy', 'names = na', { cell: 4, line: 3, character: 4 }],
    ]);
  });

  it('stays a notebook when a fix is applied', async () => {
    const text = textOf(CELLS);
    const detector = await detectorOf(text);
    const fix = detector.check().findings.find(({ rule }) => rule === 'accumulating-copy')!.fixes[0]!;
    const lines = new LineIndex(text);
    const changed = applyEdits(text, fix.edits.map(({ range, newText }) => ({ ...lines.span(range), newText })));
    const cell = (JSON.parse(changed) as { cells: { source: string[] }[] }).cells[4]!;
    assert.match(cell.source.join(''), /for row in rows:\n {4}names\.append\(row\)/);
    await detector.update('analysis.ipynb', changed);
    assert.deepEqual(detector.check().findings.map(({ rule }) => rule), ['n-plus-one-query']);
  });

  it('can be silenced in a cell', async () => {
    const silenced = CELLS.map((cell, index) => (index === 4 ? { ...cell, source: ['%%time\n', 'names = []\n', 'for row in rows:\n', '    # performance-ignore accumulating-copy: ten rows\n', '    names = names + [row]'] } : cell));
    assert.deepEqual((await detectorOf(textOf(silenced))).check().findings.map(({ rule }) => rule), ['n-plus-one-query']);
  });

  it('of another language, half-written or without cells has no findings and is no failure', async () => {
    for (const text of [textOf(CELLS, 'julia'), textOf(CELLS).slice(0, 200), '{}', '', '[]', '{"cells": 5}', 'not json at all', textOf([])]) {
      assert.deepEqual((await detectorOf(text)).check(), { findings: [], failures: [] }, text.slice(0, 30));
    }
  });
});
