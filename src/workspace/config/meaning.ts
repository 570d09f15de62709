import type { ConfigValue } from '../config';
import type { ConfigProblem, ConfigSource, ValuePath } from './problem';
import { KNOWN_RULES } from './schemaProblems';
import { parseDuration } from './units';

const ORDER = ['p50', 'p95', 'p99', 'max'] as const;

/** What the schema admits and still cannot be meant. These are warnings: the rest of the file is in force. */
export function meaningProblems(value: ConfigValue, source: ConfigSource): ConfigProblem[] {
  const requirements = value.requirements ?? [];
  return [
    ...unknownRules(value, source),
    ...requirements.flatMap((each, index) => emptyRequirement(each, ['requirements', index], source)),
    ...requirements.flatMap((each, index) => disorder(each.latency, ['requirements', index, 'latency'], source)),
    ...(value.budgets ?? []).flatMap((each, index) => disorder(each.latency, ['budgets', index, 'latency'], source)),
  ];
}

function unknownRules(value: ConfigValue, source: ConfigSource): ConfigProblem[] {
  return Object.keys(value.rules ?? {})
    .filter((id) => !KNOWN_RULES.has(id))
    .map((id) => ({
      code: 'unknown-rule',
      severity: 'warning',
      message: `There is no rule "${id}". The rules are ${[...KNOWN_RULES].join(', ')}.`,
      range: source.key(['rules', id]),
    }));
}

function emptyRequirement(requirement: object, path: ValuePath, source: ConfigSource): ConfigProblem[] {
  if ('latency' in requirement || 'throughput' in requirement || 'memory' in requirement) return [];
  return [meaning('This requirement asks for nothing. Give it a latency, a throughput or a memory limit.', source.value(path))];
}

/** A higher percentile cannot be faster than a lower one. */
function disorder(latency: Partial<Record<string, string | number>> | undefined, path: ValuePath, source: ConfigSource): ConfigProblem[] {
  const given = ORDER.filter((percentile) => latency?.[percentile] !== undefined);
  return given.slice(1).flatMap((higher, index) => {
    const lower = given[index]!;
    if (parseDuration(latency![higher]!) >= parseDuration(latency![lower]!)) return [];
    return [meaning(`${higher} is below ${lower}, which no distribution can be.`, source.value([...path, higher]))];
  });
}

function meaning(message: string, range: ConfigProblem['range']): ConfigProblem {
  return { code: 'meaning', severity: 'warning', message, range };
}
