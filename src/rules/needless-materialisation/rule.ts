import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** What makes the list, as it is written, shortened: "orders.filter(isOpen)", "[o for o in orders if o.open]". */
  readonly list: string;
  /** What is then done with the list, as the end of a sentence: "only asks whether it is empty". */
  readonly then: string;
  /** What to write instead: "some()", "any() over a generator". */
  readonly instead: string;
  /** `stops`: another way stops at the first hit. `asks`: a Set or a mapping is asked directly. `copies`: the list is a copy for one pass. `part`: only some of the items are wanted. */
  readonly saves: 'stops' | 'asks' | 'copies' | 'part';
  /** Steps behind each other, whose lists count only where the code runs very often. */
  readonly isChain?: true;
  /** The list is made once per round of a loop. */
  readonly isInLoop: boolean;
}

const SAVING: Readonly<Record<Facts['saves'], string>> = {
  stops: 'stops at the first hit and keeps nothing',
  asks: 'takes one step and makes no list',
  copies: 'makes no copy',
  part: 'makes what is wanted and no more',
};

export const rule: Rule<Facts> = {
  meta: {
    id: 'needless-materialisation',
    title: 'List made to be looked at once',
    family: 'data structure',
    resource: 'memory',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'safe',
    complexity: { now: 'O(n), always, and n items in memory', after: 'O(n) at worst, often O(1)' },
    cost: {
      unit: 'copied elements',
      variable: 'items that are gone through',
      assumedSize: 1000,
      now: (n) => n,
      after: () => 1,
      millisecondsPerUnit: 0.00002,
    },
    effortMinutes: 2,
    validation: 'benchmark',
  },

  // One list more or less is felt where the code runs often.
  link({ facts, file, functionName, confidence }, workspace) {
    const { heat } = workspace.heatOf(file, functionName);
    if (heat === 'cold' || (facts.isChain && heat !== 'hot')) return undefined;
    const isOften = heat === 'hot' || facts.isInLoop;
    return { facts, confidence: isOften && !facts.isChain ? confidence : 'possible' };
  },

  say: ({ list, then, instead, saves }, cost) => ({
    message: `${list} makes a list of up to ${formatCount(cost.now)} items at ${formatSize(cost)}, and the code ${then}. ${instead} ${SAVING[saves]}.`,
    hint: `${formatCount(cost.now)} items made for one answer`,
  }),
};
