import { formatCount } from '../../core/format';
import type { Rule } from '../../core/rule';
import type { WorkspaceView } from '../../core/workspaceView';
import { firstOverlap, type Wait } from './waits';

export interface Facts {
  /** Every await of the run, in order. */
  readonly waits: readonly Wait[];
  /** The position of the await that the finding stands at. */
  readonly at: number;
  /** How the language starts several at once: "Promise.all". */
  readonly together: string;
  /** The code hands the calls to such a function already and only waits too early, so they may write, and nothing has to be known of them. */
  readonly declaredIndependent?: boolean;
  /** Filled in by the linker: the call that is waited for in vain. */
  readonly beside?: string;
}

/** They have one connection, or one thread: what is started together still runs one after another. */
const ONE_AT_A_TIME = /^(?:django|sqlalchemy|sqlite|sqlite3|aiosqlite|better-sqlite3|node:sqlite|sql\.js|libsql|mikro-orm|peewee|requests|urllib|boto3)$/;

export const rule: Rule<Facts> = {
  meta: {
    id: 'await-waterfall',
    title: 'Independent awaits one after another',
    family: 'I/O',
    resource: 'network',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'the sum of the waits', after: 'the longest wait' },
    cost: {
      unit: 'round trips',
      variable: 'waits that need nothing of each other',
      assumedSize: 2,
      now: (n) => n,
      after: (n) => Math.min(n, 1),
      millisecondsPerUnit: 20,
    },
    effortMinutes: 10,
    validation: 'benchmark',
  },

  link({ facts, file }, workspace) {
    const counts = facts.declaredIndependent ? takesNoTurns : (wait: Wait) => waitsAndReads(wait, file, workspace);
    const overlap = firstOverlap(facts.waits, counts);
    // Each await of the run is a match of its own; the first that qualifies speaks for all.
    if (overlap === undefined || overlap.at !== facts.at) return undefined;
    return {
      facts: { ...facts, beside: facts.waits[overlap.beside]!.call },
      size: { kind: 'literal', value: overlap.together },
    };
  },

  say(facts, cost) {
    const call = facts.waits[facts.at]!.call;
    if (facts.declaredIndependent) {
      return {
        message: `${call} starts only when ${facts.beside ?? 'the call before it'} has answered: an await inside the list of ${facts.together} is over before the list is handed over, so ${formatCount(cost.now)} waits come in a row where ${formatCount(cost.after)} would do. Leave the awaits out of the list.`,
        hint: `${formatCount(cost.now)} waits in a row`,
      };
    }
    return {
      message: `${call} needs nothing of ${facts.beside ?? 'the call before it'}, yet is sent only when that has answered: ${formatCount(cost.now)} waits in a row where ${formatCount(cost.after)} would do. Start them together (${facts.together}).`,
      hint: `${formatCount(cost.now)} waits in a row`,
    };
  },
};

const takesNoTurns = ({ library }: Wait): boolean => library === undefined || !ONE_AT_A_TIME.test(library);

/** The call waits for something outside the process, changes nothing there, and does not have to take turns. */
function waitsAndReads({ library, callee }: Wait, file: string, workspace: WorkspaceView): boolean {
  if (library !== undefined) return !ONE_AT_A_TIME.test(library);
  if (callee === undefined || workspace.reach(file, callee, ['write']) !== undefined) return false;
  const path = workspace.reach(file, callee, ['query']) ?? workspace.reach(file, callee, ['request', 'file']);
  return path !== undefined && !ONE_AT_A_TIME.test(path.effect.library);
}
