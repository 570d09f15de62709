import { parseArgs } from 'node:util';
import type { Outcome } from './run/counts';
import { runStage } from './run/runStage';
import { allStages, type Stage } from './run/stages';

const USAGE = `Runs every test but the scenarios, or the stages that are named.

  npm test [-- --only <stage>[,<stage>]]

Stages: ${allStages().map(({ name }) => name).join(', ')}. A stage that needs the built programs builds them first.`;

/** @throws Error naming a stage that does not exist. */
function selectStages(only: string | undefined): Stage[] {
  const stages = allStages();
  if (only === undefined) return stages.filter(({ asked }) => !asked);
  const names = only.split(',');
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) throw new Error(`There is no stage ${unknown.join(', ')}.\n\n${USAGE}`);
  const needsBuild = stages.some((stage) => names.includes(stage.name) && stage.needsBuild);
  return stages.filter(({ name }) => names.includes(name) || (name === 'build' && needsBuild));
}

interface Result extends Outcome {
  readonly stage: string;
}

async function announced(stage: Stage): Promise<Result> {
  console.log(`\n=== ${stage.name}${stage.beside ? ', beside what follows; its output comes when it has ended' : ''}`);
  const started = Date.now();
  const held: string[] = [];
  const outcome = await (stage.beside ? runStage(stage, (text) => void held.push(text)) : runStage(stage));
  if (stage.beside) console.log(`\n=== ${stage.name}\n${held.join('')}`);
  if (outcome.problem !== undefined) console.log(`FAILED: ${stage.name}: ${outcome.problem}`);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`=== ${stage.name}: ${outcome.passed} passed, ${outcome.failed} failed (${seconds} s)`);
  return { ...outcome, stage: stage.name };
}

/** One stage after the other, with some beside them. */
async function runAll(stages: readonly Stage[]): Promise<Result[]> {
  const results: Result[] = [];
  let beside: Promise<Result>[] = [];
  const gather = async (): Promise<void> => {
    results.push(...(await Promise.all(beside)));
    beside = [];
  };
  for (const stage of stages) {
    if (stage.waits) await gather();
    if (stage.beside) beside.push(announced(stage));
    else results.push(await announced(stage));
  }
  await gather();
  return results;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(USAGE);
  const results = await runAll(selectStages(values.only));
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  const broken = results.filter((result) => result.failed > 0).map(({ stage }) => stage);
  if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}. To run one of them: npm test -- --only ${broken[0]}`);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

if (require.main === module) {
  main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 2;
  });
}
