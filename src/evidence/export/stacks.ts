import { callTree } from '../cpuProfile/callTree';
import type { CallFrame, CpuProfile } from '../cpuProfile/parse';
import { selfWeights } from '../cpuProfile/weights';

/** A profile as most formats have it: frames once, and for each stack what was spent at its end. */
export interface Stacks {
  readonly frames: readonly CallFrame[];
  /** One for each node that has cost something. */
  readonly stacks: readonly {
    /** Indexes of frames, the outermost first. */
    readonly frames: readonly number[];
    readonly microseconds: number;
    readonly samples: number;
  }[];
}

/** Everything that was recorded, waiting and loading among it: an export leaves nothing out. */
export function stacksOf(profile: CpuProfile): Stacks {
  const { nodes, parents } = callTree(profile);
  const weights = selfWeights(profile, new Set());
  const frames: CallFrame[] = [];
  const known = new Map<string, number>();
  const frameOf = nodes.map(({ callFrame }) => {
    const { functionName, url, lineNumber, columnNumber } = callFrame;
    const key = `${functionName}\0${url}\0${lineNumber}\0${columnNumber}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, frames.length);
    return frames.push(callFrame) - 1;
  });
  const stacks = nodes.flatMap(({ id }, i) => {
    const microseconds = weights.microseconds.get(id) ?? 0;
    const samples = weights.samples.get(id) ?? 0;
    return samples === 0 ? [] : [{ frames: stackOf(i, frameOf, parents), microseconds, samples }];
  });
  return { frames, stacks };
}

/** Without the root, which is no function. */
function stackOf(index: number, frameOf: readonly number[], parents: readonly number[]): number[] {
  const stack: number[] = [];
  for (let i = index; i > 0; i = parents[i]!) stack.push(frameOf[i]!);
  return stack.length === 0 ? [frameOf[0]!] : stack.reverse();
}

export const frameName = ({ functionName }: CallFrame): string => functionName || '(anonymous)';
