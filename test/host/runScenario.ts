import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { format } from 'node:util';
import { demoWorkspace } from '../../src/build/vscode/paths';
import { temporaryFolder } from '../../src/build/vscode/temporaryFolder';
import { workbenchUrl } from '../../src/build/vscode/workbenchUrl';
import type { BundledSuite } from './bundle';
import { keepEvidence, type ReportedLog } from './evidence';
import { reportMark, requestVariable, type SuiteRequest } from './protocol';
import type { ScenarioRun } from './scenarios';
import { openSession, type Session } from './session';
import { judge, type Verdict } from './verdict';
import { copyWorkspace } from './workspace';

const timeoutMs = 420_000;

export const driverExtension = path.join(__dirname, 'driver');

/** How a run came to its end: VS Code reported an exit code, or something broke first. */
type Ending = { readonly code: number; readonly logs: readonly ReportedLog[] } | { readonly broken: string };

/** Runs one scenario's tests in a VS Code of its own, in a browser, and prints what mocha prints. */
export async function runScenario(run: ScenarioRun, vsix: string, suite: BundledSuite): Promise<Verdict> {
  const { scenario } = run;
  const folder = temporaryFolder();
  const request = suiteRequest(run, folder.path, suite);
  const printed: string[] = [];
  const session = await openSession({
    vsix,
    trusted: scenario.trusted,
    testDriver: true,
    env: { [requestVariable]: JSON.stringify(request) },
  });
  try {
    const workspace = scenario.opensWorkspace ? copyWorkspace(demoWorkspace, folder.path) : undefined;
    const ending = await drive(session, workspace, suite.entry, text => {
      printed.push(text);
      printReport(text);
    });
    const verdict = await verdictOn(ending, request);
    if (verdict.failed > 0) {
      const kept = await keepEvidence(scenario.name, session, [
        { relativePath: 'console.log', contents: printed.join('\n') },
        ...('logs' in ending ? ending.logs : []),
      ]);
      console.log(`Screenshot and logs: ${kept}`);
    }
    return verdict;
  } finally {
    await session.dispose();
    folder.remove();
  }
}

/** Asks the suite for the run's files and for a result file in `folder`. */
export function suiteRequest(run: ScenarioRun, folder: string, suite: BundledSuite): SuiteRequest {
  return { nonce: randomUUID(), sentinel: path.join(folder, 'result.json'), files: run.files.map(suite.bundleOf) };
}

/** Reads the suite's result file and judges the run by it and by VS Code's exit code. */
export async function verdictFrom(exitCode: number | null, request: SuiteRequest): Promise<Verdict> {
  const sentinel = await fs.readFile(request.sentinel, 'utf8').catch(() => null);
  return judge(exitCode, sentinel, request.nonce);
}

async function verdictOn(ending: Ending, request: SuiteRequest): Promise<Verdict> {
  if ('code' in ending) {
    return verdictFrom(ending.code, request);
  }
  const { passed, failed } = await verdictFrom(null, request);
  return { passed, failed, problem: ending.broken };
}

/** Opens the workbench with the suite and waits for the end. The page's functions must exist before it loads. */
async function drive(
  session: Session,
  workspace: string | undefined,
  entry: string,
  log: (text: string) => void,
): Promise<Ending> {
  const { page, server } = session;
  let timer: NodeJS.Timeout | undefined;
  const ending = new Promise<Ending>((resolve, reject) => {
    timer = setTimeout(() => resolve({ broken: `no end after ${timeoutMs / 1000} s` }), timeoutMs);
    page.once('crash', () => resolve({ broken: 'the browser page crashed' }));
    void server.ended.then(({ code }) => resolve({ broken: `VS Code's server ended with exit code ${code}` }));
    page
      .exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => log(format(...args)))
      .then(() =>
        page.exposeFunction('codeAutomationExit', (code: number, logs: ReportedLog[] = []) => resolve({ code, logs })),
      )
      .then(() => page.goto(workbenchUrl(server.origin, { folder: workspace, test: { extension: driverExtension, suite: entry } })))
      .catch(reject);
  });
  return ending.finally(() => clearTimeout(timer));
}

/** Mocha's report goes to the terminal; the rest of what VS Code prints matters only after a failure. */
function printReport(text: string): void {
  if (text.startsWith(reportMark)) {
    console.log(text.slice(reportMark.length));
  }
}
