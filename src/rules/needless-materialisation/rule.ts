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
    why: 'The whole list is gone through and kept in memory, although one answer is wanted that the first item may give.',
    technique: 'Ask with what stops at the first hit (some, find; any or next over a generator), ask the Set or dict itself, and hand an iterable on without a copy.',
    tradeoffs: 'A condition that does something besides answering is no longer run for every item.',
    effortMinutes: 2,
    validation: 'benchmark',
    conflicts: [
      { view: 'linter', tool: 'ruff', rule: 'C419', agrees: true, text: 'It says the same of any and all. Of sum, min and max over a comprehension this rule says nothing: there a list is the faster form.' },
      { view: 'linter', tool: 'eslint', rule: 'unicorn/prefer-array-some', agrees: true, text: 'It and unicorn/prefer-array-find say the same, without regard to how large the list is and how often the code runs.' },
    ],
    whenNot: 'The list has a handful of items, or each item must be visited for what the condition does.',
    examples: {
      typescript: {
        bad: `export function hasOverdue(invoices: { due: number }[], now: number) {
  return invoices.filter((invoice) => invoice.due < now).length > 0;
}
`,
        better: `export function hasOverdue(invoices: { due: number }[], now: number) {
  return invoices.some((invoice) => invoice.due < now);
}
`,
      },
      python: {
        bad: `def has_overdue(invoices, now):
    return any([invoice.due < now for invoice in invoices])
`,
        better: `def has_overdue(invoices, now):
    return any(invoice.due < now for invoice in invoices)
`,
      },
    },
    links: [
      { title: 'MDN: Array.prototype.some', url: 'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Array/some' },
      { title: 'Python: generator expressions', url: 'https://docs.python.org/3/reference/expressions.html#generator-expressions' },
    ],
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
