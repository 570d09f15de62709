import assert from 'node:assert/strict';
import { CrashHistory } from '../../../src/editor/server/crashes';

describe('the history of crashes', () => {
  it('gives up at the fifth crash within three minutes', () => {
    const { history } = atTime(0);
    assert.deepEqual([1, 2, 3, 4, 5].map(() => history.record()), ['restart', 'restart', 'restart', 'restart', 'give-up']);
  });

  it('forgets crashes that are older than three minutes', () => {
    const { history, clock } = atTime(0);
    for (let crash = 0; crash < 4; crash++) history.record();
    clock.now = 3 * 60_000;
    assert.equal(history.record(), 'restart');
  });

  it('begins anew when a person asks for another try, and still knows how many there were', () => {
    const { history } = atTime(0);
    for (let crash = 0; crash < 5; crash++) history.record();
    history.forget();
    assert.equal(history.record(), 'restart');
    assert.equal(history.total, 6);
  });
});

function atTime(now: number): { history: CrashHistory; clock: { now: number } } {
  const clock = { now };
  return { history: new CrashHistory(() => clock.now), clock };
}
