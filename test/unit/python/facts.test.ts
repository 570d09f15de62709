import assert from 'node:assert/strict';
import type { FileFacts, FunctionFact } from '../../../src/core/facts';
import { PythonAnalyser } from '../../../src/detect/python';
import { SqlAnalyser } from '../../../src/detect/sql';
import { loadSqlParser } from '../../../src/syntax/sql/parser';

function factsOf(text: string, path = 'shop/orders.py'): FileFacts {
  return new PythonAnalyser([], new SqlAnalyser([])).analyse(path, text, new Set()).facts;
}

function functionOf(text: string, name: string): FunctionFact {
  const found = factsOf(text).functions.find((fn) => fn.name === name);
  assert.ok(found, `no function ${name}`);
  return found;
}

const callsOf = (text: string, name: string): string[] => functionOf(text, name).calls.map(({ callee, inLoop }) => JSON.stringify(callee) + (inLoop ? ' in loop' : ''));

const local = (name: string): object => ({ kind: 'local', name });
const imported = (module: string, name: string): object => ({ kind: 'import', module, name });
const method = (owner: object, name: string): object => ({ kind: 'method', owner, name });

describe('facts of a Python file', () => {
  before(loadSqlParser);

  it('names functions by what is around them, in reading order', () => {
    const { functions } = factsOf('class A:\n    @property\n    def b(self): ...\ndef c():\n    def d(): ...\nasync def c(): ...\n');
    assert.deepEqual(functions.map(({ name }) => name), ['A.b', 'c', 'c.d', 'c#2']);
    assert.deepEqual(functions.map(({ exportedAs }) => exportedAs), [[], ['c'], [], []]);
    assert.deepEqual(functions.map(({ isAsync }) => isAsync), [false, false, false, true]);
    assert.deepEqual(functions[0]!.range.start, { line: 1, character: 4 });
    assert.deepEqual(functions[0]!.nameRange, { start: { line: 2, character: 8 }, end: { line: 2, character: 9 } });
  });

  it('reads parameters', () => {
    assert.deepEqual(functionOf('def f(a, b: int, c=1, *d, e: str = "x", **g): ...\n', 'f').parameters, [
      { name: 'a', type: undefined, optional: false },
      { name: 'b', type: 'int', optional: false },
      { name: 'c', type: undefined, optional: true },
      { name: '*d', type: undefined, optional: true },
      { name: 'e', type: 'str', optional: true },
      { name: '**g', type: undefined, optional: true },
    ]);
  });

  it('records effects with their table and line', () => {
    const { effects } = functionOf('from .models import Order\nimport django\ndef f(i):\n    order = Order.objects.get(pk=i)\n    order.save()\n', 'f');
    assert.deepEqual(effects, [
      { kind: 'query', library: 'django', table: 'Order', line: 3 },
      { kind: 'write', library: 'django', table: 'Order', line: 4 },
    ]);
  });

  it('leaves out what a call of the function need not reach', () => {
    const head = 'from .models import Order\nimport django\nfrom functools import cache\n';
    assert.deepEqual(functionOf(`${head}@cache\ndef f(i):\n    return Order.objects.get(pk=i)\n`, 'f').effects, []);
    assert.deepEqual(functionOf(`${head}def f(i, known):\n    if i not in known:\n        known[i] = Order.objects.get(pk=i)\n`, 'f').effects, []);
    assert.deepEqual(functionOf(`${head}def f(rows):\n    Order.objects.bulk_create(rows)\n`, 'f').effects, []);
    assert.deepEqual(functionOf('async def f(p):\n    with open(p) as g:\n        return g.read()\n', 'f').effects, []);
    assert.equal(functionOf('import aiofiles\nasync def f(p):\n    async with aiofiles.open(p) as g:\n        return await g.read()\n', 'f').effects.length, 1);
    assert.deepEqual(callsOf('def g(): ...\ndef f(debug):\n    if debug:\n        g()\n', 'f'), []);
  });

  it('names callees so that other files can find them', () => {
    const text = [
      'from . import services',
      'from .pricing import price_of as price',
      'import shop.mail as mail',
      'import json',
      'class Base:',
      '    def load(self): ...',
      'class Shop(Base):',
      '    def __init__(self, client: "services.Client"):',
      '        self.client = client',
      '    def run(self, items):',
      '        price(1)',
      '        mail.send()',
      '        services.start()',
      '        self.load()',
      '        self.client.fetch()',
      '        json.dumps(items)',
      '        for item in items:',
      '            helper(item)',
      '        return list(map(helper, items))',
      'def helper(item): ...',
    ].join('\n');
    assert.deepEqual(callsOf(text, 'Shop.run'), [
      JSON.stringify(imported('.pricing', 'price_of')),
      JSON.stringify(imported('shop.mail', 'send')),
      JSON.stringify(method(imported('.', 'services'), 'start')),
      JSON.stringify(method(local('Base'), 'load')),
      JSON.stringify(method(method(imported('.', 'services'), 'Client'), 'fetch')),
      `${JSON.stringify(local('helper'))} in loop`,
      `${JSON.stringify(local('helper'))} in loop`,
    ]);
  });

  it('says why a function is hot or cold', () => {
    const heatOf = (text: string, name: string): string | undefined => {
      const heat = functionOf(text, name).heat;
      return heat && `${heat.heat}: ${heat.reason}`;
    };
    assert.equal(heatOf('@app.route("/orders")\ndef f(): ...\n', 'f'), 'hot: route handler /orders');
    assert.equal(heatOf('@router.get("/orders/{id}", tags=["a"])\nasync def f(id): ...\n', 'f'), 'hot: route handler /orders/{id}');
    assert.equal(heatOf('@mock.patch("os.path")\ndef f(a): ...\n', 'f'), undefined);
    assert.equal(heatOf('@shared_task(bind=True)\ndef f(self): ...\n', 'f'), 'hot: task @shared_task');
    assert.equal(heatOf('class A(generic.ListView):\n    def get_queryset(self): ...\n', 'A.get_queryset'), 'hot: request handler');
    assert.equal(heatOf('from django.shortcuts import render\ndef f(request):\n    return render(request, "a.html")\n', 'f'), 'hot: request handler');
    assert.equal(heatOf('class Command(BaseCommand):\n    def handle(self): ...\n', 'Command.handle'), 'cold: a management command is run by hand');
    assert.equal(heatOf('def forwards(apps, schema_editor): ...\n', 'forwards'), 'cold: a migration runs once');
    assert.equal(heatOf('def test_a(): ...\n', 'test_a'), 'cold: test code');
    assert.equal(heatOf('def main(): ...\nif __name__ == "__main__":\n    main()\n', 'main'), 'cold: run by hand: called under __main__');
    assert.equal(heatOf('def f(): ...\n', 'f'), undefined);
  });

  it('offers what a package imports, and what any module imports with a wildcard', () => {
    const text = 'from .orders import list_orders as orders, total\nfrom .users import *\nimport os\n';
    assert.deepEqual(factsOf(text, 'shop/__init__.py').reexports, [
      { exportedAs: 'orders', module: '.orders', name: 'list_orders' },
      { exportedAs: 'total', module: '.orders', name: 'total' },
      { exportedAs: '*', module: '.users', name: '*' },
    ]);
    assert.deepEqual(factsOf(text, 'shop/orders.py').reexports, [{ exportedAs: '*', module: '.users', name: '*' }]);
  });

  it('collects the queries and the schema in strings, and none in docstrings', () => {
    const facts = factsOf('def f(c, i):\n    """SELECT a FROM not_a_query"""\n    c.execute("CREATE TABLE orders (id int)")\n    c.execute(f"SELECT id "\n              f"FROM orders WHERE id = {i}")\n');
    assert.deepEqual(facts.queries.map(({ verb, tables, line }) => [verb, tables, line]), [['select', ['orders'], 3]]);
    assert.deepEqual(facts.schema.map(({ kind }) => kind), ['create-table']);
  });

  it('runs no rule in a migration, where everything runs once', () => {
    const matcher = { kinds: ['CallExpression'], find: (node: { start: number; end: number }) => ({ span: node, facts: {} }) };
    const analyser = new PythonAnalyser([{ rule: 'any', matcher }], new SqlAnalyser([]));
    assert.equal(analyser.analyse('shop/orders.py', 'f()\n', new Set(['any'])).raw.length, 1);
    assert.equal(analyser.analyse('shop/migrations/0001_a.py', 'f()\n', new Set(['any'])).raw.length, 0);
  });
});
