import { dirname, join } from 'node:path';
import { ts } from 'ts-morph';

/** What a type needs of a project's options; all that is about output or about checking stays out. */
const WANTED = [
  'allowSyntheticDefaultImports', 'baseUrl', 'customConditions', 'esModuleInterop', 'exactOptionalPropertyTypes', 'experimentalDecorators',
  'jsx', 'jsxImportSource', 'module', 'moduleResolution', 'noImplicitAny', 'noUncheckedIndexedAccess', 'paths', 'pathsBasePath', 'preserveSymlinks', 'resolveJsonModule',
  'strict', 'strictNullChecks', 'useDefineForClassFields',
] as const;

const OURS: ts.CompilerOptions = {
  allowJs: true,
  checkJs: false,
  maxNodeModuleJsDepth: 0,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  // Types that are global to a project would be read for each file of it.
  types: [],
};

const DEFAULTS: ts.CompilerOptions = { strict: true, module: ts.ModuleKind.Preserve, moduleResolution: ts.ModuleResolutionKind.Bundler, jsx: ts.JsxEmit.Preserve };

const LIBRARIES = ['lib.es2023.d.ts'];
const BROWSER_LIBRARIES = ['lib.dom.d.ts', 'lib.dom.iterable.d.ts'];

/** The nearest tsconfig.json or jsconfig.json at or above a file, up to `root`. */
export function nearestConfig(file: string, root: string): string | undefined {
  for (let folder = dirname(file); folder.startsWith(root); folder = dirname(folder)) {
    for (const name of ['tsconfig.json', 'jsconfig.json']) {
      const config = join(folder, name);
      if (ts.sys.fileExists(config)) return config;
    }
    if (folder === dirname(folder)) break;
  }
  return undefined;
}

/** The options under which a file's types are read. A broken or missing configuration is one with the defaults. */
export function compilerOptions(config: string | undefined, usesBrowser: boolean): ts.CompilerOptions {
  const declared = config === undefined ? {} : readOptions(config);
  const wanted = Object.fromEntries(WANTED.flatMap((name) => (declared[name] === undefined ? [] : [[name, declared[name]]])));
  return { ...DEFAULTS, ...wanted, ...OURS, lib: usesBrowser ? [...LIBRARIES, ...BROWSER_LIBRARIES] : LIBRARIES };
}

function readOptions(config: string): ts.CompilerOptions {
  const { config: json = {} } = ts.readConfigFile(config, ts.sys.readFile);
  // Without a list of files the parser would look for all of them.
  return ts.parseJsonConfigFileContent({ ...json, files: [], include: [], references: [] }, ts.sys, dirname(config)).options;
}
