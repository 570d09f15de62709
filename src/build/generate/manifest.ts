import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleFolder } from './registry';

/** What `src/editor/contributions.ts` declares, as far as this script reads it; it is plain data. */
interface Contributions {
  readonly contributes: { readonly configuration?: Configuration; readonly [point: string]: unknown };
  readonly activationEvents: readonly string[];
  readonly capabilities?: object;
}

interface Configuration {
  readonly title: string;
  readonly properties: Readonly<Record<string, object>>;
}

const LEVELS = ['on', 'off', 'high', 'medium', 'low'];
const LEVEL_WORDS = [
  'The ranking decides the priority.',
  'The rule is silent.',
  'High priority: shown as a warning.',
  'Medium priority: shown as an information.',
  'Low priority: shown as a hint.',
];

/** package.json with its contributions generated; every other key stays as it is, in its place. */
export function withContributions(packageText: string, root: string, folders: readonly RuleFolder[]): string {
  const { contributes, activationEvents, capabilities } = readContributions(root);
  const configuration = contributes.configuration ?? { title: 'Performance Engineer', properties: {} };
  const manifest = {
    ...(JSON.parse(packageText) as object),
    activationEvents,
    ...(capabilities && { capabilities }),
    contributes: {
      ...contributes,
      configuration: {
        ...configuration,
        properties: { ...configuration.properties, 'performanceEngineer.rules': ruleLevels(folders) },
      },
    },
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** The setting of every rule's level, with one key for each rule. */
function ruleLevels(folders: readonly RuleFolder[]): object {
  return {
    type: 'object',
    scope: 'resource',
    markdownDescription: 'The level of each rule. A level given here wins over the one in performance.json.',
    additionalProperties: false,
    default: {},
    properties: Object.fromEntries(
      folders.map(({ id, rule }) => [
        id,
        { type: 'string', enum: LEVELS, enumDescriptions: LEVEL_WORDS, default: 'on', description: rule.meta.title },
      ]),
    ),
  };
}

function readContributions(root: string): Contributions {
  const file = join(root, 'src/editor/contributions.ts');
  if (!existsSync(file)) return { contributes: {}, activationEvents: [] };
  return require(file) as Contributions;
}
