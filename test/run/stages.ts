import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** One part of `npm test`, run as a process of its own. */
export interface Stage {
  readonly name: string;
  readonly kind: 'command' | 'mocha' | 'counting program';
  /** Arguments for Node: a script of a package or of this checkout, and its own arguments. */
  readonly argv: readonly string[];
  /** For mocha: with no file it would look for some by itself. */
  readonly files?: readonly string[];
  readonly needsBuild?: boolean;
  /** It runs beside the stages that follow, up to the next one that waits. */
  readonly beside?: boolean;
  /** It begins when what runs beside the others has ended. */
  readonly waits?: boolean;
  /** It runs only when it is named. */
  readonly asked?: boolean;
}

const TSX = ['--require', 'tsx/cjs'];
const TSC = 'node_modules/typescript/bin/tsc';

/** These unit tests are stages of their own, because they speak of the rules and of the house. */
const RULE_TESTS = ['test/unit/fixtures.test.ts', 'test/unit/docs.test.ts'];
const ARCHITECTURE_TEST = 'test/unit/architecture.test.ts';
const SCENARIO_TESTS = ['test/cli/scenarios.test.ts', 'test/window/scenarios.test.ts'];
const isNoScenario = (file: string): boolean => !SCENARIO_TESTS.includes(file);

/** Every stage in order: what is quick and breaks most comes first. */
export function allStages(): Stage[] {
  const unit = testFiles('test/unit').filter((file) => !RULE_TESTS.includes(file) && file !== ARCHITECTURE_TEST);
  return [
    { name: 'build', kind: 'command', argv: [...TSX, 'src/build/build.ts'] },
    { name: 'typecheck', kind: 'command', argv: [TSC, '--noEmit'] },
    ...(existsSync(join(ROOT, 'tsconfig.panel.json')) ? [panelTypes] : []),
    // These run programs whose times are known. Another program on the machine can spoil a run, so a second one may tell.
    { ...mocha('measure', testFiles('test/measure'), ['--retries', '2']), beside: true },
    mocha('unit', unit),
    mocha('rules', RULE_TESTS),
    mocha('architecture', [ARCHITECTURE_TEST]),
    { ...mocha('lsp', testFiles('test/lsp')), needsBuild: true },
    { ...mocha('panel', testFiles('test/panel')), needsBuild: true, waits: true, beside: true },
    { ...mocha('cli', testFiles('test/cli').filter(isNoScenario)), needsBuild: true },
    mocha('proof', testFiles('test/proof')),
    // It packages the extension, for which the programs are built anew under the feet of what runs beside it.
    { ...mocha('window', testFiles('test/window').filter(isNoScenario)), needsBuild: true, waits: true },
    { name: 'host', kind: 'counting program', argv: [...TSX, 'test/host/run.ts'] },
    // Six journeys from a measurement to the next take minutes that a run of everything does not have on two cores.
    { ...mocha('scenarios', SCENARIO_TESTS), needsBuild: true, waits: true, asked: true },
  ];
}

const panelTypes: Stage = { name: 'typecheck-panel', kind: 'command', argv: [TSC, '--noEmit', '-p', 'tsconfig.panel.json'] };

function mocha(name: string, files: readonly string[], options: readonly string[] = []): Stage {
  const argv = ['node_modules/mocha/bin/mocha.js', '--reporter', 'test/run/countingReporter.ts', ...options, ...files];
  return { name, kind: 'mocha', argv, files };
}

/** The test files below a folder of the checkout; none where there is no such folder. */
function testFiles(folder: string): string[] {
  const absolute = join(ROOT, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}
