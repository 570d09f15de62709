import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'Without durations of real requests nobody knows which route is slow, for how many users, or whether a change has helped. ' +
    'What follows is guessing, and what users feel becomes known from their complaints.',
  technique: 'Record the duration of every request by route and status, as a histogram, so that p50, p95 and p99 can be asked for.',
  tradeoffs: 'Each request costs a few microseconds more, and the figures have to be stored somewhere.',
  conflicts: [
    { view: 'simplicity', text: 'A service with a handful of users may do with the log of the server in front of it.' },
    { view: 'architecture', agrees: true, text: 'A service that says how long its requests take is one that can be operated, whoever wrote it.' },
  ],
  whenNot: 'The platform, a proxy or a service mesh measures every request by route, and somebody looks at it.',
  examples: {
    typescript: {
      bad: `import express from 'express';

const app = express();

app.get('/', (req, res) => {
  res.send('hello');
});

app.listen(3000);
`,
      better: `import express from 'express';
import { collectDefaultMetrics, Histogram } from 'prom-client';

collectDefaultMetrics();
const durations = new Histogram({ name: 'http_request_duration_seconds', help: 'Duration of requests', labelNames: ['method', 'status'] });
const app = express();

app.use((req, res, next) => {
  const stop = durations.startTimer({ method: req.method });
  res.once('finish', () => stop({ status: res.statusCode }));
  next();
});

app.get('/', (req, res) => {
  res.send('hello');
});

app.listen(3000);
`,
    },
    python: {
      bad: `import uvicorn
from fastapi import FastAPI

app = FastAPI()

@app.get("/")
async def index():
    return "hello"

if __name__ == "__main__":
    uvicorn.run(app)
`,
      better: `import uvicorn
from fastapi import FastAPI
from prometheus_fastapi_instrumentator import Instrumentator

app = FastAPI()
Instrumentator().instrument(app).expose(app)

@app.get("/")
async def index():
    return "hello"

if __name__ == "__main__":
    uvicorn.run(app)
`,
    },
  },
  links: [
    { title: 'OpenTelemetry: instrumentation for Node.js', url: 'https://opentelemetry.io/docs/languages/js/getting-started/nodejs/' },
    { title: 'OpenTelemetry: instrumentation for Python', url: 'https://opentelemetry.io/docs/zero-code/python/' },
    { title: 'Prometheus: histograms and summaries', url: 'https://prometheus.io/docs/practices/histograms/' },
  ],
};
