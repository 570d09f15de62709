import { EXPORT_FORMATS, type ExportFormat } from '../../evidence/export/export';
import { count, oneOf, parse } from '../options';
import { UsageError } from '../usageError';

const FORMATS = ['text', 'json'] as const;
export const RECORDINGS = ['cpu', 'trace', 'counts', 'memory'] as const;
export type Recording = (typeof RECORDINGS)[number];

/** A function as it is named on the command line: "src/orders.ts:listOrders". */
export interface FunctionName {
  readonly file: string;
  readonly functionName: string;
}

interface Shared {
  readonly format: (typeof FORMATS)[number];
  /** A file that gets the JSON too, for a program that has started this one. */
  readonly jsonFile?: string;
  /** Interpreters for what is measured; searched for where absent. */
  readonly node?: string;
  readonly python?: string;
  /** For each program that is run. */
  readonly timeLimitMs: number;
}

export interface ProfileArguments extends Shared {
  readonly command: 'profile';
  readonly subject: FunctionName;
  /** A part of the label of the way to drive it; the first one where absent. */
  readonly driver?: string;
  readonly what: readonly Recording[];
  /** Whether a test or a generated driver runs once more without the profiler, to say what that has cost. */
  readonly overhead: boolean;
  readonly list: boolean;
}

export interface BenchArguments extends Shared {
  readonly command: 'bench';
  readonly path: string;
  /** A part of the labels; all benchmarks where absent. */
  readonly filter?: string;
}

export interface GrowArguments extends Shared {
  readonly command: 'grow';
  readonly subject: FunctionName;
  readonly from?: number;
  readonly largest?: number;
  /** A size to say the time of. */
  readonly to?: number;
}

export interface CompareArguments extends Shared {
  readonly command: 'compare';
  readonly what:
    | { readonly kind: 'runs'; readonly before: string; readonly after: string; readonly acrossMachines: boolean }
    | { readonly kind: 'again'; readonly baseline: string; readonly finding?: string }
    | { readonly kind: 'functions'; readonly before: FunctionName; readonly after: FunctionName }
    | { readonly kind: 'commits'; readonly subject: FunctionName; readonly before: string; readonly after?: string };
  readonly rounds?: number;
  readonly failOnSlower: boolean;
}

export interface LoadArguments extends Shared {
  readonly command: 'load';
  readonly route: string;
  readonly path?: string;
  readonly script: string;
  /** The folder of its package.json, relative to the workspace; '' is that of the workspace. */
  readonly package: string;
  readonly rate?: number;
  readonly seconds?: number;
  readonly connections?: number;
  readonly port?: number;
}

export interface AttachArguments extends Shared {
  readonly command: 'attach';
  readonly target: { readonly kind: 'node' | 'python'; readonly pid: number } | { readonly kind: 'inspector'; readonly port: number };
  readonly seconds: number;
}

export interface RunsArguments extends Shared {
  readonly command: 'runs';
  /** A run that is written as another tool reads it; absent where the runs are listed. */
  readonly exported?: { readonly run: string; readonly as: ExportFormat; /** Standard output where absent. */ readonly output?: string };
}

export type MeasureArguments = ProfileArguments | BenchArguments | GrowArguments | CompareArguments | LoadArguments | AttachArguments | RunsArguments;

const SHARED = {
  format: { type: 'string', default: 'text' },
  'json-file': { type: 'string' },
  'node-path': { type: 'string' },
  'python-path': { type: 'string' },
  'time-limit': { type: 'string', default: '120' },
} as const;

type SharedValues = { readonly [Name in Exclude<keyof typeof SHARED, 'format' | 'time-limit'>]?: string } & { readonly format: string; readonly 'time-limit': string };

const PARSERS: Readonly<Record<MeasureArguments['command'], (argv: readonly string[]) => MeasureArguments>> = {
  profile: (argv) => {
    const { values, positionals } = parse(argv, { ...SHARED, driver: { type: 'string' }, what: { type: 'string', default: RECORDINGS.join(',') }, list: { type: 'boolean', default: false }, 'no-overhead': { type: 'boolean', default: false } });
    const what = values.what.split(',').map((one) => oneOf('--what', RECORDINGS, one.trim()));
    return { command: 'profile', subject: functionName(only(positionals, 'profile takes one function')), driver: values.driver, what, overhead: !values['no-overhead'], list: values.list, ...shared(values) };
  },
  bench: (argv) => {
    const { values, positionals } = parse(argv, { ...SHARED, filter: { type: 'string' } });
    if (positionals.length > 1) throw new UsageError('bench takes one folder; --filter names benchmarks.');
    return { command: 'bench', path: positionals[0] ?? '.', filter: values.filter, ...shared(values) };
  },
  grow: (argv) => {
    const { values, positionals } = parse(argv, { ...SHARED, from: { type: 'string' }, largest: { type: 'string' }, to: { type: 'string' } });
    const subject = functionName(only(positionals, 'grow takes one function'));
    return { command: 'grow', subject, from: count('--from', values.from), largest: count('--largest', values.largest), to: count('--to', values.to), ...shared(values) };
  },
  compare: parseCompare,
  load: (argv) => {
    const number = { type: 'string' } as const;
    const { values, positionals } = parse(argv, { ...SHARED, path: { type: 'string' }, script: { type: 'string', default: 'start' }, package: { type: 'string', default: '' }, rate: number, seconds: number, connections: number, port: number });
    const route = positionals.join(' ');
    if (!/^[A-Za-z]+ \/\S*$/.test(route)) throw new UsageError('load takes a route such as "GET /orders".');
    const { path, script, package: folder } = values;
    const [rate, seconds, connections, port] = [count('--rate', values.rate), count('--seconds', values.seconds), count('--connections', values.connections), count('--port', values.port)];
    return { command: 'load', route, path, script, package: folder, rate, seconds, connections, port, ...shared(values) };
  },
  attach: (argv) => {
    const { values, positionals } = parse(argv, { ...SHARED, seconds: { type: 'string', default: '5' }, python: { type: 'boolean', default: false }, 'inspect-port': { type: 'string' } });
    const seconds = count('--seconds', values.seconds)!;
    const port = count('--inspect-port', values['inspect-port']);
    if (port !== undefined) return { command: 'attach', target: { kind: 'inspector', port }, seconds, ...shared(values) };
    const pid = count('The process', only(positionals, 'attach takes the id of one process'))!;
    return { command: 'attach', target: { kind: values.python ? 'python' : 'node', pid }, seconds, ...shared(values) };
  },
  runs: parseRuns,
};

export function isMeasureCommand(command: string): command is MeasureArguments['command'] {
  return command in PARSERS;
}

/** @throws UsageError */
export function parseMeasure(command: MeasureArguments['command'], argv: readonly string[]): MeasureArguments {
  return PARSERS[command](argv);
}

function parseRuns(argv: readonly string[]): RunsArguments {
  if (argv[0] !== 'export') return { command: 'runs', ...shared(parse(argv, SHARED).values) };
  const { values, positionals } = parse(argv.slice(1), { ...SHARED, format: { type: 'string' }, output: { type: 'string' } });
  if (values.format === undefined) throw new UsageError(`runs export takes --format ${EXPORT_FORMATS.join('|')}.`);
  const exported = { run: only(positionals, 'runs export takes one run'), as: oneOf('--format', EXPORT_FORMATS, values.format), output: values.output };
  return { command: 'runs', exported, ...shared({ ...values, format: 'text' }) };
}

function parseCompare(argv: readonly string[]): CompareArguments {
  const { values, positionals } = parse(argv, {
    ...SHARED,
    commit: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string' },
    finding: { type: 'string' },
    'across-machines': { type: 'boolean', default: false },
    'fail-on': { type: 'string', default: 'slower' },
  });
  const failOnSlower = oneOf('--fail-on', ['slower', 'none'], values['fail-on']) === 'slower';
  return { command: 'compare', what: comparedBy(positionals, values), rounds: count('--rounds', values.rounds), failOnSlower, ...shared(values) };
}

function comparedBy(positionals: readonly string[], values: { readonly commit: string[]; readonly finding?: string; readonly 'across-machines': boolean }): CompareArguments['what'] {
  const [first, second, ...rest] = positionals;
  if (first === undefined || rest.length > 0) throw new UsageError('compare takes one or two runs, or one or two functions.');
  const isFunction = first.includes(':');
  if (isFunction && second === undefined) {
    const [before, after, ...others] = values.commit;
    if (before === undefined || others.length > 0) throw new UsageError('compare takes one function with one or two --commit, or two functions.');
    return { kind: 'commits', subject: functionName(first), before, after };
  }
  if (isFunction) return { kind: 'functions', before: functionName(first), after: functionName(second!) };
  if (second === undefined) return { kind: 'again', baseline: first, finding: values.finding };
  return { kind: 'runs', before: first, after: second, acrossMachines: values['across-machines'] };
}

/** Paths of Windows have a colon of their own. */
function functionName(text: string): FunctionName {
  const at = text.lastIndexOf(':');
  if (at < 2 || at === text.length - 1) throw new UsageError(`"${text}" names no function. Name it with its file, such as src/orders.ts:listOrders.`);
  return { file: text.slice(0, at), functionName: text.slice(at + 1) };
}

function shared(values: SharedValues): Shared {
  return {
    format: oneOf('--format', FORMATS, values.format),
    jsonFile: values['json-file'],
    node: values['node-path'],
    python: values['python-path'],
    timeLimitMs: count('--time-limit', values['time-limit'])! * 1000,
  };
}

function only(positionals: readonly string[], message: string): string {
  if (positionals.length !== 1) throw new UsageError(`${message}.`);
  return positionals[0]!;
}
