import { loadModule, parseSync } from 'libpg-query';
import { SqlAnalyser } from '../../src/detect/sql';
import { rules } from '../../src/rules/generated/rules';
import { matchers } from '../../src/rules/generated/sql';
import { loadSqlParser, parseCount, remembering } from '../../src/syntax/sql/parser';
import { splitStatements } from '../../src/syntax/sql/splitter';
import { interleaved } from './interleaved';
import { migrations, queries } from './sqlCorpus';

/** What the child process found out, as it prints it. */
export interface SqlFigures {
  readonly ratio: number;
  readonly interval: readonly [number, number];
  readonly baselineMs: number;
  readonly subjectMs: number;
  readonly rounds: number;
  readonly files: number;
  readonly lines: number;
  /** Statements that the grammar read after one was edited. */
  readonly parsesOfEdit: number;
  readonly rssBytes: number;
}

const ALL_RULES = new Set(rules.map(({ meta }) => meta.id));
/** JavaScript is compiled while it runs, WebAssembly before: without a warm-up this would compare the two compilers. */
const WARM_UP_ROUNDS = 40;

/** Runs in a process of its own, started with --liftoff-only as the server and the command line are. */
async function main(): Promise<void> {
  await Promise.all([loadModule(), loadSqlParser()]);
  const files = [...migrations(300), queries(500)];
  const analyser = new SqlAnalyser(matchers);
  const statements = files.flatMap(({ text }) => splitStatements(text).map(({ first, end }) => text.slice(first, end)));
  const pass = (): void => {
    for (const { file, text } of files) analyser.analyse(file, text, ALL_RULES);
  };
  for (let round = 0; round < WARM_UP_ROUNDS; round++) pass();
  const pair = interleaved(() => statements.forEach((statement) => parseSync(statement)), pass);
  const figures: SqlFigures = {
    ratio: pair.ratio,
    interval: pair.interval,
    baselineMs: pair.baselineMs,
    subjectMs: pair.subjectMs,
    rounds: pair.rounds,
    files: files.length,
    lines: files.reduce((sum, { text }) => sum + text.split('\n').length, 0),
    parsesOfEdit: parsesOfEdit(analyser),
    rssBytes: process.memoryUsage().rss,
  };
  process.stdout.write(JSON.stringify(figures));
}

function parsesOfEdit(analyser: SqlAnalyser): number {
  const { file, text } = queries(200);
  remembering(true, () => analyser.analyse(file, text, ALL_RULES));
  const before = parseCount();
  remembering(true, () => analyser.analyse(file, text.replace('LIMIT 20', 'LIMIT 30'), ALL_RULES));
  return parseCount() - before;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
