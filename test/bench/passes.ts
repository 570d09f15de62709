import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser as pythonParser } from '@lezer/python';
import { PythonAnalyser } from '../../src/detect/python';
import { SqlAnalyser } from '../../src/detect/sql';
import { TypeScriptAnalyser } from '../../src/detect/typescript';
import { matchers as pythonMatchers } from '../../src/rules/generated/python';
import { rules } from '../../src/rules/generated/rules';
import { matchers as sqlMatchers } from '../../src/rules/generated/sql';
import { matchers as typescriptMatchers } from '../../src/rules/generated/typescript';
import { loadSqlParser } from '../../src/syntax/sql/parser';
import { parseTypeScript } from '../../src/syntax/typescript/parse';
import { listSourceFiles } from '../../src/workspace/files';
import { interleaved } from './interleaved';
import type { Line } from './report';

const ROOT = join(__dirname, '../..');
const ALL_RULES = new Set(rules.map(({ meta }) => meta.id));

type Source = readonly [path: string, text: string];

/** A full pass of the detector against parsing the same texts alone with the same parser. */
export async function fullPasses(): Promise<Line[]> {
  await loadSqlParser();
  const sql = new SqlAnalyser(sqlMatchers);
  const typescript = new TypeScriptAnalyser(typescriptMatchers, sql);
  const python = new PythonAnalyser(pythonMatchers, sql);
  return [
    pass('TypeScript: full pass / parse', 1.5, await sources('src', /\.ts$/), (file, text) => parseTypeScript(file, text), (file, text) => typescript.analyse(file, text, ALL_RULES)),
    pass('Python: full pass / parse', undefined, await sources('examples/orders/python', /\.py$/), (_file, text) => pythonParser.parse(text), (file, text) => python.analyse(file, text, ALL_RULES)),
  ];
}

function pass(name: string, budget: number | undefined, files: readonly Source[], parse: (file: string, text: string) => unknown, analyse: (file: string, text: string) => unknown): Line {
  const lines = files.reduce((sum, [, text]) => sum + text.split('\n').length, 0);
  const pair = interleaved(
    () => files.forEach(([file, text]) => parse(file, text)),
    () => files.forEach(([file, text]) => analyse(file, text)),
  );
  const [low, high] = pair.interval;
  return {
    name,
    figure: `${pair.ratio.toFixed(2)}x [${low.toFixed(2)}, ${high.toFixed(2)}]`,
    budget: budget === undefined ? undefined : `${budget}x`,
    met: budget === undefined || pair.ratio <= budget,
    detail: `${pair.rounds} rounds, ${files.length} files, ${lines} lines, ${pair.baselineMs.toFixed(1)} ms of CPU against ${pair.subjectMs.toFixed(1)} ms`,
  };
}

async function sources(folder: string, pattern: RegExp): Promise<Source[]> {
  const { files } = await listSourceFiles(join(ROOT, folder), { includeTests: true });
  return files.filter((file) => pattern.test(file)).map((file) => [file, readFileSync(join(ROOT, folder, file), 'utf8')] as const);
}
