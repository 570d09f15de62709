import { BUCKETS_AT_TARGETS, type Framework, type Recorder, SERVER_SUMMARISES } from './stack';

const CLOCK = 'from time import perf_counter\n\n';

const SIGNATURE = 'def record(method: str, route: str, status: int, seconds: float) -> None:';

export const PYTHON_RECORDERS: readonly [Recorder, ...Recorder[]] = [
  {
    title: 'prometheus_client',
    note: BUCKETS_AT_TARGETS,
    packages: ['prometheus-client', 'django-prometheus', 'prometheus-fastapi-instrumentator', 'prometheus-flask-exporter'],
    code: (buckets) => `from prometheus_client import Histogram

DURATIONS = Histogram(
    "http_request_duration_seconds",
    "Duration of requests in seconds",
    ["method", "route", "status"],
    buckets=(${buckets.join(', ')},),
)


${SIGNATURE}
    DURATIONS.labels(method, route, str(status)).observe(seconds)
`,
  },
  {
    title: 'OpenTelemetry',
    note: BUCKETS_AT_TARGETS,
    packages: ['opentelemetry-api', 'opentelemetry-sdk', 'opentelemetry-distro', 'opentelemetry'],
    code: (buckets) => `from opentelemetry import metrics

DURATIONS = metrics.get_meter("requests").create_histogram(
    "http.server.request.duration",
    unit="s",
    explicit_bucket_boundaries_advisory=[${buckets.join(', ')}],
)


${SIGNATURE}
    DURATIONS.record(seconds, {"http.request.method": method, "http.route": route, "http.response.status_code": status})
`,
  },
  {
    title: 'StatsD',
    note: SERVER_SUMMARISES,
    packages: ['statsd', 'django-statsd'],
    code: () => `from statsd import StatsClient

STATSD = StatsClient()


${SIGNATURE}
    name = route.strip("/").replace("/", "_").replace(".", "_") or "root"
    STATSD.timing(f"http.request.{method}.{name}.{status}", seconds * 1000)
`,
  },
];

/** The route's pattern and not its path: a label for every id would make a series for every id. */
export const PYTHON_FRAMEWORKS: readonly Framework[] = [
  {
    title: 'Django',
    packages: ['django'],
    imports: CLOCK,
    place: 'Name measure_requests first in MIDDLEWARE.',
    code: `
def measure_requests(get_response):
    def middleware(request):
        start = perf_counter()
        response = get_response(request)
        match = request.resolver_match
        record(request.method, match.route if match else "unmatched", response.status_code, perf_counter() - start)
        return response

    return middleware
`,
  },
  {
    title: 'FastAPI',
    packages: ['fastapi', 'starlette'],
    imports: CLOCK,
    place: 'Put it after the line that makes the application.',
    code: `
@app.middleware("http")
async def measure_requests(request, call_next):
    start = perf_counter()
    response = await call_next(request)
    route = request.scope.get("route")
    record(request.method, route.path if route else "unmatched", response.status_code, perf_counter() - start)
    return response
`,
  },
  {
    title: 'Flask',
    packages: ['flask'],
    imports: `${CLOCK}from flask import g, request\n`,
    place: 'Put it after the line that makes the application.',
    code: `
@app.before_request
def start_clock():
    g.start = perf_counter()


@app.after_request
def measure_request(response):
    route = request.url_rule.rule if request.url_rule else "unmatched"
    record(request.method, route, response.status_code, perf_counter() - g.start)
    return response
`,
  },
];
