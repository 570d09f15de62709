import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'Each iteration copies everything gathered so far into a new collection: n x n / 2 copies in all, and as much garbage.',
  technique: 'Add to one collection in place: push, assign a key, append, extend; or build it in one pass (flat, flatMap, Object.fromEntries, chain).',
  tradeoffs: 'The accumulator is mutated, which must stay local to the function.',
  conflicts: [
    { view: 'clarity', text: 'A style that forbids mutation prefers the copy; the accumulator here is local, so nobody can see it change.' },
    { view: 'linter', tool: 'eslint', rule: 'unicorn/prefer-spread', text: 'It asks for the spread; inside a loop it is the copy that costs.' },
    { view: 'linter', tool: 'eslint', rule: 'unicorn/no-array-reduce', agrees: true, text: 'It asks for a loop instead of reduce, and in a loop the accumulator can be added to in place.' },
    { view: 'linter', tool: 'oxlint', rule: 'oxc/no-accumulating-spread', agrees: true, text: 'It finds the spread of an accumulator as well.' },
    { view: 'linter', tool: 'ruff', rule: 'PERF401', agrees: true, text: 'It goes one step further: a comprehension instead of a loop that appends.' },
  ],
  whenNot: 'Another holder keeps the earlier versions (undo history, snapshots of state), or the collection stays under a few dozen items.',
  examples: {
    typescript: {
      bad: `export function indexById(rows: { id: string }[]) {
  return rows.reduce<Record<string, { id: string }>>((index, row) => ({ ...index, [row.id]: row }), {});
}
`,
      better: `export function indexById(rows: { id: string }[]) {
  return rows.reduce<Record<string, { id: string }>>((index, row) => {
    index[row.id] = row;
    return index;
  }, {});
}
`,
    },
    python: {
      bad: `def flatten(pages):
    rows = []
    for page in pages:
        rows = rows + page.rows
    return rows
`,
      better: `def flatten(pages):
    rows = []
    for page in pages:
        rows.extend(page.rows)
    return rows
`,
    },
  },
  links: [
    { title: 'Biome: noAccumulatingSpread', url: 'https://biomejs.dev/linter/rules/no-accumulating-spread/' },
  ],
};
