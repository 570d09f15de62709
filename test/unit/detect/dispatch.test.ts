import assert from 'node:assert/strict';
import type { Match, Matcher } from '../../../src/core/rule';
import { Dispatcher } from '../../../src/detect/dispatch';

type Stub = Matcher<string, string, { calls: string[] }>;

const recording = (kinds: string[]): Stub => ({
  kinds,
  find(node, file) {
    file.calls.push(node);
    return undefined;
  },
});

const failing: Stub = {
  kinds: ['call'],
  find() {
    throw new Error('boom');
  },
};

const matching: Stub = { kinds: ['call'], find: (): Match<unknown>[] => [{ span: { start: 0, end: 1 }, facts: 1 }, { span: { start: 2, end: 3 }, facts: 2 }] };

describe('the dispatcher', () => {
  it('calls a rule for the kinds it names and for nothing else', () => {
    const file = { calls: [] as string[] };
    const dispatch = new Dispatcher([{ rule: 'a', matcher: recording(['call', 'loop']) }]).forFile('a.ts', file, () => undefined);
    dispatch.visit('call', 'f()');
    dispatch.visit('name', 'f');
    dispatch.visit('loop', 'for');
    assert.deepEqual(file.calls, ['f()', 'for']);
    assert.equal(dispatch.calls, 2);
  });

  it('calls a rule that gives names for those only, and for all nodes that have none', () => {
    const file = { calls: [] as string[] };
    const matcher = { ...recording(['call', 'loop']), names: ['f', 'g'] };
    const naming = { kinds: new Set(['call']), nameOf: (node: string) => node.replace('()', '') };
    const dispatch = new Dispatcher([{ rule: 'a', matcher }, { rule: 'all', matcher: recording(['call']) }], naming).forFile('a.ts', file, () => undefined);
    for (const call of ['f()', 'h()', 'g()']) dispatch.visit('call', call);
    dispatch.visit('loop', 'for');
    assert.deepEqual(file.calls, ['f()', 'f()', 'h()', 'g()', 'g()', 'for']);
  });

  it('drops a throwing matcher on that file, reports it once and lets the others go on', () => {
    const file = { calls: [] as string[] };
    const dispatcher = new Dispatcher([{ rule: 'bad', matcher: failing }, { rule: 'good', matcher: recording(['call']) }]);
    const first = dispatcher.forFile('a.ts', file, () => undefined);
    first.visit('call', 'one');
    first.visit('call', 'two');
    assert.deepEqual(file.calls, ['one', 'two']);
    assert.deepEqual(first.failures.map(({ code, file: name }) => [code, name]), [['matcher-failed', 'a.ts']]);

    const second = dispatcher.forFile('b.ts', file, () => undefined);
    second.visit('call', 'three');
    assert.deepEqual(second.failures.map(({ file: name }) => name), ['b.ts']);
  });

  it('hands over each match with its fix', () => {
    const seen: unknown[] = [];
    const fix = { title: 'fix', kind: 'safe', edits: [] } as const;
    const dispatcher = new Dispatcher([{ rule: 'm', matcher: { ...matching, fix: () => fix } }]);
    dispatcher.forFile('a.ts', { calls: [] }, (rule, match, given) => seen.push([rule, match.facts, given?.title])).visit('call', 'f()');
    assert.deepEqual(seen, [['m', 1, 'fix'], ['m', 2, 'fix']]);
  });
});
