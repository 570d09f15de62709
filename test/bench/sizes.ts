import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { build, COMMONJS_FILE } from '../../src/build/build';
import { packageExtension } from '../../src/build/package';
import type { Line } from './report';

const DIST = join(__dirname, '../../dist');
const KIB = 1024;

/** Sizes of what is shipped, minified, as the build just made them. */
export async function sizes(): Promise<Line[]> {
  const { programs } = await build();
  const { bytes } = await packageExtension();
  return [
    size('extension client', statSync(join(DIST, 'extension.js')).size, 650 * KIB),
    size('server without parsers', eagerSize(programs, 'server.mjs'), 500 * KIB),
    size('advisor, loaded when asked', statSync(join(DIST, 'advisor.js')).size, 170 * KIB),
    size('Anthropic SDK, loaded when asked', statSync(join(DIST, 'vendor/anthropic-sdk.js')).size, 150 * KIB),
    size('panel', statSync(join(DIST, 'panel.js')).size, 150 * KIB),
    size('charts, loaded when asked', statSync(join(DIST, 'charts.js')).size, 110 * KIB),
    size('.vsix', bytes, 12 * KIB * KIB),
  ];
}

/** What a start loads of ours and of libraries: an entry and all that it imports statically, however far away. */
function eagerSize(metafile: Metafile, entry: string): number {
  const outputs = Object.entries(metafile.outputs);
  const find = (suffix: string): string => outputs.find(([path]) => path.endsWith(suffix))![0];
  const seen = new Set<string>();
  const visit = (path: string): void => {
    const output = metafile.outputs[path];
    if (!output || seen.has(path)) return;
    seen.add(path);
    for (const imported of output.imports) if (imported.kind === 'import-statement') visit(imported.path);
  };
  visit(find(`/${entry}`));
  // Every chunk imports that one, outside of esbuild's account.
  return [...seen].reduce((sum, path) => sum + metafile.outputs[path]!.bytes, statSync(COMMONJS_FILE).size);
}

function size(name: string, bytes: number, budget: number): Line {
  return { name: `size: ${name}`, figure: kib(bytes), budget: kib(budget), met: bytes <= budget, detail: `${bytes} bytes` };
}

function kib(bytes: number): string {
  return `${Math.round(bytes / KIB)} KiB`;
}
