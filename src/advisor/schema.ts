import type { JsonSchema } from './model';

/** Longer texts are no argument of a tool and no claim. */
const LONGEST_TEXT = 20_000;
const LONGEST_LIST = 500;

/**
 * Holds a value that a model or another program has made to a schema. Properties that the schema does not name
 * are an error, so that a misspelt one is not passed over in silence.
 * @returns what is wrong, as a phrase that names the place; undefined where nothing is.
 */
export function problemOf(value: unknown, schema: JsonSchema, at = 'it'): string | undefined {
  switch (schema.type) {
    case 'object':
      return objectProblem(value, schema, at);
    case 'array':
      if (!Array.isArray(value) || value.length > LONGEST_LIST) return `${at} is no list`;
      return first(value.map((each, i) => problemOf(each, schema.items!, `${at}[${i}]`)));
    case 'string':
      if (typeof value !== 'string' || value.length > LONGEST_TEXT) return `${at} is no text`;
      return schema.enum && !schema.enum.includes(value) ? `${at} is not one of ${schema.enum.join(', ')}` : undefined;
    case 'integer':
      return Number.isSafeInteger(value) ? undefined : `${at} is no whole number`;
    case 'number':
      return Number.isFinite(value) ? undefined : `${at} is no number`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${at} is neither true nor false`;
  }
}

function objectProblem(value: unknown, { properties = {}, required = [] }: JsonSchema, at: string): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${at} is no object`;
  const given = value as Readonly<Record<string, unknown>>;
  const path = (key: string): string => (at === 'it' ? key : `${at}.${key}`);
  return first([
    ...required.filter((key) => !Object.hasOwn(given, key)).map((key) => `${path(key)} is missing`),
    ...Object.keys(given).filter((key) => !Object.hasOwn(properties, key)).map((key) => `${path(key)} is not known`),
    ...Object.entries(properties).map(([key, schema]) => (given[key] === undefined ? undefined : problemOf(given[key], schema, path(key)))),
  ]);
}

const first = (problems: readonly (string | undefined)[]): string | undefined => problems.find((problem) => problem !== undefined);

/** A schema of an object, all of whose properties are required unless they are named as optional. */
export function objectSchema<const Optional extends string = never>(
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly Optional[] = [],
): JsonSchema {
  const required = Object.keys(properties).filter((key) => !(optional as readonly string[]).includes(key));
  return { type: 'object', properties, required, additionalProperties: false };
}

export const text = (description: string): JsonSchema => ({ type: 'string', description });
export const whole = (description: string): JsonSchema => ({ type: 'integer', description });
export const oneOf = (values: readonly string[], description: string): JsonSchema => ({ type: 'string', enum: values, description });
export const listOf = (items: JsonSchema, description: string): JsonSchema => ({ type: 'array', items, description });
