import type { Runner } from './choice';

const SCRIPT_TEST = /[.-](?:test|spec)\.[mc]?[jt]sx?$|(?:^|\/)(?:__tests__|tests?|specs?)\/.*\.[mc]?[jt]sx?$/;
const SCRIPT_BENCHMARK = /[.-]bench(?:mark)?\.[mc]?[jt]sx?$/;
const PYTHON_TEST = /(?:^|\/)(?:test_[^/]*|[^/]*_test|tests)\.py$/;
const PYTHON_BENCHMARK = /(?:^|\/)(?:bench_[^/]*|[^/]*_bench(?:mark)?)\.py$/;

export function isBenchmarkFile(file: string): boolean {
  return SCRIPT_BENCHMARK.test(file) || PYTHON_BENCHMARK.test(file);
}

/** By its name; helpers in a folder of tests are told apart by `testRunner`. */
export function isTestFile(file: string): boolean {
  return !isBenchmarkFile(file) && (SCRIPT_TEST.test(file) || PYTHON_TEST.test(file));
}

/** The package that a file imports its test functions from; the first one wins. */
const RUNNER_IMPORTS: readonly (readonly [RegExp, Runner])[] = [
  [/['"]vitest['"]/, 'vitest'],
  [/['"]@jest\/globals['"]/, 'jest'],
  [/['"]node:test['"]/, 'own'],
  [/['"]mocha['"]/, 'mocha'],
];

/** What runs a JavaScript test file: what it imports, else the runner its package depends on; undefined for a helper. */
export function scriptTestRunner(text: string, dependencies: ReadonlySet<string>): Runner | undefined {
  const imported = RUNNER_IMPORTS.find(([pattern]) => pattern.test(text));
  if (imported) return imported[1];
  if (!/(?<![.\w$])(?:it|test|describe|suite)(?:\.\w+)*\s*\(/.test(text)) return undefined;
  return (['vitest', 'jest', 'mocha'] as const).find((runner) => dependencies.has(runner));
}

/** pytest for its own style of tests; whatever is a unittest.TestCase runs without installing anything. */
export function pythonTestRunner(text: string): Runner | undefined {
  if (/^\s*(?:import pytest|from pytest)\b/m.test(text) || /^(?:async )?def test_/m.test(text)) return 'pytest';
  if (!/^[ \t]+(?:async )?def test/m.test(text)) return undefined;
  return /TestCase\b/.test(text) ? 'unittest' : 'pytest';
}

/** A server does not end by itself, so it gives no profile. */
const SERVES = /\bserve_forever\b|\buvicorn\.run\b|\bapp\.run\s*\(|\.listen\s*\(/;

/** Whether the file does something when it is run, not only when it is imported, and then ends. */
export function isProgram(file: string, text: string): boolean {
  if (SERVES.test(text)) return false;
  if (file.endsWith('.py')) return /^if\s+__name__\s*==\s*['"]__main__['"]/m.test(text);
  return text.startsWith('#!') || /require\.main\s*===\s*module|import\.meta\.main\b|import\.meta\.url\s*===|process\.argv\[1\]/.test(text);
}
