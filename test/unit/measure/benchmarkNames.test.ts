import assert from 'node:assert/strict';
import { declaredBenchmarks, isResultOf } from '../../../src/measure/benchmarkNames';
import type { DriverChoice } from '../../../src/measure/drivers/choice';

const choice = (runner: DriverChoice['runner'], kind: DriverChoice['kind'] = 'benchmark'): DriverChoice => ({
  kind, runner, language: 'typescript', file: 'a.bench.ts', cwd: '', label: 'a.bench.ts', reason: '',
});
const namesOf = (runner: DriverChoice['runner'], text: string) => declaredBenchmarks(choice(runner), text).map(({ name, line }) => `${line} ${name}`);

describe('the benchmarks that a file declares', () => {
  it('are those of Vitest and mitata, each once', () => {
    const text = `import { bench, describe } from 'vitest';
describe('sorting', () => {
  bench('by name', () => sort(), { time: 100 });
  bench.skip("by date", () => {});
  bench(
    'long',
    () => {},
  );
  // bench('left out', () => {});
  /* bench('also left out', () => {}); */
  bench(\`of \${size}\`, () => {});
  bench('by name', () => {});
  workbench('other', () => {});
});
`;
    assert.deepEqual(namesOf('vitest', text), ['2 by name', '3 by date', '4 long']);
  });

  it('are those of Vitest 5, inside of its tests', () => {
    assert.deepEqual(namesOf('vitest', "test('sorting', async ({ bench }) => {\n  await bench('by name', sort).run();\n});\n"), ['1 by name']);
  });

  it('are what is added to a Bench or a Suite, and nothing that is added to a set', () => {
    const text = "const bench = new Bench();\nbench.add('one', () => 1).add('same line', f);\nsuite\n  .add('two', f)\n  .add(\"three\", { fn: f });\nset.add('no benchmark');\n";
    assert.deepEqual(namesOf('own', text), ['1 one', '3 two', '4 three']);
  });

  it('are the tests of node:test', () => {
    assert.deepEqual(namesOf('node:test', "import { test, it } from 'node:test';\ntest('lists', () => {});\nit('adds', async () => {});\nattest('no', f);\n"), ['1 lists', '2 adds']);
  });

  it('are the functions that take the fixture of pytest-benchmark', () => {
    const text = 'def test_list(benchmark):\n    benchmark(f)\n\ndef test_other(client):\n    pass\n\n    def test_in_class(self, benchmark, client):\n        pass\n';
    assert.deepEqual(namesOf('pytest', text), ['0 test_list', '6 test_in_class']);
  });

  it('are not looked for in a script and a project', () => {
    assert.deepEqual(declaredBenchmarks(choice('package-script', 'script'), "bench('a', f)"), []);
    assert.deepEqual(declaredBenchmarks(choice('asv'), "bench('a', f)"), []);
  });
});

describe('a result of a declared benchmark', () => {
  for (const [declared, result, expected] of [
    ['by name', 'by name', true],
    ['by name', 'sorting > by name', true],
    ['test_list', 'tests/test_a.py::test_list', true],
    ['test_list', 'tests/test_a.py::test_list[10]', true],
    ['test_list', 'tests/test_list.py::test_other', false],
    ['list', 'long list', false],
    ['by name', 'by name, again', false],
    ['by name', 'by date', false],
  ] as const) {
    it(`${expected ? 'is' : 'is not'} "${result}" for "${declared}"`, () => assert.equal(isResultOf(declared, result), expected));
  }
});
