import assert from 'node:assert/strict';
import { parsePython } from '../../../src/syntax/python/tree';
import { literalText, stringPieces } from '../../../src/syntax/python/strings';
import type { PythonNode } from '../../../src/syntax/python/node';

function valueNode(source: string): PythonNode {
  return parsePython(`x = ${source}\n`).root.descendants('AssignStatement')[0]!.lastChild!;
}

/** The text with holes as ⟨source⟩. */
function shown(source: string): string | undefined {
  const node = valueNode(source);
  return stringPieces(node)
    ?.map((piece) => (piece.kind === 'text' ? piece.text : `⟨${node.tree.text.slice(piece.span.start, piece.span.end)}⟩`))
    .join('');
}

describe('strings of Python', () => {
  const cases: readonly [string, string | undefined][] = [
    [`'a' "b"`, 'ab'],
    [`("a"\n     "b")`, 'ab'],
    [`"""a\nb"""`, 'a\nb'],
    [`'a\\n\\t\\x41\\u0042\\101\\\nb'`, 'a\n\tABAb'],
    [`r'a\\n'`, 'a\\n'],
    [`f"a {b!r:>{w}} {{c}}"`, 'a ⟨{b!r:>{w}}⟩ {c}'],
    [`"a " + b + " c"`, 'a ⟨b⟩ c'],
    [`"a %s" % b`, 'a %s'],
    [`"a {} {c}".format(b, c=1)`, 'a ⟨{}⟩ ⟨{c}⟩'],
    [`b + c`, undefined],
    [`1`, undefined],
    [`"a`, 'a'],
  ];
  for (const [source, expected] of cases) it(JSON.stringify(source), () => assert.equal(shown(source), expected));

  it('gives a text only where nothing is interpolated', () => {
    assert.equal(literalText(valueNode('"a" "b"')), 'ab');
    assert.equal(literalText(valueNode('f"a{b}"')), undefined);
  });

  it('keeps the place of every character', () => {
    const node = valueNode(`f'\\t{{a}}' "b"`);
    const source = node.tree.text;
    const places = stringPieces(node)!.map((piece) => (piece.kind === 'text' ? [...piece.text].map((_, i) => source[piece.toDocument(i)]) : []));
    assert.deepEqual(places, [['\\', '{', 'a', '}'], ['b']]);
  });
});
