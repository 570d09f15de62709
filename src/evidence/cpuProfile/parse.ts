import { FailureError, failures } from '../../core/failures';

/** A V8 CPU profile (.cpuprofile), as far as it is read here. Lines of `callFrame` from 0, of ticks from 1. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** Microseconds of the machine's monotonic clock. */
  readonly startTime: number;
  readonly endTime: number;
  /** The id of the node that was running, one for each sample. */
  readonly samples?: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas?: readonly number[];
}

export interface ProfileNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly hitCount?: number;
  readonly children?: readonly number[];
  readonly positionTicks?: readonly { readonly line: number; readonly ticks: number }[];
}

export interface CallFrame {
  readonly functionName: string;
  readonly scriptId: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** Reads a profile's text; `file` names it in the failure. Throws FailureError where it is cut off or inconsistent. */
export function parseCpuProfile(text: string, file: string): CpuProfile {
  let profile: CpuProfile;
  try {
    profile = JSON.parse(text);
  } catch (error) {
    throw new FailureError(failures.brokenProfile(file, error));
  }
  const problem = problemOf(profile);
  if (problem) throw new FailureError(failures.brokenProfile(file, problem));
  return profile;
}

function problemOf(profile: CpuProfile): string | undefined {
  if (!Array.isArray(profile?.nodes) || profile.nodes.length === 0) return 'it has no nodes';
  if (!profile.nodes.every(isNode)) return 'a node has no call frame';
  if (typeof profile.startTime !== 'number' || typeof profile.endTime !== 'number') return 'it has no start and end';
  const ids = new Set(profile.nodes.map(({ id }) => id));
  if (profile.nodes.some(({ children }) => children?.some((id: number) => !ids.has(id)))) return 'a child node is missing';
  const { samples, timeDeltas } = profile;
  if (!samples) return profile.nodes.some(({ hitCount }) => hitCount) ? undefined : 'it has no samples';
  if (!Array.isArray(samples) || !samples.every((id: number) => ids.has(id))) return 'a sample names no node';
  return Array.isArray(timeDeltas) && timeDeltas.length === samples.length ? undefined : 'its time deltas do not match its samples';
}

function isNode(node: ProfileNode): boolean {
  const frame = node?.callFrame;
  return typeof node?.id === 'number' && typeof frame?.functionName === 'string' && typeof frame.url === 'string';
}
