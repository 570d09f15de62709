import type { LinterSetup } from '../../core/linter';
import { readToml, tableAt, textsAt } from './toml';

/** What ruff checks where nobody has selected anything. */
const DEFAULTS = ['E4', 'E7', 'E9', 'F'];

/** "UP033"; other linters' rules are called otherwise, and "ALL" would take them in. */
const IS_CODE = /^[A-Z]+\d+$/;

/** Rules that run only with `preview = true`, whatever is selected. */
const IN_PREVIEW: ReadonlySet<string> = new Set(['FURB101', 'PLR6201']);

/** The settings of pyproject.toml, or of a file of ruff's own, where they stand without `tool.ruff`. */
export function ruffIn(text: string): readonly Omit<LinterSetup, 'file'>[] {
  const toml = readToml(text);
  const isProject = tableAt(toml, 'tool') !== undefined || tableAt(toml, 'project') !== undefined || tableAt(toml, 'build-system') !== undefined;
  const top = tableAt(toml, 'tool', 'ruff') ?? (isProject ? undefined : toml);
  if (top === undefined) return [];
  const lint = tableAt(top, 'lint');
  const selected = textsAt([top, lint], 'select');
  const chosen = [...(selected.length > 0 ? selected : DEFAULTS), ...textsAt([top, lint], 'extend-select')];
  const ignored = textsAt([top, lint], 'ignore', 'extend-ignore');
  const hasPreview = lint?.['preview'] === true || top['preview'] === true;
  return [{
    tool: 'ruff',
    // The more exact selector wins: `select = ["UP"]` with `ignore = ["UP033"]` leaves UP033 out.
    isOn: (rule) => IS_CODE.test(rule) && (hasPreview || !IN_PREVIEW.has(rule)) && exactness(chosen, rule) > exactness(ignored, rule),
  }];
}

/** The length of the longest selector that takes a rule in; 0 for none. "ALL" is shorter than any. */
function exactness(selectors: readonly string[], rule: string): number {
  return Math.max(0, ...selectors.map((selector) => (selector === 'ALL' ? 0.5 : takesIn(selector, rule) ? selector.length : 0)));
}

/** "UP" and "UP0" take UP033 in; "F" is pyflakes and does not take FURB101 in, although it begins like it. */
function takesIn(selector: string, rule: string): boolean {
  const [letters] = /^[A-Z]*/.exec(rule)!;
  const isOfFamily = selector.startsWith(letters) || (letters.startsWith('PL') && /^PL[A-Z]?$/.test(selector));
  return isOfFamily && rule.startsWith(selector);
}
