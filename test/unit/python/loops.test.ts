import assert from 'node:assert/strict';
import type { Loop } from '../../../src/syntax/python/file';
import { carriedNames, isErrorPath, isMemoised, iterationNames, leavesEarly } from '../../../src/syntax/python/iteration';
import { fileOf, nodeIn } from './samples';

function loopsAroundCall(text: string): readonly Loop[] {
  const file = fileOf(text);
  return file.loopsAround(nodeIn(file, 'call(x)'));
}

const describeLoop = ({ kind, label, size, isBatched }: Loop): string =>
  [kind, label, size, isBatched ? 'batched' : undefined].filter((part) => part !== undefined).join(' ');

describe('loops around a Python call', () => {
  const cases: readonly [string, string[]][] = [
    ['for x in orders:\n    call(x)\n', ['for orders']],
    ['for i, x in enumerate(sorted(orders)):\n    call(x)\n', ['for orders']],
    ['for x in call(x):\n    pass\n', []],
    ['for x in xs:\n    pass\nelse:\n    call(x)\n', []],
    ['while ready:\n    call(x)\n', ['while ready']],
    ['while call(x):\n    pass\n', ['while call(x)']],
    ['[call(x) for y in ys for x in y.items()]\n', ['comprehension y', 'comprehension ys']],
    ['[x for y in ys for x in call(x)]\n', ['comprehension ys']],
    ['[x for x in xs if call(x)]\n', ['comprehension xs']],
    ['list(map(lambda x: call(x), xs))\n', ['callback xs']],
    ['sorted(xs, key=lambda x: call(x))\n', ['callback xs']],
    ['on_click(lambda x: call(x))\n', []],
    ['for x in xs:\n    def f():\n        call(x)\n', []],
    ['for x in ["a", "b"]:\n    call(x)\n', ['for ["a", "b"] 2']],
    ['for x in range(2, 12):\n    call(x)\n', ['for range(2, 12) 10']],
    ['for x in range(0, n, 500):\n    call(x)\n', ['for range(0, n, 500) batched']],
    ['for x in batched(ids, 500):\n    call(x)\n', ['for batched(ids, 500) batched']],
    ['for a in xs:\n    for x in a.parts:\n        call(x)\n', ['for a.parts', 'for xs']],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => assert.deepEqual(loopsAroundCall(text).map(describeLoop), expected));
  }
});

describe('iterations of a Python loop', () => {
  const inner = (body: string): { loop: Loop; call: ReturnType<typeof nodeIn>; carried: string[] } => {
    const file = fileOf(`def f(xs, cache, cursor):\n    for x in xs:\n${body.replace(/^/gm, '        ')}\n`);
    const call = nodeIn(file, 'call(x)');
    const loop = file.loopsAround(call)[0]!;
    return { loop, call, carried: [...carriedNames(loop, file)] };
  };

  it('derive names from the target', () => {
    assert.deepEqual([...iterationNames(inner('a = x.id\nb = 1\ncall(x)').loop)], ['x', 'a']);
    assert.deepEqual([...iterationNames(inner('for c in x.parts:\n    d = c\ncall(x)').loop)].sort(), ['c', 'd', 'x']);
  });

  it('carry what they read before they set it', () => {
    assert.deepEqual(inner('y = call(x)').carried, []);
    assert.deepEqual(inner('cursor = fetch(cursor)\ncall(x)').carried, ['cursor']);
    assert.deepEqual(inner('total += call(x)').carried, ['total']);
  });

  it('end early by return and by their own break', () => {
    assert.ok(leavesEarly(inner('if call(x):\n    return x').loop));
    assert.ok(leavesEarly(inner('if call(x):\n    break').loop));
    assert.ok(!leavesEarly(inner('call(x)\nwhile y:\n    break').loop));
    assert.ok(!leavesEarly(inner('call(x)\nif y:\n    continue').loop));
  });

  it('tell the error path and the hand-written cache', () => {
    const handler = inner('try:\n    g()\nexcept E:\n    call(x)');
    assert.ok(isErrorPath(handler.call, handler.loop.node));
    const tried = inner('try:\n    call(x)\nexcept E:\n    pass');
    assert.ok(!isErrorPath(tried.call, tried.loop.node));
    const cached = inner('if x not in cache:\n    cache[x] = call(x)');
    assert.ok(isMemoised(cached.call, cached.loop.node));
    const plain = inner('if x.ready:\n    call(x)');
    assert.ok(!isMemoised(plain.call, plain.loop.node));
  });
});
