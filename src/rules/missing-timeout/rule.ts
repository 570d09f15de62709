import { formatCount } from '../../core/format';
import type { Rule } from '../../core/rule';

/** Seconds after which a stuck call is given up once it has a deadline; what the fixes write, too. */
export const DEADLINE = 10;

export interface Facts {
  /** The call as the reader sees it: "axios.get", "requests.post". */
  readonly call: string;
  /** "axios", "requests": whose default is no deadline. */
  readonly library: string;
  /** The finding is about a client that many calls share, not about one call. */
  readonly isClient: boolean;
  /** How this library takes a deadline: "timeout: 10_000". */
  readonly option: string;
  /** A setting for the whole process that makes the finding void. */
  readonly setting?: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'missing-timeout',
    title: 'Request with no deadline',
    family: 'I/O',
    resource: 'network',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'as long as the other side likes', after: 'at most the deadline' },
    cost: {
      unit: 'seconds',
      variable: 'seconds for which the other side does not answer',
      assumedSize: 120,
      now: (n) => n,
      after: (n) => Math.min(n, DEADLINE),
      millisecondsPerUnit: 0.05,
    },
    effortMinutes: 5,
    validation: 'load',
  },

  link({ facts, file, functionName, language, confidence }, workspace) {
    // Nobody else waits for a script that hangs, and whoever started it ends it.
    const isScript = functionName === '' && !facts.isClient;
    if (isScript || workspace.heatOf(file, functionName).heat === 'cold') return undefined;
    if (facts.setting !== undefined && workspace.hasSetting(facts.setting)) return undefined;
    // Whoever waits at a terminal ends it.
    const isCommandLine = language === 'typescript' && /(?:^|\/)(?:[\w-]*cli|build|toolbox)\//.test(file);
    return { facts, confidence: isCommandLine ? 'possible' : confidence };
  },

  say(facts, cost) {
    const what = facts.isClient ? `Calls of this ${facts.library} client have no deadline` : `${facts.call} has no deadline`;
    return {
      message: `${what}: ${facts.library} sets none by default, so a server that does not answer holds the caller for as long as it likes (${formatCount(cost.now)} s ${cost.basis}). Set ${facts.option}.`,
      hint: 'no deadline',
    };
  },
};
