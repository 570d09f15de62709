import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { LANGUAGES } from '../core/language';
import { ensureFileContents, type GeneratedFile } from './generate/ensureFileContents';
import { withContributions } from './generate/manifest';
import { readRegistry } from './generate/registry';
import { adviceModule, matchersModule, rulesModule } from './generate/ruleIndex';
import { rulePage } from './generate/rulePage';
import { ruleIndexPage, withRuleTable } from './generate/ruleTable';
import { type ScenarioNumbers, withScenarios } from './generate/scenarioSection';
import { withRules } from './generate/schema';
import { validatorModule, VALIDATOR_TYPES } from './generate/validator';

const ROOT = resolve(__dirname, '../..');

/** Everything that is generated, as it must be now. */
export function generatedFiles(): GeneratedFile[] {
  const folders = readRegistry(join(ROOT, 'src/rules'));
  const schema = withRules(read('media/performance.schema.json'), folders);
  return [
    { path: join(ROOT, 'media/performance.schema.json'), text: schema.text },
    ...inFolder('src/workspace/config/generated', {
      'validate.js': validatorModule(schema.schema),
      'validate.d.ts': VALIDATOR_TYPES,
    }),
    ...inFolder('src/rules/generated', {
      'rules.ts': rulesModule(folders),
      'advice.ts': adviceModule(folders),
      ...Object.fromEntries(LANGUAGES.map((language) => [`${language}.ts`, matchersModule(folders, language)])),
    }),
    ...inFolder('media/rules', {
      'README.md': ruleIndexPage(folders),
      ...Object.fromEntries(folders.map(({ id, rule, advice }) => [`${id}.md`, rulePage({ ...rule.meta, ...advice })])),
    }),
    { path: join(ROOT, 'README.md'), text: withScenarios(withRuleTable(read('README.md'), folders), readScenarios()) },
    { path: join(ROOT, 'package.json'), text: withContributions(read('package.json'), ROOT, folders) },
  ];
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** What the end-to-end test of the scenarios had measured when somebody took its figures over. */
function readScenarios(): ScenarioNumbers {
  return JSON.parse(read('test/window/scenarios/numbers.json')) as ScenarioNumbers;
}

/** A folder that holds generated files and nothing else: what is there and not in `texts` goes. */
function inFolder(folder: string, texts: Readonly<Record<string, string>>): GeneratedFile[] {
  const absolute = join(ROOT, folder);
  const present = existsSync(absolute) ? readdirSync(absolute) : [];
  return [...new Set([...Object.keys(texts), ...present])].map((name) => ({ path: join(absolute, name), text: texts[name] }));
}

/** Repairs every stale file. @returns their paths, relative to the checkout. */
export function generate(): string[] {
  return generatedFiles()
    .filter(ensureFileContents)
    .map(({ path }) => relative(ROOT, path));
}

if (require.main === module) {
  const stale = generate();
  console.log(stale.length === 0 ? 'Every generated file is up to date.' : `Written: ${stale.join(', ')}`);
}
