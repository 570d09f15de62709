import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** What a program took from its start to its end, with all that it started. */
export interface Took {
  /** Processor time: the wall clock also counts what other programs do. */
  readonly cpuMs: number;
  readonly wallMs: number;
}

export interface Program {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Linters end with 1 when they have found something. */
const FOUND = 1;
/** Sends what is found away, and adds what POSIX knows of the processor time of all children. */
const TIMED = '"$@" > /dev/null; code=$?; times; exit $code';

/** Runs a program to its end. @throws Error with the end of its error output where it fails. */
export async function timed({ argv, cwd, env }: Program): Promise<Took> {
  const began = performance.now();
  const child = spawn('sh', ['-c', TIMED, 'sh', ...argv], { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let times = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (times += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code === null || code > FOUND) throw new Error(`${argv.slice(0, 3).join(' ')} ended with ${code}: ${errors.slice(-2000)}`);
  return { cpuMs: cpuOf(times), wallMs: performance.now() - began };
}

/** The second line of `times`: user and system time of the children, as "0m1.23s 0m0.04s". */
function cpuOf(times: string): number {
  const spent = [...times.trim().split('\n').at(-1)!.matchAll(/(\d+)m([\d.,]+)s/g)];
  if (spent.length !== 2) throw new Error(`the shell's times could not be read: ${times}`);
  return spent.reduce((sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds!.replace(',', '.'))) * 1000, 0);
}

export type Samples<Name extends string> = Readonly<Record<Name, readonly Took[]>>;

/** Runs the programs in turn, each round in another order. `before` is not timed. */
export async function inTurns<Name extends string>(programs: Readonly<Record<Name, Program & { readonly before?: () => void }>>, rounds: number): Promise<Samples<Name>> {
  const names = Object.keys(programs) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as Took[]])) as Record<Name, Took[]>;
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length]!;
      programs[name].before?.();
      samples[name].push(await timed(programs[name]));
    }
  }
  return samples;
}

/** How often `subject` goes into `baseline`, round by round. */
export interface Times {
  readonly median: number;
  /** Of so few rounds no interval can be computed: these are the least and the most of them. */
  readonly range: readonly [number, number];
}

/** @param extrapolate makes the whole of a baseline that has run a sample only. */
export function ratioOf(baseline: readonly Took[], subject: readonly Took[], extrapolate: (cpuMs: number) => number = (cpuMs) => cpuMs): Times {
  const ratios = subject.map(({ cpuMs }, round) => extrapolate(baseline[round]!.cpuMs) / cpuMs);
  return { median: middle(ratios), range: [Math.min(...ratios), Math.max(...ratios)] };
}

/** "31.2 s of CPU on 1.1 cores" */
export function spent(samples: readonly Took[]): string {
  const [cpu, wall] = [middle(samples.map(({ cpuMs }) => cpuMs)), middle(samples.map(({ wallMs }) => wallMs))];
  return `${(cpu / 1000).toFixed(1)} s of CPU in ${(wall / 1000).toFixed(1)} s`;
}

export function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
