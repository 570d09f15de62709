import { BUCKETS_AT_TARGETS, type Framework, type Recorder, SERVER_SUMMARISES } from './stack';

const SIGNATURE = 'const record = (method: string, route: string, status: number, seconds: number): void =>';

export const TYPESCRIPT_RECORDERS: readonly [Recorder, ...Recorder[]] = [
  {
    title: 'prom-client',
    note: BUCKETS_AT_TARGETS,
    packages: ['prom-client', 'express-prom-bundle', 'fastify-metrics'],
    code: (buckets) => `import { Histogram } from 'prom-client';

const durations = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Duration of requests in seconds',
  labelNames: ['method', 'route', 'status'],
  buckets: [${buckets.join(', ')}],
});
${SIGNATURE} durations.observe({ method, route, status }, seconds);
`,
  },
  {
    title: 'OpenTelemetry',
    note: BUCKETS_AT_TARGETS,
    packages: ['@opentelemetry/api', '@opentelemetry'],
    code: (buckets) => `import { metrics } from '@opentelemetry/api';

const durations = metrics.getMeter('requests').createHistogram('http.server.request.duration', {
  unit: 's',
  advice: { explicitBucketBoundaries: [${buckets.join(', ')}] },
});
${SIGNATURE}
  durations.record(seconds, { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status });
`,
  },
  {
    title: 'StatsD',
    note: SERVER_SUMMARISES,
    packages: ['hot-shots', 'node-statsd', 'statsd-client'],
    code: () => `import { StatsD } from 'hot-shots';

const statsd = new StatsD();
${SIGNATURE}
  statsd.timing('http.request.duration', seconds * 1000, { method, route, status: String(status) });
`,
  },
];

/** The route's pattern and not its path: a label for every id would make a series for every id. */
export const TYPESCRIPT_FRAMEWORKS: readonly Framework[] = [
  {
    title: 'Express',
    packages: ['express', '@nestjs/core'],
    place: 'Put it before the routes.',
    code: `app.use((req, res, next) => {
  const start = performance.now();
  res.once('finish', () => record(req.method, req.route?.path ?? 'unmatched', res.statusCode, (performance.now() - start) / 1000));
  next();
});
`,
  },
  {
    title: 'Fastify',
    packages: ['fastify'],
    place: 'Put it before the routes.',
    code: `app.addHook('onResponse', async (request, reply) => {
  record(request.method, request.routeOptions.url ?? 'unmatched', reply.statusCode, reply.elapsedTime / 1000);
});
`,
  },
  {
    title: 'Koa',
    packages: ['koa'],
    place: 'Make it the first middleware.',
    code: `app.use((ctx, next) => {
  const start = performance.now();
  ctx.res.once('finish', () => record(ctx.method, String(ctx._matchedRoute ?? 'unmatched'), ctx.res.statusCode, (performance.now() - start) / 1000));
  return next();
});
`,
  },
  {
    title: 'Hono',
    packages: ['hono'],
    place: 'Put it before the routes.',
    code: `app.use(async (c, next) => {
  const start = performance.now();
  await next();
  record(c.req.method, c.req.matchedRoutes.at(-1)?.path ?? 'unmatched', c.res.status, (performance.now() - start) / 1000);
});
`,
  },
];
