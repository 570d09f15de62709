import { parseArgs } from 'node:util';
import type { Outcome } from './run/counts';
import { runStage } from './run/runStage';
import { allStages, type Stage } from './run/stages';

const USAGE = `Runs every test, or the stages that are named.

  npm test [-- --only <stage>[,<stage>]]

Stages: ${allStages().map(({ name }) => name).join(', ')}. A stage that needs the built programs builds them first.`;

/** @throws Error naming a stage that does not exist. */
function selectStages(only: string | undefined): Stage[] {
  const stages = allStages();
  if (only === undefined) return stages;
  const names = only.split(',');
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) throw new Error(`There is no stage ${unknown.join(', ')}.\n\n${USAGE}`);
  const needsBuild = stages.some((stage) => names.includes(stage.name) && stage.needsBuild);
  return stages.filter(({ name }) => names.includes(name) || (name === 'build' && needsBuild));
}

async function announced(stage: Stage): Promise<Outcome> {
  console.log(`\n=== ${stage.name}`);
  const started = Date.now();
  const outcome = await runStage(stage);
  if (outcome.problem !== undefined) console.log(`FAILED: ${stage.name}: ${outcome.problem}`);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`=== ${stage.name}: ${outcome.passed} passed, ${outcome.failed} failed (${seconds} s)`);
  return outcome;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(USAGE);
  let passed = 0;
  let failed = 0;
  const broken: string[] = [];
  for (const stage of selectStages(values.only)) {
    const outcome = await announced(stage);
    passed += outcome.passed;
    failed += outcome.failed;
    if (outcome.failed > 0) broken.push(stage.name);
  }
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
