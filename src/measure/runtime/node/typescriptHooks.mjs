/**
 * Loader hooks that strip the types with the TypeScript compiler, as modules with an inline source
 * map. Imports without an extension, of folders, and of `.js` for `.ts` are resolved as compilers do.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const TYPESCRIPT = /\.[mc]?tsx?$/;
let typescript;

export function initialize({ compiler }) {
  const loaded = createRequire(import.meta.url)(compiler);
  typescript = loaded.ts ?? loaded;
}

export async function resolve(specifier, context, next) {
  for (const candidate of candidates(specifier)) {
    try {
      return await next(candidate, context);
    } catch (error) {
      if (!['ERR_MODULE_NOT_FOUND', 'ERR_UNSUPPORTED_DIR_IMPORT'].includes(error.code)) throw error;
    }
  }
  return next(specifier, context);
}

function candidates(specifier) {
  if (!/^(\.|\/|file:)/.test(specifier)) return [specifier];
  const source = specifier.replace(/\.([mc]?)js(x?)$/, '.$1ts$2');
  const endings = ['.ts', '.tsx', '/index.ts', '/index.tsx', '.js', '/index.js'];
  return [specifier, ...(source === specifier ? endings.map((ending) => specifier + ending) : [source])];
}

export async function load(url, context, next) {
  if (!url.startsWith('file:') || !TYPESCRIPT.test(new URL(url).pathname)) return next(url, context);
  const fileName = fileURLToPath(url);
  const { outputText } = typescript.transpileModule(await readFile(fileName, 'utf8'), {
    fileName,
    compilerOptions: compilerOptions(fileName),
  });
  return { format: 'module', source: outputText, shortCircuit: true };
}

/** What the workspace's tsconfig.json says about decorators, classes and JSX, as modules of this Node. */
function compilerOptions(fileName) {
  const file = typescript.findConfigFile(fileName, typescript.sys.fileExists);
  const written = file ? typescript.readConfigFile(file, typescript.sys.readFile).config?.compilerOptions : {};
  const { experimentalDecorators, emitDecoratorMetadata, useDefineForClassFields, jsxImportSource } = written ?? {};
  return {
    experimentalDecorators,
    emitDecoratorMetadata,
    useDefineForClassFields,
    jsxImportSource,
    jsx: typescript.JsxEmit.ReactJSX,
    target: typescript.ScriptTarget.ES2022,
    module: typescript.ModuleKind.ESNext,
    inlineSourceMap: true,
  };
}
