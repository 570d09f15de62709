import assert from 'node:assert/strict';
import { overheadOfCalls, overheadOfPrograms } from '../../../src/evidence/overhead';
import { overheadText } from '../../../src/report/overhead';
import { sampleRun } from './sampleRun';

const times = (ms: number, count: number): number[] => Array.from({ length: count }, (_, i) => ms * (1 + (i % 4) / 100));

describe('what a profiler has cost', () => {
  it('is the ratio of the times of calls, with its interval', () => {
    const overhead = overheadOfCalls(times(12, 40), times(10, 60))!;
    assert.equal(overhead.unit, 'call');
    assert.ok(Math.abs(overhead.ratio - 1.2) < 0.01, String(overhead.ratio));
    assert.ok(overhead.interval![0] > 1.15 && overhead.interval![1] < 1.25, String(overhead.interval));
    assert.deepEqual(overhead.counts, [40, 60]);
  });

  it('has no interval where there are few times, and is nothing where there are none', () => {
    assert.deepEqual(overheadOfCalls([12, 12], [10, 10, 10]), { unit: 'call', ratio: 1.2, counts: [2, 3] });
    assert.equal(overheadOfCalls([12], []), undefined);
    assert.equal(overheadOfCalls([12], [0]), undefined);
    assert.equal(overheadOfPrograms(100, 0), undefined);
  });

  it('is said with what it rests on', () => {
    const overhead = { unit: 'call', ratio: 1.0432, interval: [1.0123, 1.071], counts: [200, 210] } as const;
    assert.equal(overheadText(sampleRun('20261122T201855-aaaaaa', { overhead })), 'with the profiler it took 1.04x the time (1.01 to 1.07 at 95 %; 200 calls with it, 210 without)');
    const whole = { unit: 'program', ratio: 1.5, counts: [1, 1] } as const;
    assert.equal(overheadText(sampleRun('20261122T201855-aaaaaa', { kind: 'trace', overhead: whole })), 'with the recording it took 1.5x the time (the whole program, 1 run with it and 1 without)');
  });

  it('is said not to have been measured where it was not, and of profiles and traces alone', () => {
    assert.equal(overheadText(sampleRun('20261122T201855-aaaaaa')), 'how much the profiler slowed it down was not measured');
    assert.equal(overheadText(sampleRun('20261122T201855-aaaaaa', { kind: 'benchmark' })), undefined);
    assert.equal(overheadText(sampleRun('20261122T201855-aaaaaa', { status: 'failed' })), undefined);
  });
});
