import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { context, build as esbuild, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { ts } from 'ts-morph';
import { compilerModule } from './compilerNames';
import { moduleOf, PGLITE_EXTENSIONS } from '../prove/engines/pgliteLoader';

const ROOT = resolve(__dirname, '../..');
const DIST = join(ROOT, 'dist');

/**
 * Parsers are bundles of their own: a program loads one on its first use, and none of them counts
 * towards the size of the program. Each with the values the project takes from it.
 */
const VENDOR_MODULES: Readonly<Record<string, { readonly file: string; readonly names: readonly string[] }>> = {
  'ts-morph': { file: 'ts-morph', names: ['ts'] },
  '@ts-morph/common': { file: 'ts-morph', names: ['getLibFiles'] },
  '@lezer/python': { file: 'lezer-python', names: ['parser'] },
  '@lezer/common': { file: 'lezer-python', names: ['TreeFragment'] },
  'libpg-query': { file: 'libpg-query', names: ['loadModule', 'parseSync'] },
  scslre: { file: 'scslre', names: ['analyse'] },
};

/** Replaces a parser by a `require` of its bundle; an import of a value that is not listed fails the build. */
const vendorPlugin: Plugin = {
  name: 'vendor-modules',
  setup(builder) {
    builder.onResolve({ filter: /^(?:ts-morph|@ts-morph\/common|@lezer\/(?:common|python)|libpg-query|scslre)$/ }, ({ path }) => ({ path, namespace: 'vendor' }));
    builder.onResolve({ filter: /^\.\.\/vendor\// }, ({ path }) => ({ path, external: true }));
    builder.onLoad({ filter: /.*/, namespace: 'vendor' }, ({ path }) => {
      const { file, names } = VENDOR_MODULES[path]!;
      if (path === 'ts-morph') return { contents: compilerModule(join(ROOT, 'src'), { ...ts }, `require('../vendor/${file}.js').ts`) };
      return { contents: `const library = require('../vendor/${file}.js');\nexport const { ${names.join(', ')} } = library;` };
    });
  },
};

const shared: BuildOptions = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Some libraries' CommonJS form hides its `require` calls from the bundler; their module form does not.
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: false,
  logLevel: 'warning',
  metafile: true,
};

/**
 * The Anthropic SDK is a bundle of its own too: the extension loads it with the first question that goes to that
 * API. Only what is used of it is in there.
 */
const ANTHROPIC_MODULES: Readonly<Record<string, readonly string[]>> = {
  '@anthropic-ai/sdk/client': ['BaseAnthropic'],
  '@anthropic-ai/sdk/error': ['APIError'],
  '@anthropic-ai/sdk/resources/messages/messages': ['Messages'],
  '@anthropic-ai/sdk/resources/models': ['Models'],
};

const anthropicPlugin: Plugin = {
  name: 'anthropic-sdk',
  setup(builder) {
    builder.onResolve({ filter: /^@anthropic-ai\/sdk\// }, ({ path }) => ({ path, namespace: 'anthropic-sdk' }));
    builder.onResolve({ filter: /^\.\/vendor\// }, ({ path }) => ({ path, external: true }));
    builder.onLoad({ filter: /.*/, namespace: 'anthropic-sdk' }, ({ path }) => ({
      contents: `const library = require('./vendor/anthropic-sdk.js');\nexport const { ${ANTHROPIC_MODULES[path]!.join(', ')} } = library;`,
    }));
  },
};

/** The advisor is loaded by the extension when somebody asks: its code is no part of what activation loads. */
const advisorPlugin: Plugin = {
  name: 'advisor',
  setup(builder) {
    builder.onResolve({ filter: /^(?:\.\.\/)+advisor$/ }, ({ kind }) => (kind === 'dynamic-import' ? { path: './advisor.js', external: true } : undefined));
  },
};

const anthropicSdk: BuildOptions = {
  ...shared,
  stdin: {
    contents: Object.entries(ANTHROPIC_MODULES).map(([module, names]) => `export { ${names.join(', ')} } from ${JSON.stringify(module)};`).join('\n'),
    resolveDir: ROOT,
  },
  outfile: join(DIST, 'vendor', 'anthropic-sdk.js'),
};

/**
 * What CommonJS code expects, for the ES modules of `dist/program/`, which are many: it is made once and imported by each.
 * `__dirname` is `dist/`, as it is for the extension, so that files are found the same way everywhere.
 */
export const COMMONJS_FILE = join(DIST, 'program', 'commonjs.mjs');
const COMMONJS_MODULE = `import { createRequire } from 'node:module';
import { dirname } from 'node:path';
export const require = createRequire(import.meta.url);
export const __dirname = dirname(import.meta.dirname);
`;
const COMMONJS_NAMES = `import{require,__dirname}from"./commonjs.mjs";const __filename=import.meta.filename;`;

/** The programs share their chunks; what is imported dynamically stays out until it is asked for. */
const programs: BuildOptions = {
  ...shared,
  format: 'esm',
  splitting: true,
  entryPoints: { server: join(ROOT, 'src/server.ts'), cli: join(ROOT, 'src/cli.ts'), prover: join(ROOT, 'src/prover.ts'), types: join(ROOT, 'src/types.ts') },
  // A faster client in C, which pg takes where somebody has installed it.
  external: ['pg-native'],
  outdir: join(DIST, 'program'),
  outExtension: { '.js': '.mjs' },
  plugins: [vendorPlugin],
  banner: { js: COMMONJS_NAMES },
  define: { PERFORMANCE_ENGINEER_BUILD: JSON.stringify(sourcesHash()) },
};

/** Changes with anything that a program is made of, so that no cache of another build's results is taken for one of its own. */
function sourcesHash(): string {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')));
  for (const entry of readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) hash.update(readFileSync(join(entry.parentPath, entry.name)));
  }
  return hash.digest('hex').slice(0, 16);
}

const extension: BuildOptions = {
  ...shared,
  entryPoints: [join(ROOT, 'src/extension.ts')],
  outfile: join(DIST, 'extension.js'),
  external: ['vscode'],
  plugins: [advisorPlugin],
};

const advisor: BuildOptions = {
  ...shared,
  entryPoints: [join(ROOT, 'src/advisor/index.ts')],
  outfile: join(DIST, 'advisor.js'),
  plugins: [anthropicPlugin],
};

const panel: BuildOptions = {
  ...shared,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  entryPoints: [join(ROOT, 'src/panel/main.ts')],
  outfile: join(DIST, 'panel.js'),
};

/** What draws charts; the panel loads it with the first one. */
const charts: BuildOptions = {
  ...panel,
  entryPoints: [join(ROOT, 'src/panel/charts/main.ts')],
  outfile: join(DIST, 'charts.js'),
  // A library's sheet becomes a constructed sheet of its element: no other would pass the policy.
  loader: { '.css': 'text' },
};

/** Modules that share a file share one copy of what both use. */
const vendorFiles = new Map<string, string[]>();
for (const [module, { file }] of Object.entries(VENDOR_MODULES)) vendorFiles.set(file, [...(vendorFiles.get(file) ?? []), module]);

const vendor = [...vendorFiles].map(([file, modules]): BuildOptions => ({
  ...shared,
  mainFields: ['main'],
  stdin: { contents: `module.exports = { ${modules.map((module) => `...require(${JSON.stringify(module)})`).join(', ')} };`, resolveDir: ROOT },
  outfile: join(DIST, 'vendor', `${file}.js`),
}));

/** esbuild's account of what went into which file, for the size gates. */
export interface BuildResult {
  readonly programs: Metafile;
}

/** Bundles the three programs, the panel and the parsers into `dist/`. */
export async function build(): Promise<BuildResult> {
  rmSync(DIST, { recursive: true, force: true });
  const [built] = await Promise.all([programs, extension, advisor, panel, charts, anthropicSdk, ...vendor].map((options) => esbuild(options)));
  await copyFiles();
  return { programs: built!.metafile! };
}

/** Files that are read or run as they are. The entries keep plain names: package.json and the client name them. */
async function copyFiles(): Promise<void> {
  mkdirSync(DIST, { recursive: true });
  await cp(join(ROOT, 'node_modules/libpg-query/wasm/libpg-query.wasm'), join(DIST, 'vendor/libpg-query.wasm'));
  await cp(join(ROOT, 'src/measure/runtime'), join(DIST, 'runtime'), { recursive: true });
  await cp(join(ROOT, 'src/prove/runtime'), join(DIST, 'runtime/prove'), { recursive: true });
  await copyPglite();
  writeFileSync(COMMONJS_FILE, COMMONJS_MODULE);
  writeFileSync(join(DIST, 'prover.js'), `import('./program/prover.mjs');\n`);
  writeFileSync(join(DIST, 'server.js'), `import('./program/server.mjs');\n`);
  writeFileSync(join(DIST, 'cli.js'), `#!/usr/bin/env node\nimport('./program/cli.mjs');\n`);
  chmodSync(join(DIST, 'cli.js'), 0o755);
}

/** PGlite reads its WebAssembly and data from beside its script, so it is carried as it is; of its extensions, those that are used. */
async function copyPglite(): Promise<void> {
  const [from, to] = [join(ROOT, 'node_modules/@electric-sql/pglite/dist'), join(DIST, 'vendor/pglite')];
  const files = [
    ...['index.cjs', 'pglite.wasm', 'pglite.data', 'initdb.wasm'],
    ...PGLITE_EXTENSIONS.flatMap((name) => [`contrib/${moduleOf(name)}.cjs`, `${name}.tar.gz`]),
  ];
  for (const file of files) await cp(join(from, file), join(to, file));
}

/** Bundles a module like the programs, with the parsers of the last build, and @returns the path to require. */
export async function bundleBeside(entry: string): Promise<string> {
  const outfile = join(DIST, 'bench', `${basename(entry, '.ts')}.js`);
  await esbuild({ ...shared, entryPoints: [entry], outfile, plugins: [vendorPlugin], define: programs.define });
  return outfile;
}

async function watch(): Promise<void> {
  await build();
  for (const options of [programs, extension, advisor, panel, charts]) {
    const watcher = await context(options);
    await watcher.watch();
  }
  console.log('Watching; press Ctrl+C to stop.');
}

if (require.main === module) {
  const run = process.argv.includes('--watch') ? watch() : build().then(() => undefined);
  run.catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
