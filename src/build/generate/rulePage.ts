import { formatBytes, formatCount } from '../../core/format';
import { LANGUAGES, type Language } from '../../core/language';
import type { AdvisedRule, CostModel, RuleAdvice, RuleMeta } from '../../core/rule';
import { conflictWords, DECISION_WORDS, effortWords, FIX_WORDS, LANGUAGE_NAME, VALIDATION_WORDS } from './ruleWords';

const SIZES = [10, 1000, 100_000];

const FENCE: Readonly<Record<Language, string>> = { typescript: 'ts', python: 'python', sql: 'sql' };
const COMMENT: Readonly<Record<Language, string>> = { typescript: '//', python: '#', sql: '--' };

/** The offline page of a rule, as Markdown. */
export function rulePage(meta: AdvisedRule): string {
  const sections: [string, string][] = [
    ['Why it is slow', meta.why],
    ['What it costs', costSection(meta)],
    ['What to do', `${meta.technique}\n\n- Effort: about ${effortWords(meta.effortMinutes)}.\n- When: ${DECISION_WORDS[meta.decision]}`],
    ['Trade-offs', meta.tradeoffs],
    ['How to check the gain', VALIDATION_WORDS[meta.validation]],
    ['When not to', meta.whenNot],
    ['Other views', bullets(meta.conflicts.map(conflictWords))],
    ['Examples', examples(meta)],
    ['Fix', FIX_WORDS[meta.fix]],
    ['How to silence it', suppression(meta)],
    ['Read more', bullets(meta.links.map(({ title, url }) => `[${title}](${url})`))],
  ];
  const body = sections.filter(([, text]) => text !== '').map(([title, text]) => `## ${title}\n\n${text}\n`);
  return [`# ${meta.title}\n`, `${subtitle(meta)}\n`, ...body].join('\n');
}

function subtitle({ id, family, resource, languages }: RuleMeta): string {
  const names = languages.map((language) => LANGUAGE_NAME[language]).join(', ');
  return `Rule \`${id}\` · ${family} · costs ${resource === 'cpu' || resource === 'io' ? resource.toUpperCase() : resource} · ${names}`;
}

function costSection({ complexity, cost }: RuleMeta): string {
  const rows = SIZES.map((n) => `| ${formatCount(n)} | ${amount(cost, cost.now(n))} | ${amount(cost, cost.after(n))} |`);
  return [
    `${complexity.now} now, ${complexity.after} after. n is the number of ${cost.variable}.`,
    '',
    `| n | ${cost.unit} now | ${cost.unit} after |`,
    '|--:|--:|--:|',
    ...rows,
    '',
    `These are estimates from the rule's cost model. Where neither the code nor performance.json says what n is, ` +
      `${formatCount(cost.assumedSize)} is assumed, and the finding says so.`,
  ].join('\n');
}

function amount({ unit }: CostModel, value: number): string {
  return unit === 'bytes in memory' ? formatBytes(value) : formatCount(value);
}

function examples({ examples: byLanguage }: RuleAdvice): string {
  return LANGUAGES.flatMap((language) => {
    const example = byLanguage[language];
    if (example === undefined) return [];
    const where = example.file === undefined ? '' : ` (\`${example.file}\`)`;
    const scale = example.configuration === undefined ? '' : `With this \`performance.json\`:\n\n${code('json', example.configuration)}\n\n`;
    return [`### ${LANGUAGE_NAME[language]}\n\n${scale}Slow${where}:\n\n${code(language, example.bad)}\n\nBetter:\n\n${code(language, example.better)}`];
  }).join('\n\n');
}

function suppression({ id, languages }: RuleMeta): string {
  const comments = languages.map((language) => code(language, `${COMMENT[language]} performance-ignore ${id}: at most five items until 2027-01-31`));
  return [
    'At one place, by a comment on the line or above it, with the reason and (if you like) the last day:',
    ...comments,
    'In the whole project, in `performance.json`:',
    code('json', `{ "rules": { "${id}": "off" } }`),
  ].join('\n\n');
}

function code(language: Language | 'json', text: string): string {
  return `\`\`\`${language === 'json' ? 'json' : FENCE[language]}\n${text.trimEnd()}\n\`\`\``;
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}
