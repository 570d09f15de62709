import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The text that grows, as the code names it: "self.html". */
  readonly text: string;
  /** Why the interpreter cannot append in place here. */
  readonly why: 'attribute' | 'front' | 'middle' | 'bytes' | 'nonlocal';
  readonly loop: string;
}

const WHY: Readonly<Record<Facts['why'], string>> = {
  attribute: 'an attribute is copied whole for each addition',
  front: 'what is put in front moves all of the text',
  middle: 'the text is copied before the last part is added',
  bytes: 'bytes are copied whole for each addition',
  nonlocal: 'a name of another function is copied whole for each addition',
};

export const rule: Rule<Facts> = {
  meta: {
    id: 'string-concat-in-loop',
    title: 'Text built by copying it in a loop',
    family: 'algorithm',
    resource: 'cpu',
    decision: 'deferrable',
    languages: ['python'],
    fix: 'safe',
    complexity: { now: 'O(n²)', after: 'O(n)' },
    cost: {
      unit: 'copied elements',
      variable: 'parts that are added',
      assumedSize: 1000,
      now: (n) => (n * (n + 1)) / 2,
      after: (n) => n,
      millisecondsPerUnit: 0.000001,
    },
    effortMinutes: 5,
    validation: 'benchmark',
  },

  say: ({ text, why, loop }, cost) => ({
    message: `${text} grows in each round of ${loop}, and ${WHY[why]}: O(n²), about ${formatCount(cost.now)} copied parts at ${formatSize(cost)}. Collect the parts and join them once.`,
    hint: `O(n²) copying, n = ${formatCount(cost.n)}`,
  }),
};
