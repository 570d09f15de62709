import assert from 'node:assert/strict';
import type { FunctionFact, ParameterFact } from '../../../src/core/facts';
import type { WorkspaceFiles } from '../../../src/measure';
import { argumentList } from '../../../src/measure/drivers/arguments/argumentList';

const position = { line: 0, character: 0 };
const range = { start: position, end: position };
const functionWith = (parameters: readonly ParameterFact[]): FunctionFact => ({
  name: 'f', exportedAs: ['f'], range, nameRange: range, hash: '', isAsync: false, parameters, effects: [], calls: [],
});
const workspaceOf = (texts: Readonly<Record<string, string>>): WorkspaceFiles => ({ workspace: __dirname, files: Object.keys(texts), readText: (file) => texts[file] ?? '' });

/** The arguments for parameters of these types, as code. */
function argumentsFor(file: string, types: readonly string[], texts: Readonly<Record<string, string>> = {}) {
  const parameters = types.map((type, i): ParameterFact => ({ name: `p${i}`, type, optional: false }));
  return argumentList(file, functionWith(parameters), workspaceOf({ [file]: '', ...texts }));
}

/** What the code of the only argument is at a size of 3, in JavaScript. */
const evaluate = (code: string): unknown => new Function('size', `return ${code}`)(3);

describe('the arguments of a generated driver in TypeScript', () => {
  for (const [type, value] of [
    ['number[]', [0, 1, 2]],
    ['readonly string[]', ['text 0', 'text 1', 'text 2']],
    ['ReadonlyArray<boolean>', [true, false, true]],
    ['(string | undefined)[]', ['text 0', 'text 1', 'text 2']],
    ['Set<number>', new Set([0, 1, 2])],
    ['Map<string, number>', new Map([['text 0', 0], ['text 1', 1], ['text 2', 2]])],
    ['Record<string, number>', { 'text 0': 0, 'text 1': 1, 'text 2': 2 }],
    ['{ [id: string]: number }', { 'text 0': 0, 'text 1': 1, 'text 2': 2 }],
    ['{ id: number; name?: string; tags: string[] }[]', [0, 1, 2].map((i) => ({ id: i, tags: [0, 1, 2].map((j) => `text ${j}`) }))],
    ['[number, string][]', [[0, 'text 0'], [1, 'text 1'], [2, 'text 2']]],
    ["'asc' | 'desc'", 'asc'],
    ['string | null', 'text text text '],
    ['Uint8Array', new Uint8Array(3)],
    ['number', 3],
    ['string', 'text text text '],
    ['Order[]', [0, 1, 2].map((i) => ({ id: i, lines: [0, 1, 2].map((j) => ({ price: j })), open: i % 2 === 0 }))],
  ] as const) {
    it(`of type ${type}`, () => {
      const texts = { 'src/a.ts': "import type { Line } from './line.js';\ninterface Order { readonly id: number; lines: Line[]; note?: string; open: boolean }", 'src/line.ts': 'export type Line = { price: number };' };
      const [argument] = argumentsFor('src/a.ts', [type], texts);
      assert.equal(argument!.known, true);
      assert.deepEqual(evaluate(argument!.code), value, argument!.code);
    });
  }

  for (const type of ['Pool', 'any', 'Service', 'T', '', 'Loop']) {
    it(`are left open for ${type || 'no type'}`, () => {
      const [argument] = argumentsFor('a.ts', [type], { 'a.ts': 'interface Service { find(id: number): string }\ninterface Loop { next: Loop }' });
      assert.equal(argument!.known, false);
    });
  }

  it('grow where there is a collection, else by a count, else by a text', () => {
    const codes = (types: readonly string[], names: readonly string[] = []) => {
      const parameters = types.map((type, i): ParameterFact => ({ name: names[i] ?? `p${i}`, type, optional: false }));
      return argumentList('a.ts', functionWith(parameters), workspaceOf({ 'a.ts': '' })).map(({ code }) => code);
    };
    assert.deepEqual(codes(['number', 'string', 'number[]']), ['1', "'text'", 'Array.from({ length: size }, (_, i) => i)']);
    assert.deepEqual(codes(['string', 'number'], ['name', 'count']), ["'text'", 'size']);
    assert.deepEqual(codes(['number', 'string'], ['id', 'text']), ['1', "'text '.repeat(size)"]);
    assert.deepEqual(codes(['number', 'number'], ['page', 'width']), ['size', '1']);
  });

  it('of optional parameters are left out', () => {
    assert.deepEqual(argumentList('a.ts', functionWith([{ name: 'a', type: 'number', optional: true }]), workspaceOf({ 'a.ts': '' })), []);
  });
});

describe('the arguments of a generated driver in Python', () => {
  for (const [type, code] of [
    ['list[int]', '[i for i in range(size)]'],
    ['Sequence[str]', '[f"text {i}" for i in range(size)]'],
    ['Iterable', '[i for i in range(size)]'],
    ['typing.List[float]', '[float(i) for i in range(size)]'],
    ['set[int]', '{i for i in range(size)}'],
    ['dict[str, list[int]]', '{f"text {i}": [i for i in range(3)] for i in range(size)}'],
    ['tuple[int, ...]', 'tuple(i for i in range(size))'],
    ['list[tuple[str, int]]', '[(f"text {i}", i) for i in range(size)]'],
    ['Optional[list[bool]]', '[i % 2 == 0 for i in range(size)]'],
    ['"str | None"', '"text " * size'],
    ['bytes', 'bytes(size)'],
    ['int', 'size'],
    ['list[Order]', '[Order(id=i, lines=[Line(price=float(i)) for i in range(3)]) for i in range(size)]'],
    ['list[Row]', '[{"id": i} for i in range(size)]'],
  ] as const) {
    it(`of type ${type}`, () => {
      const texts = {
        'shop/a.py': 'from .lines import Line\n\n@dataclass(frozen=True)\nclass Order:\n    """An order."""\n    id: int\n    lines: list[Line]\n    note: str = ""\n\nclass Row(TypedDict):\n    id: int\n',
        'shop/lines.py': '@dataclass\nclass Line:\n    price: float',
      };
      const [argument] = argumentsFor('shop/a.py', [type], texts);
      assert.deepEqual([argument!.code, argument!.known], [code, true]);
    });
  }

  for (const type of ['Session', '', 'Any']) {
    it(`are left open for ${type || 'no type'}`, () => assert.equal(argumentsFor('a.py', [type], { 'a.py': 'class Session:\n    pass\n' })[0]!.known, false));
  }
});
