import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Line } from './report';
import type { SqlFigures } from './sqlChild';

const ROOT = join(__dirname, '../..');
const MIB = 1024 * 1024;
const BUDGET = { ratio: 1.5, edit: 1, rss: 150 * MIB };

/**
 * SQL in a process of its own: the parser's WebAssembly is compiled as in the programs (--liftoff-only), and the
 * code is bundled, because the loader that runs these files names every function when it is made.
 */
export async function sqlPasses(): Promise<Line[]> {
  const child = join(ROOT, 'dist/bench/sqlChild.cjs');
  await build({ entryPoints: [join(__dirname, 'sqlChild.ts')], outfile: child, bundle: true, platform: 'node', format: 'cjs', external: ['libpg-query'], logLevel: 'warning' });
  const output = execFileSync(process.execPath, ['--liftoff-only', child], { cwd: ROOT, encoding: 'utf8', maxBuffer: MIB });
  const { ratio, interval, baselineMs, subjectMs, rounds, files, lines, parsesOfEdit, rssBytes } = JSON.parse(output) as SqlFigures;
  return [
    {
      name: 'SQL: full pass / parse',
      figure: `${ratio.toFixed(2)}x [${interval.map((bound) => bound.toFixed(2)).join(', ')}]`,
      budget: `${BUDGET.ratio}x`,
      met: ratio <= BUDGET.ratio,
      detail: `${rounds} rounds, ${files} files, ${lines} lines, ${baselineMs.toFixed(1)} ms of CPU against ${subjectMs.toFixed(1)} ms`,
    },
    { name: 'SQL: statements parsed for an edit', figure: String(parsesOfEdit), budget: String(BUDGET.edit), met: parsesOfEdit <= BUDGET.edit, detail: 'of 200 in the file' },
    { name: 'SQL: memory with the parser', figure: `${Math.round(rssBytes / MIB)} MiB`, budget: `${BUDGET.rss / MIB} MiB`, met: rssBytes <= BUDGET.rss, detail: 'resident, after all passes' },
  ];
}
