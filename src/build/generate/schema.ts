import type { RuleFolder } from './registry';

/** The part of the schema that this script fills in; the rest is written by hand. */
interface PerformanceSchema {
  readonly properties: { readonly rules: { properties: object } };
}

/** The schema of performance.json with one key for each rule, so that the editor completes and explains them. */
export function withRules(schemaText: string, folders: readonly RuleFolder[]): { text: string; schema: object } {
  const schema = JSON.parse(schemaText) as PerformanceSchema;
  schema.properties.rules.properties = Object.fromEntries(
    folders.map(({ id, rule, advice }) => [id, { $ref: '#/definitions/level', description: `${rule.meta.title}. ${advice.why}` }]),
  );
  return { text: `${JSON.stringify(schema, undefined, 2)}\n`, schema };
}
