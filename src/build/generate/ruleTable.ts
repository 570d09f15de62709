import { LANGUAGES } from '../../core/language';
import type { RuleFolder } from './registry';
import { FIX_LABEL } from './ruleWords';

const START = '<!-- rules:start -->';
const END = '<!-- rules:end -->';

/** The index of the offline rule pages. */
export function ruleIndexPage(folders: readonly RuleFolder[]): string {
  return `# Rules\n\nGenerated from the rules themselves by \`npm run generate\`.\n\n${ruleTable(folders, '')}\n`;
}

/**
 * Puts the table of the rules between the two markers of the README.
 * @throws Error when a marker is missing.
 */
export function withRuleTable(readme: string, folders: readonly RuleFolder[]): string {
  const start = readme.indexOf(START);
  const end = readme.indexOf(END);
  if (start === -1 || end < start) throw new Error(`README.md needs the lines ${START} and ${END}.`);
  return `${readme.slice(0, start + START.length)}\n\n${ruleTable(folders, 'media/rules/')}\n\n${readme.slice(end)}`;
}

function ruleTable(folders: readonly RuleFolder[], pages: string): string {
  const rows = folders.map(({ id, rule: { meta } }) => {
    const languages = LANGUAGES.map((language) => (meta.languages.includes(language) ? '✓' : ''));
    const cells = [`[\`${id}\`](${pages}${id}.md)`, meta.title, ...languages, `${meta.complexity.now} → ${meta.complexity.after}`, FIX_LABEL[meta.fix]];
    return `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  });
  return ['| Rule | What it finds | TS/JS | Python | SQL | Cost | Fix |', '|---|---|:-:|:-:|:-:|---|---|', ...rows].join('\n');
}
