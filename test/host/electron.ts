import * as path from 'node:path';
import { downloadAndUnzipVSCode, runTests, runVSCodeCommand, TestRunFailedError } from '@vscode/test-electron';
import { sandboxArguments } from '../../src/build/vscode/desktop';
import { endOnSignals } from '../../src/build/vscode/ending';
import { unwantedVariables } from '../../src/build/vscode/environment';
import { demoWorkspace, editorCache } from '../../src/build/vscode/paths';
import { createProfile } from '../../src/build/vscode/profile';
import { temporaryFolder } from '../../src/build/vscode/temporaryFolder';
import { buildPackage } from './buildPackage';
import { type BundledSuite, bundleSuite } from './bundle';
import { requestVariable } from './protocol';
import { announced } from './run';
import { driverExtension, suiteRequest, verdictFrom } from './runScenario';
import { type ScenarioRun, selectRuns } from './scenarios';
import type { Verdict } from './verdict';
import { copyWorkspace } from './workspace';

const download = { version: 'stable', cachePath: editorCache };

/** Runs one scenario's tests in a desktop VS Code. Everything printed goes straight to the terminal. */
async function runInElectron(run: ScenarioRun, executable: string, vsix: string, suite: BundledSuite): Promise<Verdict> {
  const { scenario } = run;
  const folder = temporaryFolder();
  const request = suiteRequest(run, folder.path, suite);
  const profile = await createProfile(path.join(folder.path, 'profile'));
  const own = ['--user-data-dir', profile.userData, '--extensions-dir', profile.extensions, ...sandboxArguments()];
  await runVSCodeCommand([...own, '--install-extension', vsix, '--force'], { ...download, reuseMachineInstall: true });
  const exitCode = await runTests({
    vscodeExecutablePath: executable,
    reuseMachineInstall: true,
    extensionDevelopmentPath: driverExtension,
    extensionTestsPath: suite.entry,
    extensionTestsEnv: {
      ...Object.fromEntries(unwantedVariables().map(name => [name, undefined])),
      [requestVariable]: JSON.stringify(request),
    },
    launchArgs: [
      ...(scenario.opensWorkspace ? [copyWorkspace(demoWorkspace, folder.path)] : []),
      ...own,
    ],
  }).catch((error: unknown) => {
    if (error instanceof TestRunFailedError) {
      return error.code ?? null;
    }
    throw error;
  });
  const verdict = await verdictFrom(exitCode, request);
  folder.remove();
  return verdict;
}

async function main(filter: string | undefined): Promise<void> {
  endOnSignals();
  // runTests() always switches workspace trust off, so what needs it runs in code-server only (test/host/run.ts).
  const runs = selectRuns(filter).filter(run => run.scenario.trusted);
  const executable = await downloadAndUnzipVSCode(download).catch((error: Error) => {
    throw new Error(
      `VS Code could not be downloaded: ${error.message}\n` +
        'Next step: without the internet, run "npx tsx test/host/run.ts", which runs the same tests in VS Code from npm.',
    );
  });
  const suite = await bundleSuite(runs.flatMap(run => run.files));
  const vsix = await buildPackage();
  let failed = runs.length === 0 ? 1 : 0;
  for (const run of runs) {
    failed += (await announced(run, () => runInElectron(run, executable, vsix, suite))).failed;
  }
  process.exitCode = failed === 0 ? 0 : 1;
}

main(process.argv[2]).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
