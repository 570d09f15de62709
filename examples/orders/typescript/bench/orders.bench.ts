// Measures the endpoints in this process, without HTTP, on the prepared database.
//
//   node --import tsx bench/orders.bench.ts [--samples N] [--json FILE]
//
// Prints the percentiles as JSON. --json writes the raw samples, in the order they were taken:
//   {"benchmarks": [{"name", "file", "function", "unit": "ms", "samples": [...]}]}
// `name` is the route; `file` (relative to the example's folder) and `function` say where the route's work is done.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createApp, type App } from '../src/app.ts';
import { openDatabase } from '../src/db.ts';

interface Benchmark {
  name: string;
  file: string;
  function: string;
  /** How many samples are taken unless --samples says otherwise. */
  samples: number;
  /** The request of the given turn, so that the inputs vary. */
  url: (turn: number) => string;
}

const WARM_UP_CALLS = 2;
const SEARCHES = ['kettle', 'walnut', 'striped wool', 'lamp 019', 'no such thing'];

const BENCHMARKS: Benchmark[] = [
  { name: 'GET /api/orders', file: 'typescript/src/orders.ts', function: 'listOrders', samples: 20, url: () => '/api/orders' },
  {
    name: 'GET /api/products/search',
    file: 'typescript/src/products.ts',
    function: 'searchProducts',
    samples: 100,
    url: (turn) => `/api/products/search?q=${encodeURIComponent(SEARCHES[turn % SEARCHES.length] ?? '')}`,
  },
  { name: 'GET /api/orders/:id', file: 'typescript/src/orders.ts', function: 'findOrder', samples: 100, url: (turn) => `/api/orders/${1 + turn * 7}` },
];

function measure(app: App, benchmark: Benchmark, count: number): number[] {
  const samples: number[] = [];
  for (let turn = -WARM_UP_CALLS; turn < count; turn += 1) {
    const url = benchmark.url(Math.abs(turn));
    const started = performance.now();
    const reply = app.handle({ method: 'GET', url });
    const duration = performance.now() - started;
    if (reply.status !== 200) throw new Error(`GET ${url} answered ${reply.status}.`);
    if (turn >= 0) samples.push(duration);
  }
  return samples;
}

/** The nearest-rank percentile: always a value that was measured. */
function percentile(samples: number[], percent: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}

function summary(name: string, samples: number[]) {
  const rounded = (percent: number) => Number(percentile(samples, percent).toFixed(3));
  return { name, unit: 'ms', samples: samples.length, p50: rounded(50), p95: rounded(95), p99: rounded(99), max: rounded(100) };
}

const { values } = parseArgs({ options: { samples: { type: 'string' }, json: { type: 'string' } } });
const samplesWanted = values.samples === undefined ? undefined : Number(values.samples);
if (samplesWanted !== undefined && !(Number.isInteger(samplesWanted) && samplesWanted > 0)) {
  throw new Error('--samples takes a whole number above 0.');
}

const db = openDatabase(fileURLToPath(new URL('../orders.db', import.meta.url)));
const app = createApp(db);
const results = BENCHMARKS.map((benchmark) => ({
  name: benchmark.name,
  file: benchmark.file,
  function: benchmark.function,
  unit: 'ms',
  samples: measure(app, benchmark, samplesWanted ?? benchmark.samples),
}));
db.close();

console.log(JSON.stringify({ benchmarks: results.map(({ name, samples }) => summary(name, samples)) }, null, 2));
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ benchmarks: results }) + '\n');
