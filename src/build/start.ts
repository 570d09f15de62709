import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build';
import { packageExtension } from './package';
import { serveInBrowser } from './vscode/browserWindow';
import { openDownloaded, openInstalled, withoutDesktop } from './vscode/desktop';
import { endOnSignals } from './vscode/ending';
import { demoWorkspace, projectRoot } from './vscode/paths';

const usage = `Builds the extension and opens it, with the demo in examples/orders, in a real VS Code.

  npm start                 the installed VS Code; else a downloaded one; else VS Code from npm in the browser
  npm start -- --browser    VS Code from npm in the browser, at an address that is printed
  npm start -- --report     no window: detects, runs the demo's benchmark and prints the report
  npm start -- --help       this text`;

interface StartOptions {
  readonly browser?: boolean;
  readonly report?: boolean;
  readonly help?: boolean;
}

async function main(options: StartOptions): Promise<number> {
  if (options.help) {
    console.log(usage);
    return 0;
  }
  console.log('Building the extension...');
  await build();
  await prepareDemo();
  if (options.report) {
    return runNode(['dist/cli.js', 'report', path.relative(projectRoot, demoWorkspace), '--run-benchmark']);
  }
  endOnSignals(0);
  await openWindow(options.browser ?? false);
  return 0;
}

/** The demo's databases are not in git: its own script makes them, and leaves those alone that are up to date. */
async function prepareDemo(): Promise<void> {
  const script = path.join(demoWorkspace, 'prepare.mjs');
  if (fs.existsSync(script) && (await runNode([script])) !== 0) {
    throw new Error('The demo could not be prepared; the reason is above.');
  }
}

/** Tries one way after the other; each says in a line why it does not work here. */
async function openWindow(onlyBrowser: boolean): Promise<void> {
  if (!onlyBrowser) {
    const reason = withoutDesktop();
    if (reason !== null) {
      console.log(reason);
    } else if ((await openInstalled(demoWorkspace, console.log)) || (await openDownloaded(demoWorkspace, console.log))) {
      return;
    }
    console.log('Using VS Code from npm, in the browser.');
  }
  const { file } = await packageExtension();
  await serveInBrowser(demoWorkspace, file, console.log);
}

/** Runs a Node script in the foreground, in the checkout, and returns its exit code. */
function runNode(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    spawn(process.execPath, args, { cwd: projectRoot, stdio: 'inherit' })
      .once('error', reject)
      .once('close', code => resolve(code ?? 1));
  });
}

function readOptions(): StartOptions {
  try {
    const flags = { browser: { type: 'boolean' }, report: { type: 'boolean' }, help: { type: 'boolean' } } as const;
    return parseArgs({ options: flags }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

main(readOptions()).then(
  code => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
