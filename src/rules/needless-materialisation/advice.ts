import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'The whole list is gone through and kept in memory, although one answer is wanted that the first item may give.',
  technique: 'Ask with what stops at the first hit (some, find; any or next over a generator), ask the Set or dict itself, and hand an iterable on without a copy.',
  tradeoffs: 'A condition that does something besides answering is no longer run for every item.',
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
};
