import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The call as it is written, shortened: "new RegExp(`^${prefix}`)", "re.sub(r'\s+', …)". */
  readonly call: string;
  readonly loop: string;
  /**
   * `compiled`: a pattern is made in every round. `looked up`: Python's re finds it in its cache in every round.
   * `list`: each pattern of a list is made anew in every round of the loop around.
   */
  readonly form: 'compiled' | 'looked up' | 'list';
  /** Loops that repeat it, one in the other. */
  readonly depth: number;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'regex-in-loop',
    title: 'Same regular expression made in every iteration',
    family: 'caching',
    resource: 'cpu',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'safe',
    complexity: { now: 'O(n) patterns', after: 'O(1) patterns' },
    cost: {
      unit: 'calls',
      variable: 'iterations of the loop',
      assumedSize: 1000,
      now: (n) => n,
      after: () => 1,
      millisecondsPerUnit: 0.0005,
    },
    effortMinutes: 2,
    validation: 'benchmark',
  },

  // What re finds in its cache costs a microsecond: that counts where it is asked for often.
  link(candidate, workspace) {
    const { facts, file, functionName } = candidate;
    const isOften = facts.form !== 'looked up' || facts.depth > 1 || workspace.heatOf(file, functionName).heat === 'hot';
    return isOften ? { facts } : undefined;
  },

  say(facts, cost) {
    const times = `${formatCount(cost.now)} times at ${formatSize(cost)}`;
    const what = {
      compiled: `${facts.call} makes the same regular expression in each round of ${facts.loop}, ${times}. Make it once before the loop.`,
      'looked up': `${facts.call} looks the same pattern up in re's cache in each round of ${facts.loop}, ${times}. Compile it once and call the method of the pattern.`,
      list: `${facts.call} makes each pattern of the list again in each round of ${facts.loop}, ${times}. Make the patterns once before the loop.`,
    }[facts.form];
    return { message: what, hint: `same pattern made ${formatCount(cost.now)} times` };
  },
};
