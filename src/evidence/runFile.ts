import type { Run } from '../core/evidence';
import { FailureError, failures } from '../core/failures';

export const RUN_VERSION = 1;

type Check = (value: any) => boolean;
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isText: Check = (value) => typeof value === 'string';
const isShare: Check = (value) => isNumber(value) && value >= 0 && value <= 1;
const isOneOf = (...values: string[]): Check => (value) => values.includes(value);
const listOf = (check: Check): Check => (value) => Array.isArray(value) && value.every(check);
const shape = (checks: Readonly<Record<string, Check>>): Check => (value) =>
  typeof value === 'object' && value !== null && Object.entries(checks).every(([key, check]) => check(value[key]));

const isProof = shape({
  subject: shape({ file: isText, line: isNumber, findings: listOf(isText) }),
  engine: shape({ name: isText, version: isText }),
  data: shape({ kind: isOneOf('synthetic', 'own') }),
  sql: isText,
  baseline: listOf(shape({ parameters: shape({ kind: isText }), measurement: shape({ plan: isPlan, samples: listOf(isNumber) }) })),
  candidates: listOf(
    shape({
      title: isText,
      findings: listOf(isText),
      statements: listOf(isText),
      outcome: isOneOf('proved', 'refuted', 'undecided', 'failed'),
      reason: isText,
      trials: listOf(shape({ parameters: shape({ kind: isText }), before: shape({ plan: isPlan }), after: shape({ plan: isPlan }), ratio: isNumber })),
    }),
  ),
  notes: listOf(isText),
});

function isPlan(value: any): boolean {
  return shape({ operation: isText, children: listOf(isPlan) })(value);
}

/** The fields others read without asking; what is optional is left to them. */
const FIELDS: Readonly<Record<string, Check>> = {
  id: isText,
  kind: isOneOf('cpu-profile', 'benchmark', 'comparison', 'growth', 'trace', 'counts', 'memory', 'load', 'proof'),
  tool: shape({ name: isText, version: isText }),
  startedAt: (value) => !Number.isNaN(Date.parse(value)),
  durationMs: isNumber,
  machine: shape({ fingerprint: isText }),
  driver: shape({ label: isText, argv: listOf(isText) }),
  status: isOneOf('completed', 'failed', 'cancelled'),
  functions: listOf(shape({ file: isText, functionName: isText, line: isNumber, selfShare: isShare, totalShare: isShare })),
  lines: listOf(shape({ file: isText, line: isNumber, selfShare: isShare })),
  benchmarks: listOf(shape({ name: isText, samples: listOf(isNumber), p50: isNumber, p95: isNumber, p99: isNumber, max: isNumber })),
  caveats: listOf(isText),
  proof: (value) => value === undefined || isProof(value),
};

/** Reads a run file's text. `file` names it in failures, and its id must be the file's. Throws FailureError. */
export function parseRun(text: string, file: string, id: string): Run {
  const run = parseJson(text, file);
  if (isNumber(run?.version) && run.version > RUN_VERSION) throw new FailureError(failures.newerEvidence(file, run.version));
  if (run?.version !== RUN_VERSION) throw new FailureError(failures.brokenEvidence(file, 'it has no format version'));
  const wrong = Object.keys(FIELDS).find((field) => !FIELDS[field]!(run[field]));
  if (wrong) throw new FailureError(failures.brokenEvidence(file, `its field "${wrong}" is not as expected`));
  if (run.id !== id) throw new FailureError(failures.brokenEvidence(file, 'its id is not its file name'));
  return run;
}

function parseJson(text: string, file: string): any {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FailureError(failures.brokenEvidence(file, error));
  }
}
