import * as fs from 'node:fs';
import * as path from 'node:path';
import { build } from 'esbuild';
import { undoAtExit } from '../../src/build/vscode/ending';
import { projectRoot } from '../../src/build/vscode/paths';

const source = path.join(__dirname, 'suite');

export interface BundledSuite {
  /** What VS Code is to load: the module with `run()`. */
  readonly entry: string;
  /** The bundle of a test file, given the path of its source. */
  bundleOf(file: string): string;
}

/**
 * Bundles the suite's entry and test files for the extension host, each on its own. They stay inside the checkout
 * so that mocha, which cannot be bundled, is found; the folder is this process's own, so that runs can overlap.
 */
export async function bundleSuite(files: readonly string[]): Promise<BundledSuite> {
  const output = path.join(projectRoot, 'out', 'host', `suite-${process.pid}`);
  undoAtExit(() => fs.rmSync(output, { recursive: true, force: true }));
  await build({
    entryPoints: [path.join(source, 'index.ts'), ...files],
    outdir: output,
    outbase: source,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return {
    entry: path.join(output, 'index.js'),
    bundleOf: file => path.join(output, path.relative(source, file).replace(/\.ts$/, '.js')),
  };
}
