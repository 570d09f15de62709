import { pathToFileURL } from 'node:url';
import { failures, FailureError } from '../core/failures';
import type { EvidenceStore } from '../evidence/store';
import { requireText } from './answering';
import type { ServerContext } from './context';
import { generatedDriver } from './measureRequests';
import type { Experiment, FunctionParams, PlanResult } from './protocol';
import type { Session } from './session';

/** What our own command line is asked to do. */
export interface ExperimentCommand {
  readonly kind: 'run';
  readonly argv: readonly string[];
  readonly label: string;
  /** How many programs it runs one after the other, each within the time limit. */
  readonly programs: number;
}

type Made = ExperimentCommand | Extract<PlanResult, { kind: 'fill-in' }>;

/** A comparison runs twenty processes of each side; the command line leaves out what does not fit. */
const PROGRAMS_IN_TURN = 10;

/** The command for an experiment, with so many processes of each side where it compares, or the driver that waits for its arguments. Throws FailureError. */
export async function experimentCommand(context: ServerContext, { session, store }: { readonly session: Session; readonly store: EvidenceStore }, experiment: Experiment, rounds?: number): Promise<Made> {
  const inTurn = ['--fail-on', 'none', ...(rounds === undefined ? [] : ['--rounds', String(rounds)])];
  switch (experiment.kind) {
    case 'grow': {
      const { file, functionName } = placeOf(context, session, experiment.target);
      return (await unfilled(context, session, { file, functionName })) ?? { kind: 'run', argv: ['grow', `${file}:${functionName}`], label: `Growth of ${functionName}`, programs: 1 };
    }
    case 'again': {
      const { driver, target } = await store.read(requireText(experiment.run, 'run'));
      return { kind: 'run', argv: ['compare', experiment.run, ...inTurn], label: `${target?.functionName ?? driver.label}, again`, programs: PROGRAMS_IN_TURN };
    }
    case 'compare': {
      const before = placeOf(context, session, experiment.before);
      const missing = await unfilled(context, session, before);
      if (missing) return missing;
      const nameOf = ({ file, functionName }: { readonly file: string; readonly functionName: string }): string => `${file}:${functionName}`;
      if ('commit' in experiment.after) {
        const { commit } = experiment.after;
        return { kind: 'run', argv: ['compare', nameOf(before), `--commit=${requireText(commit, 'commit')}`, ...inTurn], label: `${before.functionName} at ${commit} and now`, programs: PROGRAMS_IN_TURN };
      }
      const after = placeOf(context, session, experiment.after);
      return { kind: 'run', argv: ['compare', nameOf(before), nameOf(after), ...inTurn], label: `${before.functionName} against ${after.functionName}`, programs: PROGRAMS_IN_TURN };
    }
    case 'load': {
      const { script, route, path, ratePerSecond, seconds } = experiment;
      const options = [
        ...[`--script=${requireText(script, 'script')}`, ...(experiment.package ? [`--package=${experiment.package}`] : [])],
        ...(path ? [`--path=${path}`] : []),
        ...(ratePerSecond === undefined ? [] : [`--rate=${ratePerSecond}`]),
        ...(seconds === undefined ? [] : [`--seconds=${seconds}`]),
      ];
      return { kind: 'run', argv: ['load', requireText(route, 'route'), ...options], label: `Load on ${route}`, programs: 1 };
    }
    case 'attach': {
      const { process, seconds } = experiment;
      const which = process.kind === 'inspector' ? [`--inspect-port=${process.port}`] : [String(process.pid), ...(process.kind === 'python' ? ['--python'] : [])];
      const label = process.kind === 'inspector' ? `the process on port ${process.port}` : `process ${process.pid}`;
      return { kind: 'run', argv: ['attach', ...which, `--seconds=${seconds}`], label: `Profile of ${label}`, programs: 1 };
    }
  }
}

function placeOf(context: ServerContext, session: Session, { uri, functionName }: FunctionParams): { file: string; functionName: string } {
  const place = context.sessions.find(requireText(uri, 'uri'));
  if (place === undefined || place.session !== session) throw new FailureError(failures.noFolder());
  return { file: place.file, functionName: requireText(functionName, 'functionName') };
}

/** The driver of a function where its arguments are still to be filled in. */
async function unfilled(context: ServerContext, session: Session, target: { readonly file: string; readonly functionName: string }): Promise<Extract<PlanResult, { kind: 'fill-in' }> | undefined> {
  const { path, created, complete } = await generatedDriver(context, session, target);
  return created || !complete ? { kind: 'fill-in', driver: pathToFileURL(path).href } : undefined;
}
