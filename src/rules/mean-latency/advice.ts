import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'Durations have a long tail: the mean lies above what most requests take and far below what the slowest take, ' +
    'so it moves little when one user in a hundred waits ten seconds.',
  technique: 'Report p50, p95, p99 and the maximum of the raw samples; keep the mean at most beside them.',
  tradeoffs: 'Percentiles need the samples or a histogram, and cannot be averaged across servers or time windows.',
  conflicts: [{ view: 'simplicity', text: 'A mean is one number from a sum and a count; percentiles need samples or buckets.' }],
  whenNot: 'The sum is what counts, as in cost or capacity (total time = mean x count), and nobody reads it as what users feel.',
  examples: {
    typescript: {
      bad: `export function summarise(durationsMs: number[]) {
  const meanMs = durationsMs.reduce((sum, ms) => sum + ms, 0) / durationsMs.length;
  return { meanMs };
}
`,
      better: `export function summarise(durationsMs: number[]) {
  const sorted = [...durationsMs].sort((a, b) => a - b);
  const percentile = (p: number) => sorted[Math.ceil((p / 100) * sorted.length) - 1];
  return { p50: percentile(50), p95: percentile(95), p99: percentile(99), max: sorted.at(-1) };
}
`,
    },
    python: {
      bad: `import statistics

def summarise(durations_ms: list[float]) -> dict[str, float]:
    return {"mean": statistics.mean(durations_ms)}
`,
      better: `import statistics

def summarise(durations_ms: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(durations_ms, n=100, method="inclusive")
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": max(durations_ms)}
`,
    },
    sql: {
      bad: `SELECT route, AVG(duration_ms) FROM requests GROUP BY route;
`,
      better: `SELECT route,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) AS p50,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms) AS p95,
       percentile_cont(0.99) WITHIN GROUP (ORDER BY duration_ms) AS p99,
       max(duration_ms)
FROM requests GROUP BY route;
`,
    },
  },
  links: [
    { title: 'PostgreSQL: percentile_cont', url: 'https://www.postgresql.org/docs/current/functions-aggregate.html' },
    { title: 'Gil Tene: How NOT to Measure Latency', url: 'https://www.infoq.com/presentations/latency-response-time/' },
  ],
};
