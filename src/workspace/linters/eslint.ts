import type { LinterSetup } from '../../core/linter';

type Setup = Omit<LinterSetup, 'file'>;

/** Presets that switch rules on by the dozen, of which these concern performance. A rule that a file itself names is decided by it. */
const PRESETS: readonly { readonly named: RegExp; readonly rules: readonly string[] }[] = [
  // "plugin:unicorn/recommended", `unicorn.configs['flat/recommended']`, `eslintPluginUnicorn.configs.recommended`.
  { named: /unicorn[\w.:/'"\]\[]{0,40}\b(?:recommended|all)\b/i, rules: ['unicorn/no-array-for-each', 'unicorn/no-array-reduce', 'unicorn/prefer-array-some', 'unicorn/prefer-set-has', 'unicorn/prefer-spread'] },
  { named: /\bairbnb(?:-base|-typescript)?\b/, rules: ['no-await-in-loop'] },
  { named: /\beslint:all\b|\bjs\.configs\.all\b/, rules: ['no-await-in-loop'] },
];

/**
 * ESLint's configuration in any of its forms. JavaScript is not run: a rule counts as on where the text names it
 * with a severity, or where it takes in a preset that is known to have it.
 */
export function eslintIn(text: string): readonly Setup[] {
  const code = withoutComments(text);
  return [{
    tool: 'eslint',
    isOn: (rule) => {
      const severities = severitiesOf(rule, code);
      return severities.length > 0 ? severities.includes('on') : PRESETS.some(({ named, rules }) => rules.includes(rule) && named.test(code));
    },
  }];
}

/** Rules that oxlint has in a category of its own. */
const OXLINT_CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  perf: ['no-await-in-loop', 'oxc/no-accumulating-spread', 'oxc/no-map-spread', 'unicorn/prefer-set-has'],
  restriction: ['unicorn/no-array-for-each', 'unicorn/no-array-reduce'],
};

/** oxlint's JSON with comments. */
export function oxlintIn(text: string): readonly Setup[] {
  const code = withoutComments(text);
  return [{
    tool: 'oxlint',
    isOn: (rule) => {
      const severities = [rule, `eslint/${rule}`, rule.replace(/^unicorn\/|^oxc\//, '')].flatMap((name) => severitiesOf(name, code));
      if (severities.length > 0) return severities.includes('on');
      return Object.entries(OXLINT_CATEGORIES).some(([category, rules]) => rules.includes(rule) && severitiesOf(category, code).includes('on'));
    },
  }];
}

/** Every severity that the text gives a name: `'no-await-in-loop': 'error'`, `"x": [2, {}]`, `x: warn`. Overrides give several. */
function severitiesOf(name: string, code: string): readonly ('on' | 'off')[] {
  const found: ('on' | 'off')[] = [];
  for (let at = code.indexOf(name); at !== -1; at = code.indexOf(name, at + name.length)) {
    if (/[\w/@-]/.test(code[at - 1] ?? ' ')) continue;
    const severity = /^['"]?\s*:\s*(?:-\s*|\[\s*)?['"]?(error|warn|deny|off|allow|[012])\b/.exec(code.slice(at + name.length, at + name.length + 80))?.[1];
    if (severity !== undefined) found.push(/^(?:off|allow|0)$/.test(severity) ? 'off' : 'on');
  }
  return found;
}

/** A slash inside a string ("plugin:x/y", a glob of two stars) begins no comment. */
function withoutComments(text: string): string {
  return text.replace(/("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\/\*[\s\S]*?\*\/|\/\/[^\n]*|^\s*#[^\n]*/gm, (_, string: string | undefined) => string ?? ' ');
}
