import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'Nothing that the call reads changes from one iteration to the next, so each computes what the first one knew already. A call that reads a collection turns n iterations into n x m steps.',
  technique: 'Compute it once before the loop and keep it in a constant.',
  tradeoffs: 'One more name. A result that is never needed is now computed as well, where the loop runs zero times.',
  conflicts: [{ view: 'clarity', text: 'A short expression may read better where it is used.' }],
  whenNot: 'What the call reads does change in a way that cannot be seen here, or the collections have a handful of items.',
  examples: {
    typescript: {
      bad: `export function shares(values: number[]) {
  return values.map((value) => value / Math.max(...values));
}
`,
      better: `export function shares(values: number[]) {
  const largest = Math.max(...values);
  return values.map((value) => value / largest);
}
`,
    },
    python: {
      bad: `def shares(values: list[float]) -> list[float]:
    return [value / max(values) for value in values]
`,
      better: `def shares(values: list[float]) -> list[float]:
    largest = max(values)
    return [value / largest for value in values]
`,
    },
  },
  links: [{ title: 'Wikipedia: loop-invariant code motion', url: 'https://en.wikipedia.org/wiki/Loop-invariant_code_motion' }],
};
