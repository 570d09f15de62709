import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'Texts do not change: each addition makes a new one and copies the old. CPython spares the copy only where a plain local name ' +
    'grows at its end (text += part), which is linear there; attributes, bytes, names of an outer function and additions at the front are copied each time.',
  technique: 'Collect the parts in a list and join them once, or write to an io.StringIO or io.BytesIO.',
  tradeoffs: 'The text is not there before the end of the loop, and the list holds the parts twice for a moment.',
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
};
