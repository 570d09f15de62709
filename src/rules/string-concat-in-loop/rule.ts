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
    why:
      'Texts do not change: each addition makes a new one and copies the old. CPython spares the copy only where a plain local name ' +
      'grows at its end (text += part), which is linear there; attributes, bytes, names of an outer function and additions at the front are copied each time.',
    technique: 'Collect the parts in a list and join them once, or write to an io.StringIO or io.BytesIO.',
    tradeoffs: 'The text is not there before the end of the loop, and the list holds the parts twice for a moment.',
    effortMinutes: 5,
    validation: 'benchmark',
    conflicts: [
      { view: 'linter', tool: 'pylint', rule: 'consider-using-join', agrees: true, text: 'It finds text that is put together with += in a loop.' },
      { view: 'linter', tool: 'creedengo', rule: 'GCI99', text: 'Rules that forbid every += on texts also flag plain local names, which CPython extends in place.' },
    ],
    whenNot: 'The loop adds a few dozen short parts.',
    examples: {
      python: {
        bad: `class Page:
    def __init__(self):
        self.html = ""

    def fill(self, rows):
        for row in rows:
            self.html += f"<li>{row}</li>"
`,
        better: `class Page:
    def __init__(self):
        self.html = ""

    def fill(self, rows):
        self.html += "".join(f"<li>{row}</li>" for row in rows)
`,
      },
    },
    links: [{ title: 'Python FAQ: the most efficient way to concatenate many strings', url: 'https://docs.python.org/3/faq/programming.html#what-is-the-most-efficient-way-to-concatenate-many-strings-together' }],
  },

  say: ({ text, why, loop }, cost) => ({
    message: `${text} grows in each round of ${loop}, and ${WHY[why]}: O(n²), about ${formatCount(cost.now)} copied parts at ${formatSize(cost)}. Collect the parts and join them once.`,
    hint: `O(n²) copying, n = ${formatCount(cost.n)}`,
  }),
};
