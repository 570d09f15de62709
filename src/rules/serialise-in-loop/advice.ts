import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'Serialising, parsing and deep copying walk the whole value and allocate all of the result. The value is the same in each iteration, so all but the first walk are wasted.',
  technique: 'Do it once before the loop; compare by a key instead of by text where that is what it is for.',
  tradeoffs: 'All iterations share one result, so none of them may change it.',
  conflicts: [{ view: 'clarity', text: 'Comparing two values by their text in place reads shorter than a constant before the loop.' }],
  whenNot: 'Each iteration changes the copy that it makes, or the value changes in a way that cannot be seen here.',
  examples: {
    typescript: {
      bad: `export function indexOfSame(rows: object[], wanted: object) {
  return rows.findIndex((row) => JSON.stringify(row) === JSON.stringify(wanted));
}
`,
      better: `export function indexOfSame(rows: object[], wanted: object) {
  const wantedJson = JSON.stringify(wanted);
  return rows.findIndex((row) => JSON.stringify(row) === wantedJson);
}
`,
    },
    python: {
      bad: `import json


def known(rows: list[dict], wanted: dict) -> list[dict]:
    return [row for row in rows if json.dumps(row, sort_keys=True) == json.dumps(wanted, sort_keys=True)]
`,
      better: `import json


def known(rows: list[dict], wanted: dict) -> list[dict]:
    wanted_json = json.dumps(wanted, sort_keys=True)
    return [row for row in rows if json.dumps(row, sort_keys=True) == wanted_json]
`,
    },
  },
  links: [
    { title: 'MDN: structuredClone', url: 'https://developer.mozilla.org/en-US/docs/Web/API/Window/structuredClone' },
    { title: 'Python: copy.deepcopy', url: 'https://docs.python.org/3/library/copy.html' },
  ],
};
