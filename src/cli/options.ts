import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './usageError';

/** Node's parser, whose complaints are usage errors. @throws UsageError */
export function parse<const Options extends NonNullable<ParseArgsConfig['options']>>(argv: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** @throws UsageError naming the values there are */
export function oneOf<const Value extends string>(option: string, values: readonly Value[], given: string): Value {
  const found = values.find((value) => value === given);
  if (found === undefined) throw new UsageError(`${option} is one of ${values.join(', ')}, not "${given}".`);
  return found;
}

/** A whole number above 0, where one was given. @throws UsageError */
export function count(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!Number.isSafeInteger(value) || value < 1) throw new UsageError(`${option} is a whole number above 0, not "${given}".`);
  return value;
}
