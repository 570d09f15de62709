import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Line } from '../report';
import { typescriptRepository, type Repository } from './corpora';
import { ours, oursCold } from './ours';
import { inTurns, ratioOf, spent, type Program } from './processes';
import { atLeast, detailOf } from './lines';
import { npmTools, NPM_TOOLS } from './tools';

const ROUNDS = 3;
const WARM_ROUNDS = 7;

/** What ESLint has for the patterns that ours looks for. None of these needs types. */
const ESLINT_RULES = [
  'no-await-in-loop',
  ...['no-array-reduce', 'no-array-for-each', 'prefer-array-find', 'prefer-array-flat-map', 'prefer-array-some', 'prefer-regexp-test', 'prefer-set-has'].map((rule) => `unicorn/${rule}`),
  ...['function-inside-loop', 'stateful-regex', 'super-linear-regex'].map((rule) => `sonarjs/${rule}`),
];

/** A scan of a whole repository from nothing, against ESLint on the same files; and once more where nothing has changed. */
export async function typescriptScans(named?: string): Promise<Line[]> {
  const repository = await typescriptRepository(named);
  return [await warmLine(repository), await eslintLine(repository)];
}

async function warmLine(repository: Repository): Promise<Line> {
  const { cold, warm } = await inTurns({ cold: oursCold(repository, 'warm'), warm: ours(repository, 'warm') }, WARM_ROUNDS);
  return atLeast('TypeScript: cold scan / warm scan', 10, ratioOf(cold, warm), detailOf(repository, WARM_ROUNDS, `${spent(cold)} against ${spent(warm)}, one thread each`));
}

async function eslintLine(repository: Repository): Promise<Line> {
  const programs = { eslint: eslint(repository, await npmTools()), cold: oursCold(repository, 'cold') };
  const { eslint: theirs, cold } = await inTurns(programs, ROUNDS);
  const what = `ESLint ${NPM_TOOLS.eslint} with ${ESLINT_RULES.length} rules ${spent(theirs)} against ${spent(cold)}, one thread each`;
  return atLeast('TypeScript: ESLint / cold scan', 8, ratioOf(theirs, cold), detailOf(repository, ROUNDS, what));
}

function eslint({ folder, files }: Repository, tools: string): Program {
  const config = join(tools, 'eslint.config.mjs');
  writeFileSync(config, configuration());
  return { argv: [process.execPath, join(tools, 'node_modules/eslint/bin/eslint.js'), '--config', config, '--no-warn-ignored', ...files], cwd: folder };
}

function configuration(): string {
  const rules = JSON.stringify(Object.fromEntries(ESLINT_RULES.map((rule) => [rule, 'warn'])));
  return `import parser from '@typescript-eslint/parser';
import sonarjs from 'eslint-plugin-sonarjs';
import unicorn from 'eslint-plugin-unicorn';
export default [{
  files: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'],
  languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
  linterOptions: { noInlineConfig: true },
  plugins: { sonarjs, unicorn },
  rules: ${rules},
}];
`;
}
