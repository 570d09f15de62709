import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../../core/language';
import type { Rule, RuleAdvice } from '../../core/rule';

/** The one folder below `src/rules` that holds no rule. */
export const GENERATED_FOLDER = 'generated';

/** One rule's folder as it lies on disk. */
export interface RuleFolder {
  readonly id: string;
  readonly rule: Rule;
  readonly advice: RuleAdvice;
  /** Languages for which the folder holds a matcher. */
  readonly matchers: readonly Language[];
}

/**
 * Reads the registry, which is the directory itself: every folder below `rulesFolder` is a rule.
 * @throws Error naming the folder which holds no rule, no advice, or a rule of another name.
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
  const { rule } = requireFrom(folder, id, 'rule') as { rule?: Rule };
  if (rule === undefined) {
    throw new Error(`src/rules/${id}/rule.ts exports no "rule".`);
  }
  if (rule.meta.id !== id) {
    throw new Error(`src/rules/${id}/rule.ts has the id "${rule.meta.id}". A rule's id is the name of its folder.`);
  }
  const { advice } = requireFrom(folder, id, 'advice') as { advice?: RuleAdvice };
  if (advice === undefined) {
    throw new Error(`src/rules/${id}/advice.ts exports no "advice".`);
  }
  return { id, rule, advice, matchers: LANGUAGES.filter((language) => existsSync(join(folder, `${language}.ts`))) };
}

function requireFrom(folder: string, id: string, name: 'rule' | 'advice'): unknown {
  const path = join(folder, `${name}.ts`);
  if (!existsSync(path)) throw new Error(`src/rules/${id} holds no ${name}.ts. Every folder there is a rule: add it or remove the folder.`);
  return require(path);
}
