import type { Rule } from '../../core/rule';
import { isMeasured } from './instrumentation';

export interface Facts {
  /** The framework as its users call it: "Express", "FastAPI". */
  readonly framework: string;
  /** What to add, as an imperative phrase without a full stop. */
  readonly instead: string;
  /** The file starts the application itself, so that nothing else of a project is needed to know that it serves. */
  readonly isStarted: boolean;
}

/** Programs that are there to be read or tried out. */
const SAMPLES = /(?:^|[/_-])(?:examples?|demos?|samples?|templates?|playgrounds?|sandbox|docs?|tutorials?|benchmarks?|bench)(?:\/|[-_])/i;

export const rule: Rule<Facts> = {
  meta: {
    id: 'unmeasured-handler',
    title: 'Requests that nobody measures',
    family: 'observability',
    resource: 'network',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'unknown', after: 'measured' },
    cost: {
      unit: 'calls',
      variable: 'applications',
      assumedSize: 1,
      now: (n) => n,
      after: (n) => n,
      millisecondsPerUnit: 0,
    },
    why:
      'Without durations of real requests nobody knows which route is slow, for how many users, or whether a change has helped. ' +
      'What follows is guessing, and what users feel becomes known from their complaints.',
    technique: 'Record the duration of every request by route and status, as a histogram, so that p50, p95 and p99 can be asked for.',
    tradeoffs: 'Each request costs a few microseconds more, and the figures have to be stored somewhere.',
    effortMinutes: 30,
    validation: 'load',
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
  },

  link({ file, facts }, workspace) {
    // An application that stands alone and is not started is a sketch.
    if (!facts.isStarted && workspace.files(() => true).length < 2) return undefined;
    if (SAMPLES.test(file) || workspace.heatOf(file, '').heat === 'cold') return undefined;
    return isMeasured(file, workspace) ? undefined : { facts };
  },

  say({ framework, instead }) {
    return {
      message: `Nothing in this project measures the requests that this ${framework} application answers: no metrics, no tracing, no timing of its own. ${instead}.`,
      hint: 'no request is measured',
    };
  },
};
