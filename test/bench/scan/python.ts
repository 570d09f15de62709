import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Line } from '../report';
import { djangoRepository, linesOf, sampleOf, type Repository } from './corpora';
import { atLeast, atMost, detailOf } from './lines';
import { oursCold } from './ours';
import { inTurns, middle, ratioOf, spent, type Program } from './processes';
import { CACHE, npmTools, NPM_TOOLS, pythonTools, PYTHON_TOOLS } from './tools';

const ROUNDS = 3;
const RUFF_ROUNDS = 5;
/** pylint takes minutes for 3,000 files. */
const SAMPLED_FILES = 300;

/** What pylint has for the patterns that ours looks for, extensions included. */
const PYLINT_CHECKS = [
  'consider-iterating-dictionary', 'consider-using-any-or-all', 'consider-using-dict-items', 'consider-using-generator', 'consider-using-in', 'consider-using-join',
  'method-cache-max-size-none', 'unnecessary-comprehension', 'unnecessary-dict-index-lookup', 'unnecessary-list-index-lookup', 'use-a-generator', 'use-dict-literal',
  'use-list-literal', 'use-sequence-for-iteration', 'use-set-for-membership',
];
const PYLINT_EXTENSIONS = ['pylint.extensions.for_any_all', 'pylint.extensions.set_membership'];

/** A scan of a Django project from nothing, against pylint and against ruff's PERF rules in WebAssembly. */
export async function pythonScans(named?: string): Promise<Line[]> {
  const repository = await djangoRepository(named);
  return [await ruffLine(repository), await pylintLine(repository)];
}

async function ruffLine(repository: Repository): Promise<Line> {
  const { ruff, cold } = await inTurns({ ruff: ruffProgram(repository, await npmTools()), cold: oursCold(repository, 'ruff') }, RUFF_ROUNDS);
  const what = `ruff ${NPM_TOOLS['@astral-sh/ruff-wasm-nodejs']} in WebAssembly ${spent(ruff)} against ${spent(cold)}, one thread each`;
  return atMost('Python: cold scan / ruff PERF', 3, ratioOf(cold, ruff), detailOf(repository, RUFF_ROUNDS, what));
}

async function pylintLine(repository: Repository): Promise<Line> {
  const tools = await pythonTools();
  const sample = sampleOf(repository, SAMPLED_FILES);
  const programs = { nothing: pylint(repository, tools, []), sampled: pylint(repository, tools, sample), cold: oursCold(repository, 'pylint') };
  const { nothing, sampled, cold } = await inTurns(programs, ROUNDS);
  const start = middle(nothing.map(({ cpuMs }) => cpuMs));
  const share = linesOf(repository.folder, sample) / repository.lines;
  const what = `pylint ${PYTHON_TOOLS.pylint} with ${PYLINT_CHECKS.length} checks, estimated by lines from ${sample.length} of the files (${spent(sampled)}, ${spent(nothing)} of it its start) against ${spent(cold)}, one thread each`;
  return atLeast('Python: pylint / cold scan', 20, ratioOf(sampled, cold, (cpuMs) => start + (cpuMs - start) / share), detailOf(repository, ROUNDS, what));
}

function pylint({ folder }: Repository, tools: string, files: readonly string[]): Program {
  const [configuration, nothing] = [join(CACHE, 'pylintrc'), join(CACHE, 'empty.py')];
  writeFileSync(configuration, '[MAIN]\n');
  writeFileSync(nothing, '');
  const options = ['--rcfile', configuration, '--jobs=1', '--persistent=n', '--score=n', '--exit-zero'];
  const checks = [`--load-plugins=${PYLINT_EXTENSIONS.join()}`, '--disable=all', `--enable=${PYLINT_CHECKS.join()}`];
  return { argv: [join(tools, 'pylint'), ...options, ...checks, ...(files.length > 0 ? files : [nothing])], cwd: folder };
}

function ruffProgram({ folder, files }: Repository, tools: string): Program {
  const list = join(CACHE, 'ruff-files.json');
  writeFileSync(list, JSON.stringify(files));
  return { argv: [process.execPath, resolve(__dirname, 'ruff.mjs'), join(tools, 'node_modules/@astral-sh/ruff-wasm-nodejs/ruff_wasm.js'), list], cwd: folder };
}
