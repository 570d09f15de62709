import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../core/evidence';
import { FailureError, failures } from '../../core/failures';
import { parseCollapsed } from '../../evidence/cpuProfile/collapsed';
import type { EvidenceStore } from '../../evidence/store';
import { type FunctionsOf, finish } from '../finish';
import type { Exit } from '../plan';
import { readText } from '../readProfiles';
import { runPlan } from '../runPlan';
import { findPySpy } from '../tools';
import type { NodeProcess } from './inspector';
import { OPTIMISED, planRecording } from './recording';

export interface AttachOptions {
  readonly seconds: number;
  readonly signal?: AbortSignal;
  readonly onOutput?: (text: string) => void;
  readonly functionsOf: FunctionsOf;
}

const PY_SPY_RATE = 100;

/** Profiles a running Node process of this machine for some seconds, and stores the run. Throws FailureError. */
export async function attachNode(target: NodeProcess, workspace: string, store: EvidenceStore, options: AttachOptions): Promise<Run> {
  const label = 'pid' in target ? `process ${target.pid}` : `the process on port ${target.inspectorPort}`;
  const plan = await planRecording(label, workspace, store);
  const began = performance.now();
  const startedAt = new Date().toISOString();
  const { recordNode } = await import('./inspector');
  const { profile, scripts, pid, version } = await recordNode(target, options.seconds, options.signal);
  writeFileSync(join(plan.rawFolder, `CPU.attached.${pid}.0.0.cpuprofile`), JSON.stringify(profile));
  writeFileSync(join(plan.rawFolder, `scripts.${pid}.0.json`), JSON.stringify(scripts));
  const exit: Exit = { ending: options.signal?.aborted ? 'cancelled' : 'exited', code: 0, startedAt, durationMs: performance.now() - began };
  const run = await finish({ ...plan, tool: { name: 'node inspector', version }, caveats: [OPTIMISED] }, exit, options.functionsOf);
  return stored(run, store);
}

/** Profiles a running Python process of this machine by py-spy for some seconds, and stores the run. Throws FailureError. */
export async function attachPython(pid: number, workspace: string, store: EvidenceStore, options: AttachOptions): Promise<Run> {
  const pySpy = await findPySpy();
  const plan = await planRecording(`process ${pid}`, workspace, store);
  const output = join(plan.rawFolder, 'py-spy.txt');
  const argv = [...pySpy.argv, 'record', '--pid', String(pid), '--duration', String(options.seconds), '--rate', String(PY_SPY_RATE), '--format', 'raw', '--full-filenames', '--nonblocking', '--output', output];
  const exit = await runPlan({ ...plan, argv }, { timeoutMs: options.seconds * 1000 + 30_000, ...options });
  if (exit.ending === 'exited' && exit.code === 0) {
    const profile = parseCollapsed(readText(output) ?? '', output, 1e6 / PY_SPY_RATE);
    writeFileSync(join(plan.rawFolder, `CPU.attached.${pid}.0.0.cpuprofile`), JSON.stringify(profile));
  } else if (exit.ending !== 'cancelled') {
    throw new FailureError(failures.cannotAttach(`process ${pid}`, `py-spy ended with ${exit.code ?? exit.signal ?? exit.cause}; it needs the right to trace the process`));
  }
  const run = await finish({ ...plan, tool: { name: 'py-spy', version: pySpy.version } }, exit, options.functionsOf);
  return stored(run, store);
}

async function stored(run: Run, store: EvidenceStore): Promise<Run> {
  await store.append(run);
  return run;
}
