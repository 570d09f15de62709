import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { FailureError, failures } from '../core/failures';
import type { MeasurePlan } from './plan';

const MACHINE = 'performance-engineer';

/**
 * airspeed velocity in the environment that is there, with results that go to the run's folder and leave those of the
 * project alone. asv keeps what it knows of machines in the home folder, so it is given another one. Throws FailureError.
 */
export function asvCommand(configFile: string, rawFolder: string): Pick<MeasurePlan, 'argv' | 'env'> {
  const { project = 'project', repo = '.', benchmark_dir: benchmarks = 'benchmarks' } = readConfig(configFile);
  const folder = dirname(configFile);
  const home = join(rawFolder, 'home');
  const config = join(rawFolder, 'asv.conf.json');
  try {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, '.asv-machine.json'), JSON.stringify({ [MACHINE]: { machine: MACHINE, arch: '', cpu: '', num_cpu: '', os: '', ram: '' }, version: 1 }));
    writeFileSync(
      config,
      JSON.stringify({
        version: 1,
        project,
        project_url: '',
        repo: resolve(folder, repo),
        branches: ['HEAD'],
        environment_type: 'existing',
        benchmark_dir: resolve(folder, benchmarks),
        env_dir: join(rawFolder, 'environments'),
        results_dir: join(rawFolder, 'asv', 'results'),
        html_dir: join(rawFolder, 'asv', 'html'),
      }),
    );
  } catch (error) {
    throw new FailureError(failures.evidenceNotWritten(config, error));
  }
  return {
    argv: ['-m', 'asv', 'run', '--config', config, '--python=same', '--set-commit-hash=HEAD', '--record-samples', '--machine', MACHINE],
    env: { HOME: home, USERPROFILE: home },
  };
}

interface AsvConfig {
  readonly project?: string;
  readonly repo?: string;
  readonly benchmark_dir?: string;
}

/** The file is JSON with comments and trailing commas. */
function readConfig(file: string): AsvConfig {
  try {
    const text = readFileSync(file, 'utf8').replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '$1').replace(/,(?=\s*[\]}])/g, '');
    return JSON.parse(text) as AsvConfig;
  } catch (error) {
    throw new FailureError(failures.unreadableFile(file, error));
  }
}
