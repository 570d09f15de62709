import { endOnSignals } from '../../src/build/vscode/ending';
import { buildPackage } from './buildPackage';
import { bundleSuite } from './bundle';
import { runScenario } from './runScenario';
import { type ScenarioRun, selectRuns } from './scenarios';
import type { Verdict } from './verdict';

const usage = `Runs the host tests in a real VS Code: the packaged extension in code-server, in Chromium.

  npx tsx test/host/run.ts [filter] [--vsix <file>]

filter          a scenario (trusted), a file (trusted/activation) or part of a file's name
--vsix <file>   tests this package instead of building one`;

export interface HostTestOptions {
  readonly filter?: string;
  /** A package to test; without it the extension is built and packaged first. */
  readonly vsix?: string;
}

/** Runs every scenario that has matching tests, one after the other, and adds up their verdicts. */
export async function runHostTests(options: HostTestOptions = {}): Promise<Verdict> {
  const runs = selectRuns(options.filter);
  if (runs.length === 0) {
    return { passed: 0, failed: 1, problem: `no test matches "${options.filter}"` };
  }
  const suite = await bundleSuite(runs.flatMap(run => run.files));
  const vsix = options.vsix ?? (await buildPackage());
  let passed = 0;
  let failed = 0;
  for (const run of runs) {
    const verdict = await announced(run, () => runScenario(run, vsix, suite));
    passed += verdict.passed;
    failed += verdict.failed;
  }
  return { passed, failed };
}

/** Says what runs, how long it took and, where a run broke, why; a broken run does not keep the next from running. */
export async function announced(run: ScenarioRun, work: () => Promise<Verdict>): Promise<Verdict> {
  const { name } = run.scenario;
  console.log(`\nVS Code, ${name}:`);
  const started = Date.now();
  const verdict = await work().catch((error: Error): Verdict => ({ passed: 0, failed: 1, problem: error.message }));
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (verdict.problem !== undefined) {
    console.log(`FAILED: ${verdict.problem}`);
  }
  console.log(`VS Code, ${name}: ${verdict.passed} passed, ${verdict.failed} failed (${seconds} s)`);
  return verdict;
}

async function main(args: string[]): Promise<void> {
  endOnSignals();
  if (args.includes('--help')) {
    console.log(usage);
    return;
  }
  const at = args.indexOf('--vsix');
  const vsix = at === -1 ? undefined : args.splice(at, 2)[1];
  const verdict = await runHostTests({ filter: args[0], vsix });
  if (verdict.problem !== undefined) {
    console.log(verdict.problem);
  }
  console.log(`\n${verdict.passed} passed, ${verdict.failed} failed`);
  process.exitCode = verdict.failed === 0 ? 0 : 1;
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
