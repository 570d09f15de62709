import { FailureError, failures } from '../core/failures';
import type { Memory, MemoryCost } from '../core/memory';
import { identify, type Sources } from './attribution';
import type { SourceLookup } from './counts';
import { costsOf } from './cpuProfile/costs';
import type { CallFrame, CpuProfile, ProfileNode } from './cpuProfile/parse';
import type { ScriptMaps } from './cpuProfile/scriptMaps';

/** What the memory recorders write. */
export interface RecordedMemory {
  readonly version: 1;
  readonly calls?: number;
  readonly peakBytes: number;
  /** V8's sampling heap profiles: all that was allocated, and what was kept of other calls. */
  readonly allocated?: HeapNode;
  readonly retained?: HeapNode;
  /** Python: what was kept, by line (from 0). */
  readonly lines?: readonly { readonly script: string; readonly line: number; readonly bytes: number }[];
}

export interface HeapNode {
  readonly callFrame: CallFrame;
  readonly selfSize: number;
  readonly id: number;
  readonly children: readonly HeapNode[];
}

export interface ProcessMemory {
  readonly recorded: RecordedMemory;
  readonly maps: ScriptMaps;
  readonly sourceOf: SourceLookup;
}

/** Reads a recorder's text; `file` names it in the failure. Throws FailureError. */
export function parseMemory(text: string, file: string): RecordedMemory {
  try {
    const memory = JSON.parse(text) as RecordedMemory;
    if (memory?.version === 1 && typeof memory.peakBytes === 'number' && (memory.allocated !== undefined || Array.isArray(memory.lines))) return memory;
  } catch (error) {
    throw new FailureError(failures.brokenTrace(file, error));
  }
  throw new FailureError(failures.brokenTrace(file, 'its shape is not that of the recorder'));
}

/** What the processes of a run allocated in the workspace's code and what they called. */
export function memoryOf(processes: readonly ProcessMemory[], sources: Sources): Memory {
  const driven = processes.filter(({ recorded }) => recorded.calls !== undefined);
  const used = driven.length > 0 ? driven : processes;
  const calls = used[0]!.recorded.calls;
  const allocated = heapCosts(used, 'allocated', sources);
  const retained = used.some(({ recorded }) => recorded.lines) ? lineCosts(used, sources) : heapCosts(used, 'retained', sources);
  return {
    ...(calls !== undefined && { calls }),
    peakBytes: Math.max(...used.map(({ recorded }) => recorded.peakBytes)),
    ...(allocated && { allocatedBytes: allocated.bytes }),
    ...(retained && { retainedBytes: retained.bytes }),
    allocated: allocated?.costs ?? [],
    retained: retained?.costs ?? [],
  };
}

interface Costs {
  readonly bytes: number;
  readonly costs: readonly MemoryCost[];
}

/** A heap profile is a call tree like that of a CPU profile, with bytes in place of microseconds. */
function heapCosts(processes: readonly ProcessMemory[], kind: 'allocated' | 'retained', sources: Sources): Costs | undefined {
  const profiles = processes.flatMap(({ recorded, maps }) => (recorded[kind] ? [{ profile: asProfile(recorded[kind]), maps }] : []));
  if (profiles.length === 0) return undefined;
  const { functions, drivenMicroseconds } = costsOf(profiles, sources);
  return {
    bytes: drivenMicroseconds,
    costs: functions.map(({ file, functionName, line, hash, selfMs, totalMs }) => ({
      file, functionName, line, ...(hash && { hash }), selfBytes: Math.round(selfMs! * 1000), totalBytes: Math.round(totalMs! * 1000),
    })),
  };
}

function asProfile(head: HeapNode): CpuProfile {
  const nodes: ProfileNode[] = [];
  let bytes = 0;
  const visit = ({ id, callFrame, selfSize, children }: HeapNode): void => {
    bytes += selfSize;
    nodes.push({ id, callFrame, hitCount: selfSize, children: children.map((child) => child.id) });
    children.forEach(visit);
  };
  visit(head);
  return { nodes, startTime: 0, endTime: bytes };
}

function lineCosts(processes: readonly ProcessMemory[], sources: Sources): Costs {
  const costs = new Map<string, MemoryCost>();
  for (const { recorded, sourceOf } of processes) {
    for (const { script, line, bytes } of recorded.lines ?? []) {
      const source = sourceOf(script, line, 0);
      if (!source) continue;
      const identity = identify({ ...source, name: '' }, sources.functionsOf(source.file) ?? []);
      const key = `${identity.file}\0${identity.functionName}`;
      const known = costs.get(key)?.selfBytes ?? 0;
      costs.set(key, { ...identity, selfBytes: known + bytes, totalBytes: known + bytes });
    }
  }
  const listed = [...costs.values()].sort((a, b) => b.totalBytes - a.totalBytes);
  return { bytes: listed.reduce((sum, { selfBytes }) => sum + selfBytes, 0), costs: listed };
}
