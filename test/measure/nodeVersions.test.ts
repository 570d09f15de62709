import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Run } from '../../src/core/evidence';
import { type DriverChoice, measure, planProfile } from '../../src/measure';
import { type TemporaryWorkspace, temporaryWorkspace } from './temporaryWorkspace';
import { nodeVersion, npmPackages } from './installed';

/** How far a share may be from the truth of four to one. */
const TOLERANCE = 0.12;
const VERSIONS = { 20: '20.20.2', 22: '22.23.3', 24: '24.21.0' } as const;
const TSC = join(__dirname, '../../node_modules/typescript/bin/tsc');

const WORK = `interface Range { readonly from: number; readonly to: number }
const range: Range = {
  from: 0,
  to: 1,
};

/** A comment and an empty line keep compilers from getting the lines right by chance. */

export function rare(n: number): number {
  let sum = range.from;
  for (let i = 0; i < n; i++) {
    sum += Math.sqrt(i) % 7;
  }
  return sum;
}

export function hot(n: number): number {
  let sum = range.from;
  for (let i = 0; i < n; i++) {
    sum += Math.sqrt(i) % 7; // hot line
  }
  return sum;
}
`;
const MAIN = "import { hot, rare } from './work.ts';\nfor (let i = 0; i < 90; i++) {\n  rare(50_000);\n  hot(200_000);\n}\n";

interface Build {
  /** Makes what is run out of src/work.ts and src/main.ts. @returns its entry, relative to the workspace */
  readonly make: (workspace: string) => string;
  readonly packages?: readonly string[];
  /** The first version of Node that can. */
  readonly from?: number;
}

const BUILDS: Readonly<Record<string, Build>> = {
  'stripped by Node itself': { make: () => 'src/main.ts', from: 22 },
  tsx: { make: () => 'src/main.ts', packages: ['tsx', 'esbuild', '@esbuild'] },
  'bundled by esbuild': {
    make: (workspace) => {
      buildSync({ entryPoints: [join(workspace, 'src/main.ts')], outfile: join(workspace, 'dist/main.js'), bundle: true, format: 'esm', sourcemap: 'linked', minifySyntax: true, logLevel: 'silent' });
      return 'dist/main.js';
    },
  },
  'compiled by tsc': {
    make: (workspace) => {
      execFileSync(process.execPath, [TSC, '--outDir', 'dist', '--sourceMap', '--module', 'nodenext', '--target', 'es2022', '--rewriteRelativeImportExtensions', '--rootDir', 'src', 'src/main.ts'], { cwd: workspace });
      return 'dist/main.js';
    },
  },
  'compiled by sucrase': {
    make: (workspace) => {
      const { transform } = require(join(npmPackages({ sucrase: '3.35.1' }), 'sucrase')) as { transform: (text: string, options: object) => { code: string; sourceMap: { sources: string[] } } };
      for (const name of ['work', 'main']) {
        const options = { transforms: ['typescript'], filePath: `${name}.ts`, sourceMapOptions: { compiledFilename: `${name}.js` } };
        const { code, sourceMap } = transform(readFileSync(join(workspace, `src/${name}.ts`), 'utf8'), options);
        const map = Buffer.from(JSON.stringify(sourceMap)).toString('base64');
        writeFileSync(join(workspace, `src/${name}.js`), `${code.replace("'./work.ts'", "'./work.js'")}\n//# sourceMappingURL=data:application/json;base64,${map}\n`);
      }
      return 'src/main.js';
    },
  },
};

describe('the truth of a profile, by version of Node and way to run TypeScript', function () {
  this.timeout(120_000);
  let workspace: TemporaryWorkspace;
  afterEach(() => workspace.remove());

  for (const [major, version] of Object.entries(VERSIONS)) {
    for (const [name, { make, packages = [], from = 0 }] of Object.entries(BUILDS)) {
      if (Number(major) < from) continue;
      it(`Node ${major}, ${name}: hot function and hot line`, async () => {
        // The Node that runs this is one of them.
        const node = process.versions.node.split('.')[0] === major ? process.execPath : nodeVersion(version);
        workspace = temporaryWorkspace({ 'package.json': '{"type": "module"}', 'src/work.ts': WORK, 'src/main.ts': MAIN }, packages);
        assertTruth(await profile(make(workspace.workspace), node, name === 'stripped by Node itself'));
      });
    }
  }

  async function profile(entry: string, node: string, isNative: boolean): Promise<Run> {
    const target = { file: 'src/work.ts', functionName: 'hot', hash: 'unused' };
    const choice: DriverChoice = { kind: 'file', language: 'typescript', runner: 'own', file: entry, cwd: '', label: entry, reason: 'a test' };
    const context = { workspace, store: workspace.store, node, typescript: require.resolve('@ts-morph/common') };
    const plan = await planProfile(choice, target, context);
    // Our own loader is for Nodes that cannot: here Node is to do it.
    const argv = isNative ? plan.argv.filter((argument, i, all) => argument !== '--import' && all[i - 1] !== '--import') : plan.argv;
    let output = '';
    const run = await measure({ ...plan, argv }, workspace.store, () => undefined, { timeoutMs: 60_000, onOutput: (text) => (output += text) });
    assert.equal(run.failure, undefined, output);
    return run;
  }
});

function assertTruth({ functions, lines }: Run): void {
  const cost = (name: string) => functions.find(({ file, functionName }) => file === 'src/work.ts' && functionName === name);
  const [hot, rare] = [cost('hot'), cost('rare')];
  assert.ok(hot && rare, `both functions are seen: ${JSON.stringify(functions.slice(0, 5))}`);
  assert.ok(Math.abs(hot.selfShare - 0.8) < TOLERANCE, `hot has ${hot.selfShare}`);
  assert.ok(Math.abs(rare.selfShare - 0.2) < TOLERANCE, `rare has ${rare.selfShare}`);
  const source = WORK.split('\n');
  assert.match(source[hot.line]!, /function hot/);
  const hottest = [...lines].sort((a, b) => b.selfShare - a.selfShare)[0]!;
  assert.equal(hottest.file, 'src/work.ts');
  // A loop of one statement: engines place its samples at the statement or at its head, one line above.
  assert.match(`${source[hottest.line]} ${source[hottest.line + 1]}`, /hot line/);
}
