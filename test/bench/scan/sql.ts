import { join } from 'node:path';
import type { Line } from '../report';
import { linesOf, migrationRepository, sampleOf, type Repository } from './corpora';
import { atLeast, atMost, detailOf } from './lines';
import { oursCold } from './ours';
import { inTurns, middle, ratioOf, spent, type Program } from './processes';
import { pythonTools, PYTHON_TOOLS } from './tools';

const ROUNDS = 3;
const SQUAWK_ROUNDS = 7;
/** sqlfluff takes a minute for all of them. */
const SAMPLED_FILES = 140;

/** 700 migrations from nothing, against sqlfluff and squawk. */
export async function sqlScans(): Promise<Line[]> {
  const repository = await migrationRepository();
  const tools = await pythonTools();
  return [await squawkLine(repository, tools), await sqlfluffLine(repository, tools)];
}

async function squawkLine(repository: Repository, tools: string): Promise<Line> {
  const program = { argv: [join(tools, 'squawk'), ...repository.files], cwd: repository.folder };
  const { squawk, cold } = await inTurns({ squawk: program, cold: oursCold(repository, 'squawk') }, SQUAWK_ROUNDS);
  const what = `squawk ${PYTHON_TOOLS['squawk-cli']} ${spent(squawk)} on as many threads as it likes against ${spent(cold)} on one`;
  return atMost('SQL: cold scan / squawk', 2, ratioOf(cold, squawk), detailOf(repository, SQUAWK_ROUNDS, what));
}

async function sqlfluffLine(repository: Repository, tools: string): Promise<Line> {
  const sample = sampleOf(repository, SAMPLED_FILES);
  const programs = { one: sqlfluff(repository, tools, sample.slice(0, 1)), sampled: sqlfluff(repository, tools, sample), cold: oursCold(repository, 'sqlfluff') };
  const { one, sampled, cold } = await inTurns(programs, ROUNDS);
  const start = middle(one.map(({ cpuMs }) => cpuMs));
  const share = linesOf(repository.folder, sample) / repository.lines;
  const what = `sqlfluff ${PYTHON_TOOLS.sqlfluff}, estimated by lines from ${sample.length} of the files (${spent(sampled)}, ${spent(one)} of it its start and one file) against ${spent(cold)}, one thread each`;
  return atLeast('SQL: sqlfluff / cold scan', 30, ratioOf(sampled, cold, (cpuMs) => start + (cpuMs - start) / share), detailOf(repository, ROUNDS, what));
}

const sqlfluff = ({ folder }: Repository, tools: string, files: readonly string[]): Program => ({
  argv: [join(tools, 'sqlfluff'), 'lint', '--dialect', 'postgres', '--processes', '1', '--disable-progress-bar', ...files],
  cwd: folder,
});
