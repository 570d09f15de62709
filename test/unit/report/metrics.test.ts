import * as assert from 'node:assert/strict';
import { parser as python } from '@lezer/python';
import { ts } from 'ts-morph';
import { EMPTY_CONFIG } from '../../../src/core/config';
import { buildReport } from '../../../src/report/build';
import { PYTHON_FRAMEWORKS, PYTHON_RECORDERS } from '../../../src/report/metrics/python';
import { snippetOf } from '../../../src/report/metrics/snippet';
import { TYPESCRIPT_FRAMEWORKS, TYPESCRIPT_RECORDERS } from '../../../src/report/metrics/typescript';
import { INPUTS } from './golden/inputs';
import { finding, withTarget } from './support';

const snippet = (language: 'typescript' | 'python' | 'sql' | undefined, ...packages: readonly string[]) =>
  snippetOf(language, { packages: new Set(packages), config: EMPTY_CONFIG });

describe('the metrics section', () => {
  it('is there where a mean or an unmeasured handler was found', () => {
    const has = (...rules: readonly string[]) => buildReport({ ...INPUTS['nothing-known']!, findings: rules.map(rule => finding(rule)) }).metrics !== undefined;
    assert.equal(has(), false);
    assert.equal(has('list-lookup'), false);
    assert.equal(has('mean-latency'), true);
    assert.equal(has('unmeasured-handler'), true);
  });

  describe('has code for the stack of the project', () => {
    const stacks: readonly (readonly [Parameters<typeof snippet>[0], readonly string[], string])[] = [
      ['typescript', ['express', 'prom-client'], 'prom-client in Express'],
      ['typescript', ['fastify', '@opentelemetry/sdk-node'], 'OpenTelemetry in Fastify'],
      ['typescript', ['hono/logger', 'hot-shots'], 'StatsD in Hono'],
      ['typescript', ['koa'], 'prom-client in Koa'],
      ['python', ['django', 'prometheus-client'], 'prometheus_client in Django'],
      ['python', ['fastapi', 'opentelemetry.metrics'], 'OpenTelemetry in FastAPI'],
      ['python', ['flask', 'statsd'], 'StatsD in Flask'],
      ['python', ['numpy'], 'prometheus_client'],
      [undefined, [], 'prom-client'],
      ['sql', ['django'], 'prometheus_client in Django'],
      [undefined, ['express', 'django'], 'prom-client in Express'],
    ];
    for (const [language, packages, title] of stacks) it(`${packages.join(' and ')}: ${title}`, () => assert.equal(snippet(language, ...packages).title, title));

    it('and says what to install where there is no library of metrics', () => {
      assert.match(snippet('python', 'flask').note, /install prometheus-client first/);
      assert.doesNotMatch(snippet('python', 'flask', 'prometheus_client').note, /install/);
    });

    it('with the declared targets among the bounds of its buckets', () => {
      const { code } = snippetOf('typescript', { packages: new Set(), config: withTarget(200) });
      assert.match(code, /buckets: \[0\.05, 0\.1, 0\.2, 0\.4, 0\.8\]/);
    });
  });

  it('has TypeScript without a syntax error', () => {
    for (const recorder of TYPESCRIPT_RECORDERS) {
      for (const framework of TYPESCRIPT_FRAMEWORKS) {
        const { diagnostics } = ts.transpileModule(`${recorder.code([0.1])}\n${framework.code}`, { reportDiagnostics: true });
        assert.deepEqual(diagnostics?.map(({ messageText }) => messageText), [], `${recorder.title} in ${framework.title}`);
      }
    }
  });

  it('has Python without a syntax error', () => {
    for (const recorder of PYTHON_RECORDERS) {
      for (const framework of PYTHON_FRAMEWORKS) {
        let errors = 0;
        python.parse(`${framework.imports ?? ''}${recorder.code([0.1])}\n${framework.code}`).iterate({ enter: ({ type }) => void (errors += type.isError ? 1 : 0) });
        assert.equal(errors, 0, `${recorder.title} in ${framework.title}`);
      }
    }
  });
});
