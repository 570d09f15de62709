import type { RuleMeta } from '../core/rule';
import type { Judged } from './judgement';
import type { Conflict, Risk } from './model';
import { clean } from './statement';

/** What following the recommendations costs, once for each rule, in the order of the ranking. */
export function risksOf(chosen: readonly Judged[]): readonly Risk[] {
  return byRule(chosen).map(({ meta, places }) => ({
    rule: meta.id,
    title: clean(meta.title),
    text: clean(meta.tradeoffs),
    places,
  }));
}

/** Views that may disagree with the recommendations: clarity, simplicity, and other linters by name and rule. */
export function conflictsOf(chosen: readonly Judged[]): readonly Conflict[] {
  return byRule(chosen).flatMap(({ meta }) =>
    meta.conflicts.map(conflict => ({ ...conflict, text: clean(conflict.text), adviceOf: meta.id, title: clean(meta.title) })),
  );
}

function byRule(chosen: readonly Judged[]): readonly { readonly meta: RuleMeta; readonly places: number }[] {
  const rules = new Map<string, { meta: RuleMeta; places: number }>();
  for (const { meta } of chosen) {
    rules.set(meta.id, { meta, places: (rules.get(meta.id)?.places ?? 0) + 1 });
  }
  return [...rules.values()];
}
