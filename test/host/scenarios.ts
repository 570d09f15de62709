import * as fs from 'node:fs';
import * as path from 'node:path';

/** One state that VS Code can be in when the extension meets it; each starts an editor of its own. */
export interface Scenario {
  /** Also the folder of its tests under `suite/`. */
  readonly name: string;
  readonly opensWorkspace: boolean;
  readonly trusted: boolean;
}

const scenarios: readonly Scenario[] = [
  { name: 'trusted', opensWorkspace: true, trusted: true },
  { name: 'untrusted', opensWorkspace: true, trusted: false },
  { name: 'empty', opensWorkspace: false, trusted: true },
];

/** A scenario with the test files (absolute paths of sources) that are to run in it; there is at least one. */
export interface ScenarioRun {
  readonly scenario: Scenario;
  readonly files: readonly string[];
}

const suiteFolder = path.join(__dirname, 'suite');

/**
 * Picks what to run. The filter is a scenario ("trusted"), the start of a file ("trusted/activation"), or part of
 * a file's name ("activation"). The folders are the registry: a new `*.test.ts` is found without being listed.
 */
export function selectRuns(filter = ''): ScenarioRun[] {
  return scenarios
    .map(scenario => ({ scenario, files: testFiles(scenario).filter(file => matches(file, filter)) }))
    .filter(run => run.files.length > 0);
}

function testFiles(scenario: Scenario): string[] {
  const folder = path.join(suiteFolder, scenario.name);
  return fs
    .readdirSync(folder)
    .filter(file => file.endsWith('.test.ts'))
    .sort()
    .map(file => path.join(folder, file));
}

function matches(file: string, filter: string): boolean {
  const relative = path.relative(suiteFolder, file).replaceAll('\\', '/');
  return relative === filter || relative.startsWith(filter.includes('/') ? filter : `${filter}/`) || path.basename(file).includes(filter);
}
