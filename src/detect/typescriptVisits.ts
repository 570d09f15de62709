import { ts } from 'ts-morph';
import { LEAVE, SKIP } from './typescriptInterest';

const LAST_TOKEN = ts.SyntaxKind.LastToken;

/** Code nested deeper than this was not written by hand; what is deeper is linked to its parent and not looked at. */
const DEEPEST = 1000;

/** The nodes that somebody wants to see, in source order, and why: bits of typescriptInterest.ts. */
export interface Visits {
  readonly nodes: readonly ts.Node[];
  readonly wanted: readonly number[];
}

/**
 * Links each node of a tree to its parent and notes which nodes are to be visited. Matchers look up and down
 * from where they are called, so every parent must be known before the first of them runs; one recursion for
 * both costs half of what the compiler's own linking and a walk of ours cost.
 * @param source a tree that was parsed without parents.
 */
export function linkAndCollect(source: ts.SourceFile, interest: Uint8Array): Visits {
  // A method of the compiler is a getter on its namespace; the walk would read it for each node.
  const { forEachChild } = ts;
  const nodes: ts.Node[] = [];
  const wanted: number[] = [];
  let depth = 0;
  // The node whose children are being visited: one variable is cheaper than a closure for each node.
  let parent: ts.Node | undefined;
  const eachChild = (node: ts.Node, visit: (child: ts.Node) => void): void => {
    if (node.kind <= LAST_TOKEN) return;
    if (depth === DEEPEST) return linkDeep(node);
    const outer = parent;
    parent = node;
    depth++;
    forEachChild(node, visit);
    depth--;
    parent = outer;
  };
  const link = (node: ts.Node): void => {
    setParent(node, parent!);
    eachChild(node, link);
  };
  const collect = (node: ts.Node): void => {
    if (parent !== undefined) setParent(node, parent);
    const bits = interest[node.kind]!;
    if (bits & SKIP) return eachChild(node, link);
    if (bits !== 0) note(node, bits & ~LEAVE);
    eachChild(node, collect);
    if (bits & LEAVE) note(node, LEAVE);
  };
  const note = (node: ts.Node, why: number): void => {
    nodes.push(node);
    wanted.push(why);
  };
  collect(source);
  return { nodes, wanted };
}

/** Links without recursion, which a tree of any depth survives. */
function linkDeep(root: ts.Node): void {
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const parent = node;
    ts.forEachChild(parent, (child) => {
      setParent(child, parent);
      pending.push(child);
    });
  }
}

/** The compiler's own linking writes the same property; its type is read-only for those who only read trees. */
function setParent(child: ts.Node, parent: ts.Node): void {
  (child as { parent: ts.Node }).parent = parent;
}
