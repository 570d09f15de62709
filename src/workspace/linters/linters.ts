import type { LinterSetup } from '../../core/linter';
type Setups = readonly Omit<LinterSetup, 'file'>[];

const eslint = () => import('./eslint');

/** What reads a configuration is loaded with the first file of its kind. */
const CONFIGS: readonly { readonly name: RegExp; readonly read: (text: string) => Promise<Setups> }[] = [
  { name: /(?:^|\/)(?:eslint\.config\.[cm]?[jt]s|\.eslintrc(?:\.(?:[cm]?js|json|ya?ml))?)$/, read: async (text) => (await eslint()).eslintIn(text) },
  { name: /(?:^|\/)package\.json$/, read: async (text) => (text.includes('"eslintConfig"') ? (await eslint()).eslintIn(text) : []) },
  { name: /(?:^|\/)\.oxlintrc\.json$/, read: async (text) => (await eslint()).oxlintIn(text) },
  { name: /(?:^|\/)(?:pyproject|\.?ruff)\.toml$/, read: async (text) => (await import('./ruff')).ruffIn(text) },
  { name: /(?:^|\/)(?:pyproject\.toml|\.?pylintrc)$/, read: async (text) => (await import('./pylint')).pylintIn(text) },
];

export const isLinterConfig = (path: string): boolean => CONFIGS.some(({ name }) => name.test(path));

/** The linters that a file configures. One that is half-typed configures none until it is whole. */
export async function lintersIn(path: string, text: string): Promise<readonly LinterSetup[]> {
  const setups = await Promise.all(CONFIGS.flatMap(({ name, read }) => (name.test(path) ? [read(text)] : [])));
  return setups.flat().map((setup) => ({ ...setup, file: path }));
}
