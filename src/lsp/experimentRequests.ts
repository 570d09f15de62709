import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Run } from '../core/evidence';
import { failures, FailureError, type Failure } from '../core/failures';
import { newRunId, RUN_ID } from '../evidence/runId';
import { requireText } from './answering';
import { commandLineProgram, type ServerContext } from './context';
import { experimentCommand } from './experimentCommands';
import type { ExperimentFinishParams, ExperimentParams, ExperimentPlanResult, RunSummary } from './protocol';
import { summaryOf } from './runSummary';
import { withFolder } from './sessionFiles';

/** The command line looks at the workspace first. */
const PREPARING_MS = 60_000;

/** What takes several programs: the terminal runs our own command line, which runs and ends them. */
export async function plan(context: ServerContext, { folder, experiment, timeLimitSeconds, rounds }: ExperimentParams): Promise<ExperimentPlanResult> {
  const { settings } = context.sessions;
  if (!settings.trusted) throw new FailureError(failures.untrustedWorkspace());
  const { session, root, store } = withFolder(context.sessions.ofFolder(requireText(folder, 'folder')));
  const command = await experimentCommand(context, { session, store }, experiment, rounds);
  if (command.kind === 'fill-in') return command;
  const id = newRunId(new Date());
  const options = [
    ...['--json-file', resultFile(id), '--time-limit', String(timeLimitSeconds)],
    ...(settings.nodePath ? ['--node-path', settings.nodePath] : []),
    ...(settings.pythonPath ? ['--python-path', settings.pythonPath] : []),
  ];
  return {
    kind: 'run',
    plan: {
      id,
      label: command.label,
      workspace: root.path,
      argv: [...commandLineProgram(), ...command.argv, ...options],
      cwd: root.path,
      // The editor's own program is a Node only when it is told to be one.
      env: process.versions.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {},
      timeoutMs: timeLimitSeconds * 1000 * command.programs + PREPARING_MS,
    },
  };
}

/** Takes over what the command line has left. */
export async function complete(context: ServerContext, { plan: { id, label, workspace, argv }, exit }: ExperimentFinishParams): Promise<RunSummary | null> {
  const { session, root } = withFolder(context.sessions.ofFolder(pathToFileURL(requireText(workspace, 'plan.workspace')).href));
  const result = takeResult(requireText(id, 'plan.id'));
  const run = result?.runs[0];
  if (run) {
    await session.loadEvidence();
    context.refresher.folder(session, { lenses: true });
    return summaryOf(run, session, root.path);
  }
  if (exit.ending === 'cancelled') return null;
  if (exit.ending === 'timed-out') throw new FailureError(failures.programTimedOut(label, Math.round(exit.durationMs / 1000)));
  if (exit.ending === 'not-started') throw new FailureError(failures.programNotStarted(label, argv[0] ?? '', exit.cause));
  throw new FailureError(result?.failures[0] ?? failures.programFailed(label, `exit code ${exit.code ?? 'unknown'}`));
}

interface Result {
  readonly runs: readonly Run[];
  readonly failures: readonly Failure[];
}

/** Where the command line leaves its result. */
const resultFile = (id: string): string => join(tmpdir(), `performance-engineer-${id}.json`);

/** Reads what the command line has left, and removes it: the run itself is stored. Undefined where it was ended before it had written. */
function takeResult(id: string): Result | undefined {
  if (!RUN_ID.test(id)) return undefined;
  try {
    return JSON.parse(readFileSync(resultFile(id), 'utf8')) as Result;
  } catch {
    return undefined;
  } finally {
    rmSync(resultFile(id), { force: true });
  }
}
