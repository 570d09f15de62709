import * as assert from 'node:assert/strict';
import type { PerformanceConfig } from '../../../src/core/config';
import { EMPTY_CONFIG } from '../../../src/core/config';
import type { Run } from '../../../src/core/evidence';
import type { ServiceLoad } from '../../../src/core/service';
import { plainText } from '../../../src/report/statement';
import { trendOf } from '../../../src/report/trend';
import { benchmarkRun, run, withTarget } from './support';

const at = (minute: number, p95: number, overrides: Partial<Run> = {}): Run => {
  const two = String(minute).padStart(2, '0');
  return benchmarkRun(p95, { id: `20261122T20${two}00-aaaaaa`, startedAt: `2026-11-22T20:${two}:00.000Z`, ...overrides });
};

const points = (runs: readonly Run[], config: PerformanceConfig = withTarget(200)) => trendOf(runs, config)!.points.map(({ met, of }) => [met, of]);
const says = (runs: readonly Run[], config: PerformanceConfig = withTarget(200)) => {
  const { statements, open } = trendOf(runs, config)!.summary;
  return [...statements.map(plainText), ...(open ? [open.why] : [])].join(' ');
};

describe('the trend of targets met', () => {
  it('is there where something is declared, and says what is missing', () => {
    assert.equal(trendOf([at(1, 480)], EMPTY_CONFIG), undefined);
    assert.match(says([]), /No run has measured any/);
    assert.match(says([at(1, 480)]), /One run has measured the targets\. A trend needs a second one\./);
    assert.deepEqual(points([at(1, 480)]), [[0, 1]]);
  });

  it('follows the runs in time, whatever their order', () => {
    assert.deepEqual(points([at(3, 90), at(1, 480), at(2, 300)]), [[0, 1], [0, 1], [1, 1]]);
    assert.match(says([at(3, 90), at(1, 480)]), /^1 target more is met than at the first run listed\./);
    assert.match(says([at(3, 480), at(1, 90)]), /^1 target fewer is met/);
    assert.match(says([at(3, 480), at(1, 470)]), /^As many targets are met/);
  });

  it('leaves out runs that measure no target or came to no end', () => {
    assert.deepEqual(points([at(1, 480), at(2, 90, { status: 'cancelled' }), at(3, 90, { status: 'failed' }), run({ id: '20261122T200400-aaaaaa' })]), [[0, 1]]);
  });

  it('keeps what another driver has measured of the same target until it is measured again', () => {
    const other = { kind: 'test', label: 'npm test', argv: [], cwd: '.' } as const;
    assert.deepEqual(points([at(1, 480), at(2, 90, { driver: other })]), [[0, 1], [1, 2]]);
    assert.match(says([at(1, 480), at(2, 90, { driver: other })]), /The first run listed had measured 1 target, the newest 2 targets\./);
  });

  it('counts throughput and memory under load, and not what was not tried', () => {
    const load: ServiceLoad = {
      route: 'GET /orders', url: 'http://127.0.0.1:1/orders', asked: { ratePerSecond: 100, seconds: 10, connections: 10 }, answeredPerSecond: 99.5, answers: 995,
      errors: 0, refusals: 0, memory: { p50: 2 ** 28, max: 2 ** 30 }, network: { received: 1 },
    };
    const config = { ...EMPTY_CONFIG, requirements: [{ route: 'get /orders', latency: {}, throughput: 100, memory: 2 ** 29 }] };
    assert.deepEqual(points([at(1, 90, { load })], config), [[1, 2]]);
    assert.deepEqual(points([at(1, 90, { load: { ...load, asked: { ...load.asked, ratePerSecond: 50 }, answeredPerSecond: 50 } })], config), [[0, 1]]);
  });

  it('lists the newest twelve', () => {
    const runs = Array.from({ length: 15 }, (_, i) => at(i + 1, 480 - i));
    assert.equal(points(runs).length, 12);
    assert.match(says(runs), /3 older runs are not listed\.$/);
  });
});
