import * as fs from 'node:fs/promises';
import { format } from 'node:util';
import { reportMark, requestVariable, type SuiteRequest, type SuiteResult } from '../protocol';

const testTimeoutMs = 30_000;

/**
 * The entry that VS Code calls inside the extension host, in code-server and in Electron alike. Runs the requested
 * files and, at the very end, writes the result that proves that it got there.
 */
export async function run(): Promise<void> {
  const request = readRequest();
  const result = await runMocha(request);
  await fs.writeFile(request.sentinel, JSON.stringify(result));
  if (result.failures > 0) {
    throw new Error(`${result.failures} failed`);
  }
}

function readRequest(): SuiteRequest {
  const text = process.env[requestVariable];
  if (text === undefined) {
    throw new Error(`${requestVariable} is not set: start the suite with test/host/run.ts or test/host/electron.ts.`);
  }
  return JSON.parse(text) as SuiteRequest;
}

/** `forbidOnly`, because a forgotten ".only" would make a run pass that tested next to nothing. */
async function runMocha(request: SuiteRequest): Promise<SuiteResult> {
  // Stack traces then name the lines of the sources, not of the bundles.
  process.setSourceMapsEnabled(true);
  const { default: Mocha } = await import('mocha');
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => reportLines(format(...parts));
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: testTimeoutMs, forbidOnly: true });
  request.files.forEach(file => mocha.addFile(file));
  await mocha.loadFilesAsync();
  return new Promise(resolve => {
    const runner = mocha.run(failures => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      resolve({ nonce: request.nonce, passes, failures, pending });
    });
  });
}

/** The lines go out one by one, each with its mark; "%s" keeps the console from formatting them again. */
function reportLines(text: string): void {
  for (const line of text.split('\n')) {
    console.log('%s', reportMark + line);
  }
}
