import assert from 'node:assert/strict';
import { KindSet } from '../../../src/syntax/python/kinds';
import { parsePython } from '../../../src/syntax/python/tree';

describe('the table of a Python tree', () => {
  it('navigates in all directions and keeps one object per node', () => {
    const { root } = parsePython('def f(a):\n    return g(a, 1)\n');
    const call = root.descendants('CallExpression')[0]!;
    assert.equal(call.text, 'g(a, 1)');
    assert.equal(call.parent?.kind, 'ReturnStatement');
    assert.equal(call.firstChild?.text, 'g');
    assert.equal(call.lastChild?.kind, 'ArgList');
    assert.equal(call.firstChild?.next, call.lastChild);
    assert.equal(call.lastChild?.previous, call.firstChild);
    assert.equal(call.closest('FunctionDefinition')?.child('VariableName')?.text, 'f');
    assert.equal(root.descendants('CallExpression')[0], call);
    assert.ok(root.contains(call) && !call.contains(root));
  });

  it('keeps comments and error nodes aside', () => {
    const tree = parsePython('x = 1  # why\ny = (\n');
    assert.deepEqual(tree.comments, [{ start: 7, end: 12 }]);
    assert.ok(tree.errors.length > 0);
    assert.equal(tree.root.children.filter((node) => node.kind === 'Comment' || node.kind === '⚠').length, 0);
  });

  it('grows for code that is nearly all nodes', () => {
    const tree = parsePython(`x = ${'['.repeat(400)}${']'.repeat(400)}\n`);
    assert.equal(tree.root.descendants('ArrayExpression').length, 400);
  });

  it('names what a call calls last', () => {
    const names = parsePython('a.b.get(x)\nopen(y)\nf()()\n').root.descendants('CallExpression').map((call) => call.calledName);
    assert.deepEqual(names, ['get', 'open', '', 'f']);
  });

  it('refuses kinds the grammar does not have', () => {
    assert.throws(() => new KindSet(['CallExpresion']), /no node named CallExpresion/);
  });
});
