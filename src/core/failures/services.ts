import type { Failure } from '../failures';

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!;

/** Failures of what runs already, or is started to be driven. */
export const serviceFailures = {
  serviceNotStarted: (label: string, why: string): Failure => ({
    code: 'service-not-started',
    message: `"${label}" did not come to answer on a port of this machine (${why}). See its output, or say where it listens with --port.`,
  }),
  noAppScript: (): Failure => ({
    code: 'no-app-script',
    message: 'No package.json of this folder has a script that starts an app, so there is nothing to drive. Add a "start" script that starts it on the port of the environment variable PORT, and try again.',
  }),
  notLoopback: (url: string): Failure => ({
    code: 'not-loopback',
    message: `${url} is not on this machine, and load is sent to no other. Start the service here, and name a path of it.`,
  }),
  cannotAttach: (what: string, cause: unknown): Failure => ({
    code: 'cannot-attach',
    message: `${what} could not be recorded (${reason(cause)}). It has to be a process of yours on this machine; for Node one that was started with --inspect, or whose port 9229 is free.`,
  }),
  noDebugSession: (): Failure => ({
    code: 'no-debug-session',
    message: 'No debug session of Node or a browser is running, so there is nothing to record. Start one (F5) and run the command again; a Python program is recorded with "Attach to Running Process…".',
  }),
  debugSessionNotRecorded: (session: string, cause: unknown): Failure => ({
    code: 'debug-session-not-recorded',
    message: `The debug session "${session}" gave no profile (${reason(cause)}). Let it run while it is recorded, and see that VS Code's JavaScript debugger is enabled.`,
  }),
  pySpyMissing: (): Failure => ({
    code: 'py-spy-missing',
    message: 'Recording a running Python process takes py-spy, which was not found. Install it (pip install py-spy), or profile a test or program that is started for it.',
  }),
} as const;
