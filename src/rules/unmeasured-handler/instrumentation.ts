import type { WorkspaceView } from '../../core/workspaceView';

/** Packages that measure or trace requests, and loggers that write how long each took. Python's names have underscores here. */
const INSTRUMENTS =
  /^(?:prom[-_]client|express[-_]prom[-_]bundle|express[-_]prometheus[-_]middleware|fastify[-_]metrics|@willsoto\/nestjs[-_]prometheus|@opentelemetry\/.*|nestjs[-_]otel|nestjs[-_]opentelemetry|@vercel\/(?:otel|speed[-_]insights)|@sentry\/.*|dd[-_]trace|newrelic|elastic[-_]apm[-_]node|applicationinsights|@azure\/monitor[-_]opentelemetry|hot[-_]shots|node[-_]statsd|statsd[-_]client|lynx|aws[-_]xray[-_]sdk.*|@aws[-_]lambda[-_]powertools\/.*|@google[-_]cloud\/(?:trace[-_]agent|opentelemetry.*)|morgan|pino[-_]http|nestjs[-_]pino|express[-_]pino[-_]logger|koa[-_]logger|koa[-_]pino[-_]logger|koa[-_]morgan|hono\/(?:logger|timing)|hono[-_]pino|@hono\/(?:prometheus|otel|sentry)|hono[-_]rate.*metrics|response[-_]time|koa[-_]response[-_]time|server[-_]timing|express[-_]winston|swagger[-_]stats|express[-_]status[-_]monitor|appmetrics.*|@axiomhq\/.*|next[-_]axiom|@highlight[-_]run\/.*|@appsignal\/nodejs|@elysiajs\/(?:opentelemetry|server[-_]timing)|@logtail\/.*|evlog(?:\/.*)?|@bogeychan\/elysia[-_]logger|@tqman\/nice[-_]logger|logixlysia|prometheus_client|django_prometheus|prometheus_(?:fastapi_instrumentator|flask_exporter)|starlette_(?:exporter|prometheus)|sanic_(?:prometheus|ext_metrics)|aioprometheus|opentelemetry.*|sentry_sdk|ddtrace|datadog|elastic_?apm|statsd|django_statsd.*|logfire|scout_apm|appsignal|silk|django_silk|opencensus.*|azure_monitor_opentelemetry|flask_monitoringdashboard|pyinstrument|fastapi_profiler|fastapi_radar|apitally|kolo|blackfire|skywalking|uptrace|signoz.*|honeycomb.*|beeline|telemetry.*)$/;
/** Where a project keeps what it has written itself to measure or log its requests. */
const OWN_INSTRUMENTS = /middleware|metric|telemetry|trac(?:e|ing)|instrument|monitor|logg(?:er|ing)|interceptor|timing|observab|perf|request|stats|profil/i;

/** Whether anything in a workspace measures the requests that the application in `file` answers. */
export function isMeasured(file: string, workspace: WorkspaceView): boolean {
  for (const name of workspace.packages) if (isInstrument(name)) return true;
  return workspace.timingFiles.some((other) => other === file || OWN_INSTRUMENTS.test(other));
}

/** `name` is a package or module as its language writes it; of Python's dotted modules the root counts. */
export function isInstrument(name: string): boolean {
  return INSTRUMENTS.test(name) || INSTRUMENTS.test(name.replace(/-/g, '_')) || INSTRUMENTS.test(name.split('.')[0]!);
}

/** Middleware of the project itself whose name says that it measures. */
export const namesMeasuring = (text: string): boolean => /prometheus|metric|statsd|timing|monitor|telemetry|trac(?:e|ing)|newrelic|datadog|sentry|silk|profil|stats|perf|logging|requestlog/i.test(text);
