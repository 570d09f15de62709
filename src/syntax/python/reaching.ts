import type { PythonNode } from './node';
import type { Binding } from './scope';

const LOOPS = ['ForStatement', 'WhileStatement'] as const;

/**
 * The bindings of a name that may have given it its value at `place`, judged by the shape of the code:
 * the last one that is always passed on the way there, what stands between the two, and what a loop
 * around `place` brings back from its end.
 * @param bindings all bindings of the name in its scope, in reading order
 */
export function reachingBindings(bindings: readonly Binding[], place: PythonNode): readonly Binding[] {
  if (bindings.length < 2) return bindings;
  const before = bindings.filter((binding) => binding.owner.index < place.index && !isOwnValue(binding, place));
  const last = before.findLastIndex((binding) => isAlwaysPassed(binding, place));
  const reaching = last < 0 ? [...before] : before.slice(last);
  const loop = outermostLoopAfter(reaching[0], place);
  if (loop !== undefined) {
    for (const binding of bindings) {
      if (loop.contains(binding.owner) && binding.owner !== loop && !reaching.includes(binding)) reaching.push(binding);
    }
  }
  // A function that is called later sees what the module or function around it ended with.
  return reaching.length > 0 ? reaching : bindings;
}

/** In `x = f(x)` the name on the right is the value from before. */
function isOwnValue(binding: Binding, place: PythonNode): boolean {
  return binding.kind !== 'loop' && binding.owner.contains(place) && binding.value?.contains(place) === true;
}

/** The statement stands in a block that `place` is in too, so control came past it. */
function isAlwaysPassed({ owner, kind }: Binding, place: PythonNode): boolean {
  if (kind === 'update') return false;
  if (owner.contains(place)) return true;
  const block = owner.parent?.kind === 'DecoratedStatement' ? owner.parent.parent : owner.parent;
  return block !== undefined && isBlock(block) && block.contains(place);
}

function isBlock(node: PythonNode): boolean {
  return node.kind === 'Body' || node.kind === 'Script' || node.kind === 'StatementGroup';
}

/** The outermost loop around `place` that `first`, the earliest reaching binding, stands outside of. */
function outermostLoopAfter(first: Binding | undefined, place: PythonNode): PythonNode | undefined {
  let found: PythonNode | undefined;
  for (let loop = place.closest(...LOOPS); loop !== undefined; loop = loop.closest(...LOOPS)) {
    if (first !== undefined && loop.contains(first.owner) && loop !== first.owner) break;
    found = loop;
  }
  return found;
}
