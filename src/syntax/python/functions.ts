import { qualifiedDeclaration } from './names';
import { KindSet } from './kinds';
import type { PythonNode } from './node';
import type { PythonTree } from './tree';

const FUNCTIONS = new KindSet(['FunctionDefinition']);

/** A named function and the name that is unique in its file: "OrderService.list", "outer.inner", "load#2". */
export interface NamedFunction {
  readonly node: PythonNode;
  readonly name: string;
}

/** The functions of a file in reading order. Lambdas belong to the function around them. */
export function namedFunctions(tree: PythonTree): ReadonlyMap<number, NamedFunction> {
  const found = new Map<number, NamedFunction>();
  const ordinals = new Map<string, number>();
  tree.scan(FUNCTIONS, 0, tree.size, (index) => {
    const node = tree.node(index);
    if (node.child('VariableName') === undefined) return;
    const base = qualifiedDeclaration(node);
    const ordinal = (ordinals.get(base) ?? 0) + 1;
    ordinals.set(base, ordinal);
    found.set(index, { node, name: ordinal === 1 ? base : `${base}#${ordinal}` });
  });
  return found;
}
