import { getNodeValue, parseTree, type ParseError, type ParseErrorCode, printParseErrorCode } from 'jsonc-parser';
import { EMPTY_CONFIG, type Percentile, type PerformanceConfig, type Requirement, type RuleLevel } from '../core/config';
import { LineIndex } from '../core/text';
import { meaningProblems } from './config/meaning';
import { ConfigSource, type ConfigProblem } from './config/problem';
import { schemaProblems } from './config/schemaProblems';
import { parseDuration, parseRate, parseSize } from './config/units';

export type { ConfigProblem } from './config/problem';

/** `config` is absent where an error keeps the file from being used; warnings leave it in force. */
export interface ConfigReading {
  readonly config?: PerformanceConfig;
  readonly problems: readonly ConfigProblem[];
}

type Quantity = string | number;
type LatencyValue = Partial<Record<Percentile, Quantity>>;

/** performance.json as its schema admits it, before units are read. */
export interface ConfigValue {
  readonly requirements?: readonly {
    readonly scope?: string;
    readonly route?: string;
    readonly latency?: LatencyValue;
    readonly throughput?: Quantity;
    readonly memory?: Quantity;
  }[];
  readonly scale?: Partial<PerformanceConfig['scale']>;
  readonly paths?: Partial<PerformanceConfig['paths']>;
  readonly rules?: Readonly<Record<string, RuleLevel>>;
  readonly budgets?: readonly { readonly benchmark: string; readonly latency: LatencyValue }[];
}

/** Reads and validates the text of a performance.json. It never throws. */
export function readConfig(text: string): ConfigReading {
  const lines = new LineIndex(text);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  if (root === undefined || errors.length > 0) {
    return { problems: syntaxProblems(errors, text, lines) };
  }
  const source = new ConfigSource(root, lines);
  const value: unknown = getNodeValue(root);
  const invalid = schemaProblems(value, source);
  if (invalid.length > 0) return { problems: invalid };
  return { config: convert(value as ConfigValue), problems: meaningProblems(value as ConfigValue, source) };
}

function syntaxProblems(errors: readonly ParseError[], text: string, lines: LineIndex): ConfigProblem[] {
  return errors.map(({ error, offset, length }) => ({
    code: 'syntax',
    severity: 'error',
    message: `This is not valid JSON: ${wordsOf(error)}.`,
    range: lines.range({ start: Math.min(offset, text.length), end: Math.min(offset + length, text.length) }),
  }));
}

/** "CommaExpected" -> "comma expected". */
function wordsOf(code: ParseErrorCode): string {
  return printParseErrorCode(code).replace(/(?!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
}

function convert(value: ConfigValue): PerformanceConfig {
  return {
    requirements: (value.requirements ?? []).map(requirement),
    scale: { tables: dictionary(value.scale?.tables), collections: dictionary(value.scale?.collections) },
    paths: { ...EMPTY_CONFIG.paths, ...value.paths },
    rules: dictionary(value.rules),
    budgets: (value.budgets ?? []).map(({ benchmark, latency }) => ({ benchmark, latency: durations(latency) })),
  };
}

/** Without a prototype: code names a collection or table "constructor" when it likes. */
function dictionary<Value>(entries: Readonly<Record<string, Value>> = {}): Readonly<Record<string, Value>> {
  return Object.assign(Object.create(null), entries);
}

function requirement({ scope, route, latency, throughput, memory }: NonNullable<ConfigValue['requirements']>[number]): Requirement {
  return {
    scope,
    route,
    latency: durations(latency ?? {}),
    throughput: throughput === undefined ? undefined : parseRate(throughput),
    memory: memory === undefined ? undefined : parseSize(memory),
  };
}

function durations(latency: LatencyValue): Requirement['latency'] {
  return Object.fromEntries(Object.entries(latency).map(([percentile, value]) => [percentile, parseDuration(value)]));
}
