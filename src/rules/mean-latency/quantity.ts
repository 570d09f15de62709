const UNIT = '(?:_?(?:s|secs?|seconds?|ms|millis|milliseconds|us|micros|microseconds|ns|nanos|nanoseconds))?$';
/** Names that can only be the time a machine takes to answer. */
const LATENCY = new RegExp(
  '(?:^|_)(?:latency|latencies|(?:response|resp|request|query|exec|execution|processing|elapsed|round_?trip)_?time|elapsed|round_?trip|rtt|ttfb|ttlb)' + UNIT,
);
/** A length of time in a machine's units; films and journeys are measured in others. */
const MACHINE_DURATION = /(?:^|_)(?:duration|took|runtime|run_?time|wait_?time|time_?taken)_?(?:ms|millis|milliseconds|us|micros|microseconds|ns|nanos|nanoseconds)$/;
/** A length of time of whatever the table records. */
const DURATION = /(?:^|_)(?:duration|took|runtime|time_?taken)(?:_(?:s|sec|secs|seconds))?$/;
/** Tables that record what a machine did. */
const TECHNICAL_TABLE = /(?:^|_)(?:http|api|requests?|responses?|spans?|traces?|transactions?_log|access_logs?|logs?|queries|query_stats|jobs?|job_runs?|tasks?_runs?|invocations?|executions?|rpc|calls_log|metrics?|probes?|checks?|heartbeats?|pings?|builds?|deployments?)(?:_|$)/;

/** Whether a column holds how long a machine took, by its own name and by the tables of its query. */
export function isLatency(column: string, tables: readonly string[]): boolean {
  const name = snakeCase(column);
  if (LATENCY.test(name) || MACHINE_DURATION.test(name)) return true;
  return DURATION.test(name) && tables.some((table) => TECHNICAL_TABLE.test(snakeCase(table)));
}

/** Two columns that hold the beginning and the end of something: `started_at` and `finished_at`. */
export function isClockTime(start: string, end: string): boolean {
  const [from, to] = [snakeCase(start), snakeCase(end)];
  return /^(?:start|begin|began|request|created|received|queued)/.test(from) && /^(?:end|finish|complet|respon|stopp|done)/.test(to);
}

const snakeCase = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
