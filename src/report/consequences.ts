import type { Language } from '../core/language';
import type { LinterName, LinterSetup } from '../core/linter';
import type { AdvisedRule, RuleConflict } from '../core/rule';
import type { Judged } from './judgement';
import type { Conflict, Risk } from './model';
import { clean } from './statement';

/** What following the recommendations costs, once for each rule, in the order of the ranking. */
export function risksOf(chosen: readonly Judged<AdvisedRule>[]): readonly Risk[] {
  return byRule(chosen).map(({ meta, places }) => ({
    rule: meta.id,
    title: clean(meta.title),
    text: clean(meta.tradeoffs),
    places,
  }));
}

/**
 * Views that may disagree with the recommendations or agree with them: clarity, simplicity, and those rules of other
 * linters that the workspace has switched on. What contradicts comes first.
 */
export function conflictsOf(chosen: readonly Judged<AdvisedRule>[], linters: readonly LinterSetup[]): readonly Conflict[] {
  const noted = byRule(chosen).flatMap(({ meta, languages }) =>
    meta.conflicts.flatMap((conflict): Conflict[] => {
      const { view, rule, agrees, text } = conflict;
      const setup = view === 'linter' ? setupOf(conflict, linters.filter(({ tool }) => languages.has(LANGUAGE_OF[tool]))) : undefined;
      if (view === 'linter' && setup === undefined) return [];
      return [{
        view, ...(setup && { tool: setup.tool, rule, configuredIn: clean(setup.file) }), ...(agrees && { agrees }), text: clean(text), adviceOf: meta.id, title: clean(meta.title),
      }];
    }),
  );
  return [...noted.filter(({ agrees }) => !agrees), ...noted.filter(({ agrees }) => agrees)];
}

/** oxlint has ESLint's rules under the same names. */
function setupOf({ tool, rule }: RuleConflict, linters: readonly LinterSetup[]): LinterSetup | undefined {
  return linters.find(setup => (setup.tool === tool || (tool === 'eslint' && setup.tool === 'oxlint')) && setup.isOn(rule!));
}

/** A linter has no say about code that it does not read. */
const LANGUAGE_OF: Readonly<Record<LinterName, Language>> = { eslint: 'typescript', oxlint: 'typescript', ruff: 'python', pylint: 'python' };

interface RulePlaces {
  readonly meta: AdvisedRule;
  readonly places: number;
  readonly languages: ReadonlySet<Language>;
}

function byRule(chosen: readonly Judged<AdvisedRule>[]): readonly RulePlaces[] {
  const rules = new Map<string, RulePlaces>();
  for (const { meta, finding } of chosen) {
    const known = rules.get(meta.id);
    rules.set(meta.id, { meta, places: (known?.places ?? 0) + 1, languages: new Set([...(known?.languages ?? []), finding.language]) });
  }
  return [...rules.values()];
}
