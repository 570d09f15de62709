import type { CpuProfile, ProfileNode } from './parse';

/** A profile's nodes, each after its parent. */
export interface CallTree {
  readonly nodes: readonly ProfileNode[];
  /** The index of each node's parent; -1 for the root. */
  readonly parents: readonly number[];
}

export function callTree(profile: CpuProfile): CallTree {
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const nodes: ProfileNode[] = [profile.nodes[0]!];
  const parents: number[] = [-1];
  for (let i = 0; i < nodes.length; i++) {
    for (const id of nodes[i]!.children ?? []) {
      // A node is named by one parent; a broken tree that names it again is not followed.
      const child = byId.get(id);
      if (!child) continue;
      byId.delete(id);
      nodes.push(child);
      parents.push(i);
    }
  }
  return { nodes, parents };
}

/** Adds to each value those of all nodes below it. */
export function inclusive(tree: CallTree, own: readonly number[]): number[] {
  const sums = [...own];
  for (let i = sums.length - 1; i > 0; i--) sums[tree.parents[i]!]! += sums[i]!;
  return sums;
}

/** Whether no node above has the same key: only there does a recursive function's total count. */
export function isOutermost<Key>(tree: CallTree, keys: readonly Key[], index: number): boolean {
  return !isAbove(tree, keys, index, keys[index]!);
}

/** Whether a node above has a key. */
export function isAbove<Key>(tree: CallTree, keys: readonly Key[], index: number, key: Key): boolean {
  for (let above = tree.parents[index]!; above >= 0; above = tree.parents[above]!) {
    if (keys[above] === key) return true;
  }
  return false;
}
