import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Priority } from '../../src/core/finding';
import type { Confidence } from '../../src/core/rule';
import { ruleLanguageOf, type Language } from '../../src/core/language';
import { listSourceFiles, readSource } from '../../src/workspace/files';

/*
 * Draws the findings that are judged by hand, from what `check --format json` printed for each repository into a file of
 * its name, and counts what the judgement is about:
 *
 *   npx tsx test/precision/sample.ts --seed 3 umami.json documenso.json ...
 *   npx tsx test/precision/sample.ts --seed 3 --only hints umami.json ...      (or --only findings)
 *   npx tsx test/precision/sample.ts --count umami.json documenso.json ...
 *   npx tsx test/precision/sample.ts --density --repositories <folder> umami.json documenso.json ...
 */

/** What a judgement needs of a finding as `check` prints it; lines count from one. */
interface Printed {
  readonly id: string;
  readonly rule: string;
  readonly file: string;
  readonly range: { readonly start: { readonly line: number } };
  readonly priority: Priority;
  readonly confidence: Confidence;
  readonly message: string;
}

interface Drawn extends Printed {
  readonly repository: string;
}

/** Findings of each rule that are drawn before chance alone decides; 0 draws as they come. */
const PER_RULE = '4';
const URGENT = 30;

/** @throws when the file is not what `check --format json` prints. */
function findingsOf(path: string, language: Language): Drawn[] {
  const repository = basename(path, '.json');
  const { findings } = JSON.parse(readFileSync(path, 'utf8')) as { findings: Printed[] };
  return findings.filter(({ file }) => ruleLanguageOf(file) === language).map((finding) => ({ ...finding, repository }));
}

/**
 * The sample, in an order of chance that the seed fixes for each finding by itself: when a rule is changed and the scan
 * repeated, what was judged stays drawn and only the places of findings that are gone are drawn anew.
 */
function draw(findings: readonly Drawn[], size: number, seed: string, ofEachRule: number): Drawn[] {
  const chance = (each: Drawn) => createHash('sha256').update(`${seed}:${each.repository}:${each.id}`).digest('hex');
  const shuffled = findings.map((finding) => ({ finding, key: chance(finding) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const drawn = new Set<Drawn>();
  const perRule = new Map<string, number>();
  for (const { finding } of shuffled) {
    const count = perRule.get(finding.rule) ?? 0;
    perRule.set(finding.rule, count + 1);
    if (count < ofEachRule) drawn.add(finding);
  }
  const isUrgent = ({ priority }: Drawn) => priority === 'high' || priority === 'medium';
  let urgent = [...drawn].filter(isUrgent).length;
  for (const { finding } of shuffled) {
    if (urgent >= URGENT || !isUrgent(finding) || drawn.has(finding)) continue;
    drawn.add(finding);
    urgent++;
  }
  for (const { finding } of shuffled) if (drawn.size < size) drawn.add(finding);
  return [...drawn].sort((a, b) => a.rule.localeCompare(b.rule) || a.repository.localeCompare(b.repository) || a.file.localeCompare(b.file));
}

function printSample(sample: readonly Drawn[]): void {
  for (const { repository, file, range, rule, priority, message } of sample) {
    console.log(`| ${repository} | \`${file}:${range.start.line}\` | ${rule} | ${priority} |  | ${message.replaceAll('|', '\\|')} |`);
  }
}

/** Findings of each rule in each repository: a rule that stands out in one deserves suspicion. */
function printCounts(findings: readonly Drawn[]): void {
  const repositories = [...new Set(findings.map(({ repository }) => repository))];
  console.log(`| rule | ${repositories.join(' | ')} | all |`);
  console.log(`|---|${'---|'.repeat(repositories.length + 1)}`);
  const rows = [...new Set(findings.map(({ rule }) => rule))].map((rule) => {
    const ofRule = findings.filter((each) => each.rule === rule);
    return { rule, all: ofRule.length, counts: repositories.map((repository) => ofRule.filter((each) => each.repository === repository).length) };
  });
  for (const { rule, counts, all } of rows.sort((a, b) => b.all - a.all)) console.log(`| ${rule} | ${counts.join(' | ')} | ${all} |`);
}

/** Findings per 1,000 lines of the files that `check` reads, at each priority. */
async function printDensity(root: string, paths: readonly string[], language: Language): Promise<void> {
  console.log('| repository | lines | high | medium | low | deferred | all |\n|---|---|---|---|---|---|---|');
  for (const path of paths) {
    const findings = findingsOf(path, language);
    const folder = `${root}/${basename(path, '.json')}`;
    const lines = await linesOf(folder, language);
    const per = (count: number) => ((count / lines) * 1000).toFixed(2);
    const cells = (['high', 'medium', 'low', 'deferred'] as const).map((priority) => per(findings.filter((each) => each.priority === priority).length));
    console.log(`| ${basename(folder)} | ${lines.toLocaleString('en')} | ${cells.join(' | ')} | ${per(findings.length)} |`);
  }
}

async function linesOf(folder: string, language: Language): Promise<number> {
  const { files } = await listSourceFiles(folder);
  let lines = 0;
  for (const file of files.filter((each) => ruleLanguageOf(each) === language)) {
    const reading = await readSource(folder, file);
    if (reading.kind === 'source') lines += reading.text.split('\n').length;
  }
  return lines;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '3' },
      size: { type: 'string', default: '150' },
      language: { type: 'string', default: 'typescript' },
      only: { type: 'string' },
      'per-rule': { type: 'string', default: PER_RULE },
      count: { type: 'boolean' },
      density: { type: 'boolean' },
      repositories: { type: 'string', default: '.' },
    },
  });
  const language = values.language as Language;
  const isWanted = ({ confidence }: Drawn) => values.only === undefined || (values.only === 'hints') === (confidence === 'possible');
  const all = positionals.flatMap((path) => findingsOf(path, language)).filter(isWanted);
  if (values.density) await printDensity(values.repositories, positionals, language);
  else if (values.count) printCounts(all);
  else printSample(draw(all, Number(values.size), values.seed, Number(values['per-rule'])));
}

void main();
