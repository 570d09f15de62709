import assert from 'node:assert/strict';
import { importedNames } from '../../../src/syntax/python/imports';
import { fileOf, nodeIn, qualifiedIn } from './samples';

/** "local = module.member" for each name that the statement binds. */
function imports(statement: string): string[] {
  const [node] = fileOf(`${statement}\n`).root.descendants('ImportStatement');
  return importedNames(node!).map(({ local, module, member }) => `${local.text} = ${module}${member === undefined ? '' : ` ${member}`}`);
}

/** The lines on which the name at its last use is bound. */
function bindingLines(sample: string, name: string): number[] {
  const file = fileOf(sample);
  const use = file.usesOf(name).at(-1)!;
  return file.scopes.resolve(name, use)!.bindings.map(({ node }) => file.lineOf(node) + 1);
}

describe('names in Python', () => {
  it('knows every form of import', () => {
    assert.deepEqual(imports('import os'), ['os = os']);
    assert.deepEqual(imports('import os.path, json as j'), ['os = os', 'j = json']);
    assert.deepEqual(imports('import django.db.models as m'), ['m = django.db.models']);
    assert.deepEqual(imports('from django.db import models, connection as c'), ['models = django.db models', 'c = django.db connection']);
    assert.deepEqual(imports('from ..models import (\n    Order,  # the one\n    Item as I,\n)'), ['Order = ..models Order', 'I = ..models Item']);
    assert.deepEqual(imports('from . import views'), ['views = . views']);
    assert.deepEqual(imports('from shop import *'), ['* = shop *']);
  });

  it('qualifies names through aliases', () => {
    assert.equal(qualifiedIn('import numpy as np\nnp.linalg.norm(x)\n', 'np.linalg.norm'), 'numpy.linalg.norm');
    assert.equal(qualifiedIn('from django.db import models as m\nm.Model\n', 'm.Model'), 'django.db.models.Model');
    assert.equal(qualifiedIn('import os.path\nos.path.join(a)\n', 'os.path.join'), 'os.path.join');
    assert.equal(qualifiedIn('from .db import session\nsession.get(1)\n', 'session.get'), '.db.session.get');
    assert.equal(qualifiedIn('try:\n    import json\nexcept ImportError:\n    json = None\njson.load(f)\n', 'json.load'), 'json.load');
  });

  it('knows builtins from names that somebody binds', () => {
    assert.equal(qualifiedIn('open(path)\n', 'open'), 'builtins.open');
    assert.equal(qualifiedIn('def open(path):\n    pass\nopen(path)\n', 'open'), undefined);
    assert.equal(qualifiedIn('def read(open):\n    return open(1)\n', 'open'), undefined);
    assert.equal(qualifiedIn('class Store:\n    def open(self):\n        return open(1)\n', 'open'), 'builtins.open');
  });

  it('looks names up in the scopes Python looks in', () => {
    assert.deepEqual(bindingLines('x = 1\ndef f():\n    x = 2\n    return x\n', 'x'), [3]);
    assert.deepEqual(bindingLines('x = 1\ndef f():\n    global x\n    x = 2\n    return x\n', 'x'), [1, 4]);
    assert.deepEqual(bindingLines('def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n    return x\n', 'x'), [2, 5]);
    assert.deepEqual(bindingLines('x = 1\nclass A:\n    x = 2\n    def f(self):\n        return x\n', 'x'), [1]);
    assert.deepEqual(bindingLines('x = 1\nrows = [x for x in x]\n', 'x'), [1]);
    assert.deepEqual(bindingLines('x = 1\nrows = [y for y in z if (x := y)]\nprint(x)\n', 'x'), [1, 2]);
    assert.deepEqual(bindingLines('def f(x, *, y=1, **z):\n    return x, y, z\n', 'z'), [1]);
  });

  it('binds in with, except, for, del and match', () => {
    const sample = 'with a() as x, b() as z:\n    pass\nwith (c() as y,\n      d() as y2):\n    pass\nfor i, (j, *k) in z:\n    pass\ntry:\n    pass\nexcept E as e:\n    pass\nmatch z:\n    case [first, *rest]:\n        pass\n';
    const { bindings } = fileOf(sample).scopes.module;
    assert.deepEqual([...bindings.keys()].sort(), ['e', 'first', 'i', 'j', 'k', 'rest', 'x', 'y', 'y2', 'z']);
  });

  it('names callees as other files do', () => {
    const file = fileOf('from .items import load\nimport shop.items as items\nclass A:\n    def f(self):\n        return self.g()\n    def g(self):\n        return load(items.all_of(1))\n');
    assert.deepEqual(file.names.reference(nodeIn(file, 'load')), { kind: 'import', module: '.items', name: 'load' });
    assert.deepEqual(file.names.reference(nodeIn(file, 'items.all_of')), { kind: 'import', module: 'shop.items', name: 'all_of' });
    assert.deepEqual(file.methodOf('A', 'g'), { kind: 'method', owner: { kind: 'local', name: 'A' }, name: 'g' });
    assert.equal(file.methodOf('A', 'h'), undefined);
  });
});
