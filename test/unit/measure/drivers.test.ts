import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type WorkspaceFiles, listBenchmarks, listDrivers } from '../../../src/measure';
import { pythonImportFolder } from '../../../src/measure/drivers/project';
import { scriptArguments } from '../../../src/measure/listBenchmarks';
import { relatedFiles } from '../../../src/measure/drivers/relatedFiles';

const workspaceOf = (texts: Readonly<Record<string, string>>): WorkspaceFiles => ({
  workspace: __dirname,
  files: Object.keys(texts),
  readText: (file) => texts[file] ?? '',
});

const target = (file: string, functionName: string) => ({ file, functionName, hash: 'unused' });
const labels = (texts: Readonly<Record<string, string>>, file: string, functionName: string, canGenerate = false) =>
  listDrivers(target(file, functionName), workspaceOf(texts), canGenerate).map(({ label }) => label);

const IMPORT = "import { listOrders } from '../src/orders.js';\n";

describe('the drivers of a function', () => {
  it('are the tests that call it, the nearest first, then benchmarks, programs, scripts, and a generated one', () => {
    const texts = {
      'package.json': JSON.stringify({
        scripts: { test: 'mocha', report: 'node scripts/report.ts', start: 'node src/server.ts', dev: 'nodemon src/server.ts' },
        devDependencies: { mocha: '1' },
      }),
      'src/orders.ts': 'export function listOrders() {}',
      'src/routes.ts': "import * as orders from './orders';",
      'src/server.ts': "import './routes';\nif (require.main === module) createServer().listen(80);",
      'scripts/report.ts': `#!/usr/bin/env node\n${IMPORT}listOrders();`,
      'bench/orders.bench.ts': `${IMPORT}listOrders();`,
      'test/routes.test.ts': "import '../src/routes';\nit('answers', () => {});",
      'test/orders.test.ts': `${IMPORT}it('lists', () => listOrders());`,
      'test/helpers.ts': `${IMPORT}export const all = /x/.test('x') && listOrders;`,
      'test/unrelated.test.ts': "it('does nothing of it', () => {});",
    };
    assert.deepEqual(labels(texts, 'src/orders.ts', 'listOrders', true), [
      'test/orders.test.ts (mocha)',
      'bench/orders.bench.ts',
      'scripts/report.ts',
      'test/routes.test.ts (mocha)',
      'npm run report',
      'npm run test',
      'A driver for listOrders',
    ]);
  });

  for (const [runner, text] of [
    ['vitest', "import { it } from 'vitest';\n"],
    ['jest', "import { it } from '@jest/globals';\n"],
    ['node:test', "import test from 'node:test';\n"],
    ['mocha', "import { it } from 'mocha';\n"],
  ] as const) {
    it(`know ${runner} by its import`, () => {
      const texts = { 'src/orders.ts': '', 'src/orders.test.ts': `${text}import { listOrders } from './orders';\nit('lists', listOrders);` };
      assert.deepEqual(labels(texts, 'src/orders.ts', 'listOrders'), [`src/orders.test.ts (${runner})`]);
    });
  }

  it('know a runner with global functions by the nearest package', () => {
    const texts = {
      'package.json': '{"devDependencies": {"jest": "30"}}',
      'packages/a/package.json': '{"name": "a"}',
      'packages/a/src/orders.js': '',
      'packages/a/src/orders.test.js': "const { listOrders } = require('./orders');\ntest('lists', () => listOrders());",
    };
    const [choice] = listDrivers(target('packages/a/src/orders.js', 'listOrders'), workspaceOf(texts), false);
    assert.equal(choice?.label, 'packages/a/src/orders.test.js (jest)');
    assert.equal(choice.cwd, 'packages/a');
  });

  it('survive a package.json that is being edited', () => {
    assert.deepEqual(labels({ 'package.json': '{"scripts": {', 'src/orders.ts': '' }, 'src/orders.ts', 'listOrders'), []);
  });

  it('in Python are pytest or unittest by the style of the tests', () => {
    const texts = {
      'shop/__init__.py': '',
      'shop/orders.py': 'def list_orders(): ...',
      'shop/__main__.py': 'from . import orders\nif __name__ == "__main__":\n    orders.list_orders()',
      'shop/web.py': 'from .orders import list_orders\nif __name__ == "__main__":\n    app.run()',
      'tests/test_orders.py': 'from shop.orders import (\n    list_orders,\n)\n\ndef test_lists():\n    list_orders()',
      'tests/test_more.py': 'from shop import orders\n\nclass More(TestCase):\n    def test_lists(self):\n        orders.list_orders()',
    };
    const choices = listDrivers(target('shop/orders.py', 'list_orders'), workspaceOf(texts), false);
    assert.deepEqual(
      choices.map(({ label, cwd }) => [label, cwd]),
      [['tests/test_orders.py (pytest)', ''], ['tests/test_more.py (unittest)', ''], ['shop/__main__.py', '']],
    );
  });

  it('are none for SQL', () => {
    assert.deepEqual(labels({ 'a.sql': '' }, 'a.sql', 'f', true), []);
  });
});

describe('the files that come to a function', () => {
  it('are found through others, with their distance', () => {
    const related = relatedFiles(
      target('src/db/index.ts', 'query'),
      workspaceOf({
        'src/db/index.ts': '',
        'src/orders.ts': "import { query } from './db';\nquery();",
        'src/routes.ts': "export * from './orders';",
        'src/cycle.ts': "import './routes';\nimport './cycle';",
        'src/other.ts': "import './dbase';",
      }),
    );
    assert.deepEqual(
      [...related].map(([file, { distance, mentions }]) => [file, distance, mentions]),
      [['src/db/index.ts', 0, 0], ['src/orders.ts', 1, 2], ['src/routes.ts', 2, 0], ['src/cycle.ts', 3, 0]],
    );
  });
});

describe('the drivers by the call graph', () => {
  const texts = {
    'package.json': '{"devDependencies": {"vitest": "4"}}',
    'src/orders.ts': 'export function listOrders() {}',
    'src/page.ts': "import { listOrders } from './orders';\nexport function renderPage() { listOrders(); }\nexport function other() {}",
    'test/page.test.ts': "import { renderPage } from '../src/page';\nit('renders', () => renderPage());",
    'test/other.test.ts': "import { other } from '../src/page';\nit('does another thing', () => other());",
  };
  const choices = (callers: Parameters<typeof listDrivers>[3]) => listDrivers(target('src/orders.ts', 'listOrders'), workspaceOf(texts), false, callers).map(({ file, reason }) => [file, reason]);

  it('put a test of a caller before one that only imports its file', () => {
    const callers = [{ file: 'src/page.ts', functionName: 'renderPage', distance: 1 }];
    assert.deepEqual(choices(callers), [['test/page.test.ts', 'names renderPage, which comes to it'], ['test/other.test.ts', 'reaches its file through other imports']]);
    assert.equal(choices([])[0]![0], 'test/other.test.ts', 'without the graph nothing tells them apart');
  });
});

describe('where Python imports begin', () => {
  it('is above the outermost package', () => {
    assert.equal(pythonImportFolder('src/shop/api/orders.py', workspaceOf({ 'src/shop/__init__.py': '', 'src/shop/api/__init__.py': '', 'src/shop/api/orders.py': '' })), 'src');
  });

  it('is where others import from, without __init__.py files', () => {
    const texts = { 'app/api/orders.py': '', 'app/api/routes.py': 'from app.api.orders import list_orders', 'app/api/local.py': 'import orders' };
    assert.equal(pythonImportFolder('app/api/orders.py', workspaceOf(texts)), '');
    assert.equal(pythonImportFolder('app/api/routes.py', workspaceOf(texts)), 'app/api');
    const partial = { 'app/api/orders.py': '', 'app/main.py': 'from api import other, orders' };
    assert.equal(pythonImportFolder('app/api/orders.py', workspaceOf(partial)), 'app');
  });
});

describe('the benchmarks of a workspace', () => {
  it('are files of each tool, and scripts that run none of them', () => {
    const texts = {
      'package.json': '{"scripts": {"bench": "node bench/own.bench.mjs", "bench:load": "node load.js", "benchmark": "hyperfine ./a", "workbench": "x"}}',
      'bench/own.bench.mjs': "parseArgs({ options: { json: { type: 'string' } } })",
      'bench/helper.bench.mjs': 'export const size = 3;',
      'bench/mitata.bench.mjs': "import { bench, run } from 'mitata'",
      'bench/node.bench.mjs': "import test from 'node:test'",
      'bench/tiny.bench.ts': "import { Bench } from 'tinybench'",
      'bench/vitest.bench.ts': "import { bench } from 'vitest'",
      'bench/suite.bench.cjs': "require('benchmark')",
      'bench/bench_orders.py': 'parser.add_argument("--json")',
      'tests/test_speed.py': 'def test_sum(benchmark):\n    benchmark(sum, [1])\n',
      'tests/test_other.py': 'def test_sum():\n    assert sum([1])\n',
    };
    assert.deepEqual(listBenchmarks(workspaceOf(texts)).map(({ label, language, runner }) => [label, language, runner]), [
      ['bench/bench_orders.py', 'python', 'own'],
      ['bench/mitata.bench.mjs', 'typescript', 'own'],
      ['bench/node.bench.mjs', 'typescript', 'node:test'],
      ['bench/own.bench.mjs', 'typescript', 'own'],
      ['bench/suite.bench.cjs', 'typescript', 'own'],
      ['bench/tiny.bench.ts', 'typescript', 'own'],
      ['bench/vitest.bench.ts', 'typescript', 'vitest'],
      ['tests/test_speed.py', 'python', 'pytest'],
      ['npm run bench:load', 'typescript', 'package-script'],
      ['npm run benchmark', 'typescript', 'package-script'],
    ]);
  });

  it('that are scripts are asked for their samples by the option of their tool', () => {
    const argumentsOf = (command: string, texts: Readonly<Record<string, string>> = {}) => {
      const workspace = workspaceOf({ 'package.json': JSON.stringify({ scripts: { bench: command } }), ...texts });
      return scriptArguments(listBenchmarks(workspace).find(({ script }) => script === 'bench')!, 'raw', workspace);
    };
    assert.deepEqual(argumentsOf('hyperfine ./a'), ['--export-json', join('raw', 'hyperfine.json')]);
    assert.deepEqual(argumentsOf('pytest tests'), ['--benchmark-only', '--benchmark-save-data', `--benchmark-json=${join('raw', 'pytest-benchmark.json')}`]);
    assert.deepEqual(argumentsOf('node all.mjs', { 'all.mjs': "parseArgs({ options: { json: {} } })" }), ['--json', join('raw', 'benchmark.json')]);
    assert.deepEqual(argumentsOf('node all.mjs', { 'all.mjs': "import 'mitata'" }), []);
  });
});
