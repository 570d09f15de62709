import * as assert from 'node:assert/strict';
import { Looks } from '../../../src/editor/panel/looks';
import { buildReport } from '../../../src/report/build';
import type { Report } from '../../../src/report/model';
import { INPUTS } from '../report/golden/inputs';

const input = INPUTS['slow-endpoint']!;
const reportOf = (count: number): Report => buildReport({ ...input, findings: input.findings.slice(0, count) });

/** Keeps what it is given as VS Code does, as JSON. */
class Memory {
  readonly texts = new Map<string, string>();
  writes = 0;
  keys = (): readonly string[] => [...this.texts.keys()];
  get = <T>(key: string): T | undefined => JSON.parse(this.texts.get(key) ?? 'null') as T | undefined;
  update = async (key: string, value: unknown): Promise<void> => {
    this.writes += 1;
    this.texts.set(key, JSON.stringify(value));
  };
}

describe('looks at the report', () => {
  it('tell nothing the first time, and the next time what has changed since the last report of the one before', () => {
    const looks = new Looks(new Memory());
    assert.equal(looks.changes('file:///a', reportOf(3)), null);
    assert.equal(looks.changes('file:///a', reportOf(4)), null, 'the look goes on');
    looks.begin();
    assert.equal(looks.changes('file:///a', reportOf(6))!.added.length, 2);
    assert.equal(looks.changes('file:///a', reportOf(6))!.added.length, 2, 'until the view is hidden');
    looks.begin();
    assert.equal(looks.changes('file:///a', reportOf(6))!.added.length, 0);
  });

  it('outlive the window, and are of one folder each', () => {
    const memory = new Memory();
    new Looks(memory).changes('file:///a', reportOf(3));
    const later = new Looks(memory);
    assert.equal(later.changes('file:///b', reportOf(6)), null);
    assert.equal(later.changes('file:///a', reportOf(1))!.gone.length, 1);
  });

  it('write only what is new', () => {
    const memory = new Memory();
    const looks = new Looks(memory);
    for (let i = 0; i < 3; i++) looks.changes('file:///a', reportOf(3));
    assert.equal(memory.writes, 1);
  });

  it('can be ended by the user', () => {
    const looks = new Looks(new Memory());
    looks.changes('file:///a', reportOf(3));
    looks.begin();
    assert.equal(looks.changes('file:///a', reportOf(6))!.added.length, 3);
    looks.markSeen('file:///a');
    assert.equal(looks.changes('file:///a', reportOf(6))!.added.length, 0);
  });

  it('begin anew where what was kept is not of this version', () => {
    const memory = new Memory();
    new Looks(memory).changes('file:///a', reportOf(3));
    memory.texts.set([...memory.texts.keys()][0]!, '{"version":0}');
    assert.equal(new Looks(memory).changes('file:///a', reportOf(3)), null);
  });
});
