import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeBetween } from '../../../src/core/text';
import { createDetector } from '../../../src/detect/detector';
import { KeptTrees } from '../../../src/detect/keptTrees';

const ROOT = join(__dirname, '../../..');
const EDITS = 60;

/** A repeatable sequence of numbers between 0 and 1. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What people do to a text: they type a piece, take one out, or replace one. */
function edited(text: string, random: () => number): string {
  const pieces = ['\n', ' ', '{', '}', '(', ')', '"', '`', "'''", '/*', '// x\n', 'await ', 'for (const a of b) {\n', 'for a in b:\n    ', 'x.includes(y)', 'pool.query("SELECT 1")', '😀'];
  const start = Math.floor(random() * text.length);
  const end = random() < 0.5 ? start : Math.min(text.length, start + Math.floor(random() * 30));
  const piece = random() < 0.3 ? '' : pieces[Math.floor(random() * pieces.length)]!;
  return text.slice(0, start) + piece + text.slice(end);
}

describe('a document that is edited', () => {
  for (const file of ['examples/orders/typescript/src/orders.ts', 'examples/orders/python/orders/orders.py', 'src/syntax/typescript/loops.ts']) {
    it(`gives after each edit what a fresh reading gives: ${file}`, async () => {
      const random = randomNumbers(7);
      const editing = createDetector();
      const original = readFileSync(join(ROOT, file), 'utf8');
      let text = original;
      for (let edit = 0; edit < EDITS; edit++) {
        // Most edits add to one another; now and then somebody takes all of them back.
        text = random() < 0.1 ? original : edited(text, random);
        await editing.update(file, text, true);
        const fresh = createDetector();
        await fresh.update(file, text);
        assert.deepEqual(editing.check(), fresh.check(), `after edit ${edit}`);
        assert.deepEqual(editing.functions(file), fresh.functions(file), `after edit ${edit}`);
      }
    });
  }

  it('is parsed anew where it was touched, and not at all where nothing has changed', () => {
    const parsed: string[] = [];
    const trees = new KeptTrees<string>({
      parse: (file, text) => (parsed.push(`${file} whole`), text),
      reparse: (before, text, { start, endBefore, endAfter }) => (parsed.push(`${before.slice(start, endBefore)}>${text.slice(start, endAfter)}`), text),
    });
    for (const text of ['one two', 'one three', 'one three', 'one']) trees.parse('a', text);
    assert.deepEqual(parsed, ['a whole', 'wo>hree', ' three>']);
    trees.forget('a');
    trees.parse('a', 'one');
    assert.deepEqual(parsed.slice(3), ['a whole']);
  });

  it('makes room for the ones that are edited now', () => {
    const whole: string[] = [];
    const trees = new KeptTrees<string>({ parse: (file, text) => (whole.push(file), text), reparse: (_before, text) => text });
    for (const file of ['a', 'b', 'c', 'd', 'e', 'e', 'b', 'a']) trees.parse(file, file);
    assert.deepEqual(whole, ['a', 'b', 'c', 'd', 'e', 'a']);
  });
});

describe('the change between two texts', () => {
  it('is the smallest single replacement', () => {
    assert.equal(changeBetween('same', 'same'), undefined);
    assert.deepEqual(changeBetween('', 'new'), { start: 0, endBefore: 0, endAfter: 3 });
    assert.deepEqual(changeBetween('aXc', 'aYYc'), { start: 1, endBefore: 2, endAfter: 3 });
    assert.deepEqual(changeBetween('aaaa', 'aaa'), { start: 3, endBefore: 4, endAfter: 3 });
    assert.deepEqual(changeBetween('aba', 'a'), { start: 1, endBefore: 3, endAfter: 1 });
  });
});
