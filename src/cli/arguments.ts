import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Priority } from '../core/finding';

/** A command line that cannot be followed; the message says what is wrong with it. */
export class UsageError extends Error {
  override name = 'UsageError';
}

const CHECK_FORMATS = ['text', 'json', 'markdown'] as const;
const REPORT_FORMATS = ['markdown', 'json'] as const;
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
  readonly runBenchmark: boolean;
  readonly cache: boolean;
  readonly config?: string;
}

export type Arguments = CheckArguments | ReportArguments | { readonly command: 'help' } | { readonly command: 'version' };

/** @throws UsageError */
export function parseArguments(argv: readonly string[]): Arguments {
  const [command, ...rest] = argv;
  if (command === undefined || rest.includes('--help') || rest.includes('-h')) return { command: 'help' };
  switch (command) {
    case 'check':
      return parseCheck(rest);
    case 'report':
      return parseReport(rest);
    case 'help':
    case '--help':
    case '-h':
      return { command: 'help' };
    case '--version':
    case '-v':
      return { command: 'version' };
    default:
      throw new UsageError(`There is no command "${command}". The commands are check and report.`);
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
    'run-benchmark': { type: 'boolean', default: false },
    'no-cache': { type: 'boolean', default: false },
    config: { type: 'string' },
  });
  if (positionals.length > 1) throw new UsageError('report takes one folder.');
  return {
    command: 'report',
    path: positionals[0] ?? '.',
    format: oneOf('--format', REPORT_FORMATS, values.format),
    runBenchmark: values['run-benchmark'],
    cache: !values['no-cache'],
    config: values.config,
  };
}

function parse<const Options extends NonNullable<ParseArgsConfig['options']>>(argv: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function oneOf<const Value extends string>(option: string, values: readonly Value[], given: string): Value {
  const found = values.find((value) => value === given);
  if (found === undefined) throw new UsageError(`${option} is one of ${values.join(', ')}, not "${given}".`);
  return found;
}
