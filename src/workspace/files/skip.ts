/** Folders that never hold the project's own source. Every folder whose name begins with a dot is skipped too. */
const NEVER_SOURCE = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  'site-packages',
  '__pycache__',
  '__pypackages__',
  'venv',
  'virtualenv',
  'coverage',
  'htmlcov',
]);

/** Folders of output or of other people's code, unless they lie below a `src`: src/build is source. */
const USUALLY_OUTPUT = new Set(['dist', 'build', 'out', 'target', 'vendor', 'vendors', 'third_party']);

const GENERATED_FILE =
  /(?:[.-]min\.[cm]?js|\.bundle\.[cm]?js|\.chunk\.[cm]?js|\.generated\.\w+|\.gen\.\w+|\.d\.[cm]?ts|_pb2(?:_grpc)?\.pyi?|_pb\.js)$/i;

const TEST_FOLDER =
  /(?:^|\/)(?:__tests__|__mocks__|__fixtures__|(?:(?:integration|unit|functional|acceptance|load|smoke|system|e2e)[-_])?tests?|specs?|e2e|cypress|fixtures|testdata|test[-_]data|mocks)\//i;

const TEST_FILE =
  /(?:^|\/)(?:[^/]+[._-](?:(?:client|server|unit|int|integration)?tests?|spec|e2e|cy|bench|stories)\.[cm]?[jt]sx?|test_[^/]*\.py|[^/]+_tests?\.py|tests?\.py|conftest\.py)$/i;

/** Python that helps tests, or makes up rows for a demonstration: `testing/`, `e2etests/`, `populate.py`, `random_data.py`, `driver_test_data.py`. */
const MADE_UP_DATA =
  /(?:^|\/)(?:testing|e2e[-_]?tests?)\/(?:[^/]+\/)*[^/]+\.py$|(?:^|[/_])(?:populate(?:_?db|_[^/]*)?|(?:random|fake|dummy|sample|demo|mock|test|seed)_data|seeds?|seeder)\.py$/i;

/** Whether a folder is left out by its name. `path` is relative to the folder that is listed, with forward slashes. */
export function isSkippedFolder(path: string): boolean {
  const names = path.split('/');
  const name = names.pop()!;
  if (name.startsWith('.') || NEVER_SOURCE.has(name) || name.endsWith('.egg-info')) return true;
  return USUALLY_OUTPUT.has(name) && !names.includes('src');
}

/** Whether a file's name says that a tool wrote it, or that it only declares types. */
export function isGeneratedPath(path: string): boolean {
  return GENERATED_FILE.test(path);
}

/** Tests, fixtures, mocks and stories: their cost is not the product's. `path` is relative, with forward slashes. */
export function isTestPath(path: string): boolean {
  return TEST_FOLDER.test(path) || TEST_FILE.test(path) || MADE_UP_DATA.test(path);
}
