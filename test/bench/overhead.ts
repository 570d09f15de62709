import { mkdirSync, rmSync } from 'node:fs';
import { listDrivers, type MeasurePlan, type PlanContext, planBenchmark, planProfile, planTrace } from '../../src/measure';
import { runPlan } from '../../src/measure/runPlan';
import { temporaryWorkspace, type TemporaryWorkspace } from '../measure/temporaryWorkspace';
import { interleavedRuns } from './interleaved';
import type { Line } from './report';

const ROUNDS = 20;
const QUERIES = 1000;

/**
 * Says the processor time of the work alone, once it is warm: what a process takes to start, to compile and to write its
 * profile is no time of the user's code, and comes once however long that runs.
 */
const timed = (work: string, times: number): string => `${work}\nconst before = process.cpuUsage();\nfor (let turn = 0; turn < ${times}; turn++) ${work}\nconst { user, system } = process.cpuUsage(before);\nconsole.log('took ' + (user + system) / 1000);\n`;

const COMPUTING = {
  'work.mjs': `export function work(n) {
  const seen = new Map();
  for (let i = 0; i < n; i++) {
    const key = 'k' + (i * 7919) % 5003;
    seen.set(key, [...(seen.get(key) ?? []).slice(-8), Math.sqrt(i)]);
  }
  return seen.size;
}
`,
  'main.mjs': `#!/usr/bin/env node\nimport { work } from './work.mjs';\n${timed('work(50_000);', 60)}`,
};

/** An N+1 over a table without an index, in a database without a network: the shortest queries that anybody would trace. */
const QUERYING = {
  'work.mjs': `import Database from 'libsql';
const db = new Database(':memory:');
db.exec('CREATE TABLE items (id INTEGER PRIMARY KEY, order_id INTEGER, name TEXT)');
const insert = db.prepare('INSERT INTO items (order_id, name) VALUES (?, ?)');
for (let i = 0; i < 5000; i++) insert.run(i % ${QUERIES}, 'item ' + i);
const itemsOf = db.prepare('SELECT * FROM items WHERE order_id = ?');

export function work() {
  let count = 0;
  for (let order = 0; order < ${QUERIES}; order++) count += itemsOf.all(order).length;
  return count;
}
`,
  'main.mjs': `#!/usr/bin/env node\nimport { work } from './work.mjs';\n${timed('work();', 5)}`,
};

/** What recording costs: the same program with and without, in turn. */
export async function overheads(): Promise<Line[]> {
  return [
    await overhead('CPU sampling: with / without', 1.1, COMPUTING, [], planProfile, 'a program that computes'),
    await overhead(`Trace: with / without, ${QUERIES.toLocaleString('en')} queries`, 1.15, QUERYING, ['libsql', '@libsql', '@neon-rs', 'detect-libc'], planTrace, `${QUERIES.toLocaleString('en')} queries of SQLite in memory`),
  ];
}

async function overhead(name: string, budget: number, files: Readonly<Record<string, string>>, packages: readonly string[], planFor: typeof planProfile, what: string): Promise<Line> {
  const workspace = temporaryWorkspace(files, packages);
  try {
    const { plain, recorded } = await plansOf(workspace, planFor);
    const pair = await interleavedRuns(() => processorTime(plain), () => processorTime(recorded), ROUNDS);
    const [low, high] = pair.interval;
    return {
      name,
      figure: `${pair.ratio.toFixed(2)}x [${low.toFixed(2)}, ${high.toFixed(2)}]`,
      budget: `${budget}x`,
      met: pair.ratio <= budget,
      detail: `${pair.rounds} rounds, ${what}, ${low <= budget && budget < high ? 'too noisy to decide' : 'decided at 95 %'}, ${pair.baselineMs.toFixed(1)} ms of CPU against ${pair.subjectMs.toFixed(1)} ms`,
    };
  } finally {
    workspace.remove();
  }
}

async function plansOf(workspace: TemporaryWorkspace, planFor: typeof planProfile): Promise<{ plain: MeasurePlan; recorded: MeasurePlan }> {
  const target = { file: 'work.mjs', functionName: 'work', hash: '' };
  const choice = listDrivers(target, workspace, false).find(({ kind }) => kind === 'file');
  if (!choice) throw new Error('The main file is not proposed as a driver.');
  const context: PlanContext = { workspace, store: workspace.store, node: process.execPath };
  return { plain: await planBenchmark(choice, context), recorded: await planFor(choice, target, context) };
}

/** Milliseconds that the program's work took, by its own word. */
async function processorTime(plan: MeasurePlan): Promise<number> {
  rmSync(plan.rawFolder, { recursive: true, force: true });
  mkdirSync(plan.rawFolder, { recursive: true });
  let output = '';
  const { ending, code } = await runPlan(plan, { timeoutMs: 60_000, onOutput: (text) => (output += text) });
  const took = /^took ([\d.]+)$/m.exec(output)?.[1];
  if (code !== 0 || took === undefined) throw new Error(`The program ended with ${ending} ${code}: ${output}`);
  return Number(took);
}
