import type { LinterSetup } from '../../core/linter';
import { eslintIn, oxlintIn } from './eslint';
import { pylintIn } from './pylint';
import { ruffIn } from './ruff';

const CONFIGS: readonly { readonly name: RegExp; readonly read: (text: string) => readonly Omit<LinterSetup, 'file'>[] }[] = [
  { name: /(?:^|\/)(?:eslint\.config\.[cm]?[jt]s|\.eslintrc(?:\.(?:[cm]?js|json|ya?ml))?)$/, read: eslintIn },
  { name: /(?:^|\/)package\.json$/, read: (text) => (text.includes('"eslintConfig"') ? eslintIn(text) : []) },
  { name: /(?:^|\/)\.oxlintrc\.json$/, read: oxlintIn },
  { name: /(?:^|\/)(?:pyproject|\.?ruff)\.toml$/, read: ruffIn },
  { name: /(?:^|\/)(?:pyproject\.toml|\.?pylintrc)$/, read: pylintIn },
];

export const isLinterConfig = (path: string): boolean => CONFIGS.some(({ name }) => name.test(path));

/** The linters that a file configures. One that is half-typed configures none until it is whole. */
export function lintersIn(path: string, text: string): readonly LinterSetup[] {
  return CONFIGS.flatMap(({ name, read }) => (name.test(path) ? read(text).map((setup) => ({ ...setup, file: path })) : []));
}
