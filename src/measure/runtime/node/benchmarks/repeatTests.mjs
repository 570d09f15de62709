/**
 * Runs a file of node:test several times, each in a process of its own, and writes how long each test took.
 * Arguments: the file to write, then the options and the file for Node.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const PROCESSES = 10;

const [output, ...argv] = process.argv.slice(2);
const lines = `${output}.lines`;
const reporter = new URL('./testReporter.mjs', import.meta.url).href;
const samples = new Map();
for (let i = 0; i < PROCESSES; i++) {
  const { status } = spawnSync(process.execPath, [`--test-reporter=${reporter}`, `--test-reporter-destination=${lines}`, ...argv], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  for (const line of readFileSync(lines, 'utf8').split('\n').filter(Boolean)) {
    const { name, ms } = JSON.parse(line);
    samples.set(name, [...(samples.get(name) ?? []), ms]);
  }
}
rmSync(lines, { force: true });
const benchmarks = [...samples].map(([name, own]) => ({ name, unit: 'ms', samples: own, processes: own.map(() => 1) }));
writeFileSync(output, JSON.stringify({ benchmarks }));
