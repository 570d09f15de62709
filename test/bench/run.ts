import { build } from '../../src/build/build';
import { readOptions, type BenchOptions } from './options';
import { overheads } from './overhead';
import { keystrokes } from './keystrokes';
import { fullPasses } from './passes';
import { largeReport } from './panel';
import { print, skipped, type Line } from './report';
import { pythonScans } from './scan/python';
import { sqlScans } from './scan/sql';
import { Unavailable } from './scan/tools';
import { typescriptScans } from './scan/typescript';
import { serverMemory } from './serverMemory';
import { sizes } from './sizes';
import { sqlPasses } from './sql';
import { typedAnswers } from './typedAnswers';

/** The names that `--only` chooses among. */
const GROUPS: Readonly<Record<string, (options: BenchOptions) => Promise<Line[]>>> = {
  passes: fullPasses,
  'sql-passes': sqlPasses,
  keystrokes,
  'typed-answers': typedAnswers,
  'server-memory': ({ repository }) => serverMemory(repository),
  'typescript-scan': ({ repository }) => typescriptScans(repository),
  'python-scan': ({ repository }) => pythonScans(repository),
  'sql-scan': sqlScans,
  overhead: overheads,
  panel: largeReport,
  sizes,
};

/** `npm run bench`: speed as ratios taken in interleaved rounds, and the sizes of what is shipped. */
async function main(): Promise<void> {
  const began = Date.now();
  const options = readOptions(process.argv.slice(2));
  const chosen = Object.keys(GROUPS).filter((name) => options.only.length === 0 || options.only.some((part) => name.includes(part)));
  if (chosen.length === 0) throw new Error(`--only ${options.only.join()} chooses nothing. There are ${Object.keys(GROUPS).join(', ')}.`);
  await build();
  // The client lets go of its server, so that a server keeps no test waiting; here it is waited for.
  const alive = setInterval(() => undefined, 60_000);
  const lines: Line[] = [];
  try {
    for (const name of chosen) lines.push(...(await linesOf(name, options)));
  } finally {
    clearInterval(alive);
  }
  const missed = print(lines);
  console.log(`\n${((Date.now() - began) / 60_000).toFixed(1)} minutes.${missed > 0 ? ` ${missed} over budget.` : ''}`);
  process.exitCode = missed > 0 ? 1 : 0;
}

/** What is compared with may not be had here, which is no reason to measure nothing. */
async function linesOf(name: string, options: BenchOptions): Promise<Line[]> {
  try {
    return await GROUPS[name]!(options);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return [skipped(name, error.message)];
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
