import type { CpuProfile, ProfileNode } from '../../../src/evidence/cpuProfile/parse';

/** A stack, outermost first: name, url and zero-based line of each frame, one after the other. */
type Stack = readonly (string | number)[];

/** A profile with one sample for each stack, 1 ms apart unless `deltas` (microseconds) says otherwise. */
export function profileOf(stacks: readonly Stack[], deltas: readonly number[] = stacks.map(() => 1000)): CpuProfile {
  type Mutable = ProfileNode & { hitCount: number; children: number[] };
  const nodes: Mutable[] = [];
  const byKey = new Map<string, Mutable>();
  const nodeOf = (parent: Mutable | undefined, functionName: string, url: string, lineNumber: number): Mutable => {
    const key = `${parent?.id} ${functionName} ${url} ${lineNumber}`;
    let node = byKey.get(key);
    if (!node) {
      node = { id: nodes.length + 1, callFrame: { functionName, scriptId: '1', url, lineNumber, columnNumber: 0 }, hitCount: 0, children: [] };
      byKey.set(key, node);
      nodes.push(node);
      parent?.children.push(node.id);
    }
    return node;
  };
  const root = nodeOf(undefined, '(root)', '', -1);
  // The engine's first sample is of its own start and counts for nothing.
  const samples = [root.id];
  for (const stack of stacks) {
    let node = root;
    for (let i = 0; i < stack.length; i += 3) node = nodeOf(node, String(stack[i]), String(stack[i + 1]), Number(stack[i + 2]));
    node.hitCount++;
    samples.push(node.id);
  }
  const duration = deltas.reduce((sum, delta) => sum + delta, 0);
  return { nodes, startTime: 1_000_000, endTime: 1_000_000 + duration, samples, timeDeltas: [0, ...deltas] };
}
