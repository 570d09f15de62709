import type { Priority } from '../core/finding';
import { ENGINE_NAMES, type EngineName } from '../core/proof';
import { isMeasureCommand, type MeasureArguments, parseMeasure } from './measure/arguments';
import { count, oneOf, parse } from './options';
import { UsageError } from './usageError';

export { UsageError } from './usageError';

const CHECK_FORMATS = ['text', 'json', 'markdown'] as const;
const REPORT_FORMATS = ['markdown', 'json', 'html'] as const;
const EXPLAIN_FORMATS = ['text', 'json'] as const;
const THRESHOLDS = ['high', 'medium', 'low', 'none'] as const;

export interface CheckArguments {
  readonly command: 'check';
  readonly paths: readonly string[];
  readonly format: (typeof CHECK_FORMATS)[number];
  readonly failOn: Exclude<Priority, 'deferred'> | 'none';
  readonly includeTests: boolean;
  /** Ask the compiler what a value is where the detector cannot tell. */
  readonly types: boolean;
  /** Take from the last scan what has not changed since. */
  readonly cache: boolean;
  /** Ids as they were typed; empty for all rules. */
  readonly rules: readonly string[];
  readonly config?: string;
}

export interface ReportArguments {
  readonly command: 'report';
  readonly path: string;
  readonly format: (typeof REPORT_FORMATS)[number];
  /** The id of the one item to print, as an issue. */
  readonly issue?: string;
  readonly runBenchmark: boolean;
  readonly cache: boolean;
  readonly config?: string;
}

export interface ExplainArguments {
  readonly command: 'explain';
  readonly file: string;
  /** From 1, as people count. */
  readonly line: number;
  readonly prove: boolean;
  /** A CREATE INDEX statement to try. */
  readonly index?: string;
  readonly engine: EngineName;
  readonly format: (typeof EXPLAIN_FORMATS)[number];
  /** Rows a table gets at most. */
  readonly rows?: number;
  /** Run the query on the user's own server, not only plan it. */
  readonly analyse: boolean;
  /** The name of the environment variable with the connection string; the string itself is never an argument. */
  readonly connectionEnv?: string;
  readonly config?: string;
}

export interface McpArguments {
  readonly command: 'mcp';
  readonly path: string;
  /** Nothing may be run, whatever the client says. */
  readonly factsOnly: boolean;
}

export type Arguments =
  | CheckArguments
  | ReportArguments
  | ExplainArguments
  | MeasureArguments
  | McpArguments
  | { readonly command: 'help' }
  | { readonly command: 'version' };

/** @throws UsageError */
export function parseArguments(argv: readonly string[]): Arguments {
  const [command, ...rest] = argv;
  if (command === undefined || rest.includes('--help') || rest.includes('-h')) return { command: 'help' };
  if (isMeasureCommand(command)) return parseMeasure(command, rest);
  switch (command) {
    case 'check':
      return parseCheck(rest);
    case 'report':
      return parseReport(rest);
    case 'explain':
      return parseExplain(rest);
    case 'mcp':
      return parseMcp(rest);
    case 'help':
    case '--help':
    case '-h':
      return { command: 'help' };
    case '--version':
    case '-v':
      return { command: 'version' };
    default:
      throw new UsageError(`There is no command "${command}". The commands are check, report, explain, profile, bench, grow, compare, load, attach, runs and mcp.`);
  }
}

function parseCheck(argv: readonly string[]): CheckArguments {
  const { values, positionals } = parse(argv, {
    format: { type: 'string', default: 'text' },
    'fail-on': { type: 'string', default: 'medium' },
    'include-tests': { type: 'boolean', default: false },
    types: { type: 'boolean', default: false },
    'no-cache': { type: 'boolean', default: false },
    rule: { type: 'string', multiple: true, default: [] },
    config: { type: 'string' },
  });
  return {
    command: 'check',
    paths: positionals,
    format: oneOf('--format', CHECK_FORMATS, values.format),
    failOn: oneOf('--fail-on', THRESHOLDS, values['fail-on']),
    includeTests: values['include-tests'],
    types: values.types,
    cache: !values['no-cache'],
    rules: values.rule,
    config: values.config,
  };
}

function parseReport(argv: readonly string[]): ReportArguments {
  const { values, positionals } = parse(argv, {
    format: { type: 'string', default: 'markdown' },
    issue: { type: 'string' },
    'run-benchmark': { type: 'boolean', default: false },
    'no-cache': { type: 'boolean', default: false },
    config: { type: 'string' },
  });
  if (positionals.length > 1) throw new UsageError('report takes one folder.');
  if (values.issue !== undefined && values.format !== 'markdown') throw new UsageError('--issue prints Markdown; leave --format out.');
  return {
    command: 'report',
    path: positionals[0] ?? '.',
    format: oneOf('--format', REPORT_FORMATS, values.format),
    issue: values.issue,
    runBenchmark: values['run-benchmark'],
    cache: !values['no-cache'],
    config: values.config,
  };
}

function parseExplain(argv: readonly string[]): ExplainArguments {
  const { values, positionals } = parse(argv, {
    prove: { type: 'boolean', default: false },
    index: { type: 'string' },
    engine: { type: 'string', default: 'pglite' },
    format: { type: 'string', default: 'text' },
    rows: { type: 'string' },
    analyze: { type: 'boolean', default: false },
    'connection-env': { type: 'string' },
    config: { type: 'string' },
  });
  const place = positionals.length === 1 ? /^(.+):(\d+)$/.exec(positionals[0]!) : null;
  if (place === null || place[2] === '0') throw new UsageError('explain takes one place, written as <file>:<line>, such as src/orders.sql:12.');
  const engine = oneOf('--engine', ENGINE_NAMES, values.engine);
  if (values['connection-env'] !== undefined && /:\/\//.test(values['connection-env'])) {
    throw new UsageError('--connection-env takes the name of an environment variable, not a connection string: arguments are seen by everybody on the machine.');
  }
  if (values.analyze && engine !== 'postgres') throw new UsageError('--analyze is for --engine postgres; the other engines always run the query, on rows of their own.');
  return {
    command: 'explain',
    file: place[1]!,
    line: Number(place[2]),
    prove: values.prove || values.index !== undefined,
    index: values.index,
    engine,
    format: oneOf('--format', EXPLAIN_FORMATS, values.format),
    rows: count('--rows', values.rows),
    analyse: values.analyze,
    connectionEnv: values['connection-env'],
    config: values.config,
  };
}

function parseMcp(argv: readonly string[]): McpArguments {
  const { values, positionals } = parse(argv, { 'facts-only': { type: 'boolean', default: false } });
  if (positionals.length > 1) throw new UsageError('mcp takes one folder.');
  return { command: 'mcp', path: positionals[0] ?? '.', factsOnly: values['facts-only'] };
}
