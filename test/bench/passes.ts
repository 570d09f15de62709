import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleBeside } from '../../src/build/build';
import { changeBetween } from '../../src/core/text';
import { listSourceFiles } from '../../src/workspace/files';
import { interleaved } from './interleaved';
import { longPython, longTypeScript, type RealisticFile } from './realisticFiles';
import type { Line } from './report';

const ROOT = join(__dirname, '../..');
/** A single file is parsed in milliseconds: before that, a compiler would be measured that is still at work. */
const WARM_UP_ROUNDS = 20;
const ROUNDS = 40;

type Analysers = typeof import('./analysers');
type Source = readonly [path: string, text: string];
type Work = (file: string, text: string) => unknown;

/** A full pass of the detector against parsing the same texts alone with the same parser. */
export async function fullPasses(): Promise<Line[]> {
  const analysers = require(await bundleBeside(join(__dirname, 'analysers.ts'))) as Analysers;
  const { allRules, loadSqlParser, parsePythonAlone, parseTypeScript, python, typescript } = analysers;
  await loadSqlParser();
  const passTypeScript: Work = (file, text) => typescript.analyse(file, text, allRules);
  const passPython: Work = (file, text) => python.analyse(file, text, allRules);
  const parse: Work = (_file, text) => parsePythonAlone(text);
  const long = longPython();
  return [
    pass('TypeScript: full pass / parse', 1.5, await sources('src', /\.ts$/), parseTypeScript, passTypeScript),
    passOfOne('TypeScript: full pass / parse, one long file', 1.3, longTypeScript(), parseTypeScript, passTypeScript),
    pass('Python: full pass / parse', undefined, await sources('examples/orders/python', /\.py$/), parse, passPython),
    passOfOne('Python: full pass / parse, one long file', 1.4, long, parse, passPython),
    editOfPython(long, analysers),
  ];
}

function passOfOne(name: string, budget: number, { file, text }: RealisticFile, parse: Work, analyse: Work): Line {
  for (let round = 0; round < WARM_UP_ROUNDS; round++) analyse(file, text);
  return pass(name, budget, [[file, text]], parse, analyse, ROUNDS);
}

function pass(name: string, budget: number | undefined, files: readonly Source[], parse: Work, analyse: Work, rounds?: number): Line {
  const lines = files.reduce((sum, [, text]) => sum + text.split('\n').length, 0);
  return comparison(name, budget, `${files.length} files, ${lines} lines`, () => files.forEach(([file, text]) => parse(file, text)), () => files.forEach(([file, text]) => analyse(file, text)), rounds);
}

/** The whole tree of the text against what an edit of one name in its middle parses of it. */
function editOfPython({ text, lines }: RealisticFile, { parsePython, reparsePython }: Analysers): Line {
  const at = text.indexOf('return', text.length >> 1);
  const edited = `${text.slice(0, at)}yield${text.slice(at + 'return'.length)}`;
  const change = changeBetween(text, edited)!;
  const before = parsePython(text);
  const parsed = { whole: () => void parsePython(edited).size, edit: () => void reparsePython(before, edited, change).size };
  for (let round = 0; round < WARM_UP_ROUNDS; round++) parsed.edit();
  return comparison('Python: edit re-parsed / whole file parsed', 0.6, `one of ${lines} lines edited, the table of nodes included`, parsed.whole, parsed.edit, ROUNDS);
}

function comparison(name: string, budget: number | undefined, what: string, baseline: () => void, subject: () => void, rounds?: number): Line {
  const pair = interleaved(baseline, subject, rounds);
  const [low, high] = pair.interval;
  return {
    name,
    figure: `${pair.ratio.toFixed(2)}x [${low.toFixed(2)}, ${high.toFixed(2)}]`,
    budget: budget === undefined ? undefined : `${budget}x`,
    met: budget === undefined || pair.ratio <= budget,
    detail: `${pair.rounds} rounds, ${what}, ${pair.baselineMs.toFixed(1)} ms of CPU against ${pair.subjectMs.toFixed(1)} ms`,
  };
}

async function sources(folder: string, pattern: RegExp): Promise<Source[]> {
  const { files } = await listSourceFiles(join(ROOT, folder), { includeTests: true });
  return files.filter((file) => pattern.test(file)).map((file) => [file, readFileSync(join(ROOT, folder, file), 'utf8')] as const);
}
