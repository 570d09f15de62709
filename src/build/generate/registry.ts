import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../../core/language';
import type { Rule } from '../../core/rule';

/** The one folder below `src/rules` that holds no rule. */
export const GENERATED_FOLDER = 'generated';

/** One rule's folder as it lies on disk. */
export interface RuleFolder {
  readonly id: string;
  readonly rule: Rule;
  /** Languages for which the folder holds a matcher. */
  readonly matchers: readonly Language[];
}

/**
 * Reads the registry, which is the directory itself: every folder below `rulesFolder` is a rule.
 * @throws Error naming the folder which holds no rule or a rule of another name.
 */
export function readRegistry(rulesFolder: string): RuleFolder[] {
  return readdirSync(rulesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== GENERATED_FOLDER)
    .map((entry) => entry.name)
    .sort()
    .map((id) => readRuleFolder(rulesFolder, id));
}

function readRuleFolder(rulesFolder: string, id: string): RuleFolder {
  const folder = join(rulesFolder, id);
  if (!existsSync(join(folder, 'rule.ts'))) {
    throw new Error(`src/rules/${id} holds no rule.ts. Every folder there is a rule: add it or remove the folder.`);
  }
  const { rule } = require(join(folder, 'rule.ts')) as { rule?: Rule };
  if (rule === undefined) {
    throw new Error(`src/rules/${id}/rule.ts exports no "rule".`);
  }
  if (rule.meta.id !== id) {
    throw new Error(`src/rules/${id}/rule.ts has the id "${rule.meta.id}". A rule's id is the name of its folder.`);
  }
  return { id, rule, matchers: LANGUAGES.filter((language) => existsSync(join(folder, `${language}.ts`))) };
}
