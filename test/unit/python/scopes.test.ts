import assert from 'node:assert/strict';
import { fileOf, nodeIn } from './samples';

/** The kind of the last use's first binding, and the node that opens its scope. */
function resolved(text: string, name: string): string {
  const file = fileOf(text);
  const resolution = file.scopes.resolve(name, nodeIn(file, name));
  return resolution ? `${resolution.bindings[0]!.kind} in ${resolution.scope.node.kind}` : 'nothing';
}

describe('names of a Python file', () => {
  const cases: readonly [string, string, string, string][] = [
    ['a module name from a function', 'x = 1\ndef f():\n    return x\n', 'x', 'assignment in Script'],
    ['a parameter', 'def f(x):\n    return x\n', 'x', 'parameter in FunctionDefinition'],
    ['not through a class body', 'class A:\n    x = 1\n    def f(self):\n        return x\n', 'x', 'nothing'],
    ['a class name in its own body', 'class A:\n    x = 1\n    y = x\n', 'x', 'assignment in ClassDefinition'],
    ['a global', 'x = 1\ndef f():\n    global x\n    x = 2\n    return x\n', 'x', 'assignment in Script'],
    ['a nonlocal', 'def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n        return x\n', 'x', 'assignment in FunctionDefinition'],
    ['the target of a comprehension', 'y = [x for x in xs if x]\n', 'x', 'loop in ArrayComprehensionExpression'],
    ['the target of a bare generator', 'sum(x for x in xs if x)\n', 'x', 'loop in ArgList'],
    ['the first iterable outside of its comprehension', 'def f(x):\n    return [x for x in x]\n', 'x', 'parameter in FunctionDefinition'],
    ['a walrus in the function around a comprehension', 'def f(xs):\n    [y := x for x in xs]\n    return y\n', 'y', 'assignment in FunctionDefinition'],
    ['a with target', 'with open(p) as f:\n    f\n', 'f', 'with in Script'],
    ['an exception', 'try:\n    pass\nexcept E as e:\n    e\n', 'e', 'opaque in Script'],
    ['the item of enumerate', 'for i, x in enumerate(xs):\n    x\n', 'x', 'loop in Script'],
    ['a builtin', 'len\n', 'len', 'nothing'],
  ];
  for (const [title, text, name, expected] of cases) it(`finds ${title}`, () => assert.equal(resolved(text, name), expected));

  it('collects the attributes of self', () => {
    const file = fileOf('class A:\n    def __init__(self, c):\n        self.c = c\n        other.d = c\n');
    const scope = file.scopes.scopeOf(file.root.descendants('ClassDefinition')[0]!)!;
    assert.deepEqual([...scope.attributes.keys()], ['c']);
  });
});
