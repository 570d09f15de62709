import { scrubbedEnvironment } from './environment';
import type { CodeServerInstallation } from './installation';
import { type Profile, profileArguments } from './profile';
import { type Ended, lastLines, type ProcessGroup, startGroup } from './processes';

const startTimeoutMs = 60_000;

export interface CodeServerOptions {
  readonly profile: Profile;
  /** Whether every folder counts as trusted. Otherwise VS Code's workspace trust is on, and new folders are not. */
  readonly trusted: boolean;
  /** Lets the page's address name an extension under development and a test suite. */
  readonly testDriver?: boolean;
  /** Variables for the server, its extension host and its terminals, over this process's own. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface CodeServer {
  /** For example http://127.0.0.1:41234, without a slash at the end. */
  readonly origin: string;
  readonly ended: Promise<Ended>;
  output(): string;
  stop(): Promise<void>;
}

/**
 * Starts VS Code as a server that only this machine can reach, and waits until it answers.
 * @throws Error with the end of its output when it ends, or does not answer, within a minute.
 */
export async function startCodeServer(
  installation: CodeServerInstallation,
  options: CodeServerOptions,
): Promise<CodeServer> {
  const group = startGroup(installation.node, [installation.entry, ...serverArguments(options)], {
    // An empty gallery keeps the server from calling a marketplace.
    env: scrubbedEnvironment({ EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...options.env }),
  });
  const origin = await answering(group).catch(async (error: Error) => {
    await group.stop();
    throw new Error(`VS Code's server did not start: ${error.message}\n${lastLines(group.output())}`);
  });
  return { origin, ended: group.ended, output: group.output, stop: group.stop };
}

function serverArguments(options: CodeServerOptions): string[] {
  return [
    ...profileArguments(options.profile),
    '--bind-addr', '127.0.0.1:0',
    '--auth', 'none',
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    ...(options.trusted ? ['--disable-workspace-trust'] : []),
    ...(options.testDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
}

/** The system picks a free port; the server prints which, and is ready when its health page answers. */
async function answering(group: ProcessGroup): Promise<string> {
  let running = true;
  void group.ended.then(() => (running = false));
  const deadline = Date.now() + startTimeoutMs;
  while (running && Date.now() < deadline) {
    const origin = /HTTP server listening on (http:\/\/[\d.]+:\d+)/.exec(group.output())?.[1];
    if (origin !== undefined && (await isHealthy(origin))) {
      return origin;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(running ? `no answer after ${startTimeoutMs / 1000} s.` : 'it ended.');
}

async function isHealthy(origin: string): Promise<boolean> {
  return fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(5_000) }).then(
    response => response.ok,
    () => false,
  );
}
