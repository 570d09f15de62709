import { currentMachine } from '../../evidence/machine';
import { newRunId } from '../../evidence/runId';
import type { EvidenceStore } from '../../evidence/store';
import { codeState } from '../git';
import type { MeasurePlan } from '../plan';

export const OPTIMISED = 'what was optimised before the recording began may be charged to the function that calls it';
const DEBUGGED = 'recorded under a debugger, whose breakpoints were off meanwhile';

/** A recording of something that runs already: it starts no program, and is finished once a profile lies in its folder. */
export async function planRecording(label: string, workspace: string, store: EvidenceStore): Promise<MeasurePlan> {
  const id = newRunId(new Date());
  return {
    id,
    kind: 'cpu-profile',
    tool: { name: 'attached', version: '' },
    machine: currentMachine(),
    code: await codeState(workspace),
    driver: { kind: 'process', label, argv: [], cwd: '' },
    workspace,
    cwd: workspace,
    argv: [],
    env: {},
    rawFolder: await store.rawFolder(id),
    format: 'node-profile',
  };
}

/** The recording of a debug session, whose debugger writes the profile. */
export async function planDebugged(session: string, workspace: string, store: EvidenceStore): Promise<MeasurePlan> {
  const plan = await planRecording(`debug session "${session}"`, workspace, store);
  return { ...plan, tool: { name: 'js-debug', version: '' }, caveats: [OPTIMISED, DEBUGGED] };
}
