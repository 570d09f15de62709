import assert from 'node:assert/strict';
import { createDetector } from '../../src/detect/detector';
import { isLinterConfig, lintersIn } from '../../src/workspace/linters/linters';
import { isManifest } from '../../src/workspace/manifests';

/** The linters of a file that have a rule switched on. */
const on = async (path: string, text: string, rule: string): Promise<string[]> => (await lintersIn(path, text)).filter((setup) => setup.isOn(rule)).map(({ tool }) => tool);

describe('configurations of linters', () => {
  it('are known by their names, and read beside the source files', () => {
    const configs = ['eslint.config.js', 'app/eslint.config.mts', '.eslintrc', '.eslintrc.yml', 'web/.eslintrc.cjs', '.oxlintrc.json', 'pyproject.toml', 'ruff.toml', '.ruff.toml', '.pylintrc', 'pylintrc'];
    assert.deepEqual(configs.filter((path) => !isLinterConfig(path) || !isManifest(path)), []);
    assert.deepEqual(['my-eslint.config.js', 'tsconfig.json', 'scruff.toml', 'eslint.config.js.bak'].filter(isLinterConfig), []);
  });

  describe('of ESLint', () => {
    const texts: readonly (readonly [string, string, boolean])[] = [
      ['eslint.config.js', `export default [{ rules: { 'no-await-in-loop': 'error' } }];`, true],
      ['eslint.config.js', `export default [{ rules: { "no-await-in-loop": ["warn", {}] } }];`, true],
      ['eslint.config.js', `export default [{ rules: { 'no-await-in-loop': 2 } }];`, true],
      ['eslint.config.js', `export default [{ rules: { 'no-await-in-loop': 'off' } }];`, false],
      ['eslint.config.js', `export default [{ rules: { 'no-await-in-loop': 'error' } }, { files: ['test/**'], rules: { 'no-await-in-loop': 'off' } }];`, true],
      ['eslint.config.js', `// 'no-await-in-loop': 'error'\nexport default [];`, false],
      ['eslint.config.js', `export default [{ rules: { 'my/no-await-in-loop': 'error' } }];`, false],
      ['eslint.config.js', `export default [{ files: ['src/**/*.ts'], rules: { 'no-await-in-loop': 'error' } }];`, true],
      ['.eslintrc.yml', `rules:\n  # no-await-in-loop: error\n  no-await-in-loop: warn\n`, true],
      ['.eslintrc.yml', `rules:\n  # no-await-in-loop: error\n  no-await-in-loop: off\n`, false],
      ['.eslintrc.json', `{ "extends": ["airbnb-base"] }`, true],
      ['.eslintrc.json', `{ "extends": ["airbnb-base"], "rules": { "no-await-in-loop": "off" } }`, false],
      ['package.json', `{ "eslintConfig": { "rules": { "no-await-in-loop": 1 } } }`, true],
      ['package.json', `{ "dependencies": { "no-await-in-loop": "1.0.0" } }`, false],
    ];
    for (const [path, text, expected] of texts) {
      it(`${expected ? 'has' : 'has not'} no-await-in-loop: ${text.replace(/\s+/g, ' ')}`, async () => assert.deepEqual(await on(path, text, 'no-await-in-loop'), expected ? ['eslint'] : []));
    }

    it('take in what a preset of unicorn switches on', async () => {
      for (const text of [
        `import unicorn from 'eslint-plugin-unicorn';\nexport default [unicorn.configs.recommended];`,
        `import eslintPluginUnicorn from 'eslint-plugin-unicorn';\nexport default [eslintPluginUnicorn.configs['flat/recommended']];`,
        `module.exports = { extends: ['plugin:unicorn/recommended'] };`,
      ]) assert.deepEqual(await on('eslint.config.js', text, 'unicorn/no-array-reduce'), ['eslint'], text);
      assert.deepEqual(await on('eslint.config.js', `import unicorn from 'eslint-plugin-unicorn';\nexport default [js.configs.recommended];`, 'unicorn/no-array-reduce'), []);
      assert.deepEqual(await on('eslint.config.js', `export default [unicorn.configs.recommended, { rules: { 'unicorn/no-array-reduce': 'off' } }];`, 'unicorn/no-array-reduce'), []);
    });
  });

  it('of oxlint name rules or whole categories', async () => {
    assert.deepEqual(await on('.oxlintrc.json', `{ "rules": { "eslint/no-await-in-loop": "deny" } }`, 'no-await-in-loop'), ['oxlint']);
    assert.deepEqual(await on('.oxlintrc.json', `{ "categories": { "perf": "warn" } }`, 'no-await-in-loop'), ['oxlint']);
    assert.deepEqual(await on('.oxlintrc.json', `{ "categories": { "perf": "warn" }, "rules": { "no-await-in-loop": "off" } }`, 'no-await-in-loop'), []);
    assert.deepEqual(await on('.oxlintrc.json', `{ "rules": { "no-debugger": "error" } }`, 'no-await-in-loop'), []);
  });

  describe('of ruff', () => {
    const lint = (body: string): string => `[project]\nname = "x"\n[tool.ruff.lint]\n${body}\n`;
    const texts: readonly (readonly [string, string, boolean])[] = [
      [lint('select = ["UP"]'), 'UP033', true],
      [lint('extend-select = ["UP033"]'), 'UP033', true],
      [lint('select = ["ALL"]'), 'UP033', true],
      [lint('select = ["ALL"]'), 'no-await-in-loop', false],
      [lint('select = ["ALL"]\nignore = ["UP"]'), 'UP033', false],
      [lint('select = ["UP"]\nignore = ["UP033"]'), 'UP033', false],
      [lint('select = ["UP033"]\nignore = ["UP"]'), 'UP033', true],
      [lint('select = ["F"]'), 'FURB101', false],
      [lint('select = ["FURB"]'), 'FURB101', false],
      [lint('select = ["FURB"]\npreview = true'), 'FURB101', true],
      [lint('select = ["PL"]'), 'PLC0415', true],
      [lint('select = ["C4"]'), 'C419', true],
      [lint('line-length = 100'), 'UP033', false],
      ['[tool.ruff]\nselect = ["PERF"]\n', 'PERF401', true],
      ['[project]\nselect = ["PERF"]\n', 'PERF401', false],
      ['[tool.ruff.lint]\nselect = ["PERF"', 'PERF401', false],
    ];
    for (const [text, rule, expected] of texts) {
      it(`${expected ? 'have' : 'have not'} ${rule}: ${JSON.stringify(text)}`, async () => assert.deepEqual(await on('pyproject.toml', text, rule), expected ? ['ruff'] : []));
    }

    it('stand without a table of the tool in a file of its own', async () => {
      assert.deepEqual(await on('ruff.toml', '[lint]\nselect = ["PERF"]\n', 'PERF401'), ['ruff']);
    });
  });

  describe('of pylint', () => {
    it('have what is on by default, unless it is disabled', async () => {
      assert.deepEqual(await on('pyproject.toml', '[tool.pylint.format]\nmax-line-length = 100\n', 'method-cache-max-size-none'), ['pylint']);
      assert.deepEqual(await on('pyproject.toml', '[tool.pylint."messages control"]\ndisable = ["W1518"]\n', 'method-cache-max-size-none'), []);
      assert.deepEqual(await on('pyproject.toml', '[tool.pylint.messages_control]\ndisable = "C, R"\n', 'import-outside-toplevel'), []);
      assert.deepEqual(await on('pyproject.toml', '[tool.pylint.messages_control]\ndisable = ["all"]\nenable = ["import-outside-toplevel"]\n', 'import-outside-toplevel'), ['pylint']);
    });

    it('have what a plug-in brings only with it', async () => {
      const ini = (plugins: string): string => `[MASTER]\nload-plugins=${plugins}\n\n[MESSAGES CONTROL]\ndisable=missing-docstring,\n    import-outside-toplevel  # ours\n`;
      assert.deepEqual(await on('.pylintrc', ini(''), 'use-set-for-membership'), []);
      assert.deepEqual(await on('.pylintrc', ini('pylint.extensions.set_membership'), 'use-set-for-membership'), ['pylint']);
      assert.deepEqual(await on('.pylintrc', ini(''), 'import-outside-toplevel'), []);
    });

    it('are not there where the project has none', async () => {
      assert.deepEqual((await lintersIn('pyproject.toml', '[project]\nname = "x"\n')).map(({ tool }) => tool), []);
    });
  });

  it('come and go with their files', async () => {
    const detector = createDetector();
    await detector.update('ruff.toml', 'select = ["PERF"]\n');
    assert.deepEqual(detector.workspaceFrom().linters.map(({ tool, file }) => [tool, file]), [['ruff', 'ruff.toml']]);
    assert.deepEqual([...detector.workspaceFrom().packages], []);
    detector.remove('ruff.toml');
    assert.deepEqual(detector.workspaceFrom().linters, []);
  });
});
