import { KindSet } from './kinds';
import type { PythonNode } from './node';
import type { Scopes } from './scopes';
import type { PythonTree } from './tree';

const NAMES = new KindSet(['VariableName']);

/** Where the names of a file are read. Places that bind a name and keywords of calls are left out. */
export class NameUses {
  private readonly rows = new Map<string, number[]>();
  private readonly found = new Map<string, readonly PythonNode[]>();
  private readonly bound: ReadonlySet<PythonNode>;

  constructor(
    private readonly tree: PythonTree,
    scopes: Scopes,
  ) {
    tree.scan(NAMES, 0, tree.size, (row) => {
      const name = tree.text.slice(tree.startAt(row), tree.endAt(row));
      const list = this.rows.get(name);
      if (list) list.push(row);
      else this.rows.set(name, [row]);
    });
    this.bound = boundNodes(scopes);
  }

  of(name: string): readonly PythonNode[] {
    let uses = this.found.get(name);
    if (uses === undefined) {
      uses = (this.rows.get(name) ?? []).map((row) => this.tree.node(row)).filter((node) => !this.bound.has(node) && !isKeyword(node));
      this.found.set(name, uses);
    }
    return uses;
  }
}

function boundNodes(scopes: Scopes): ReadonlySet<PythonNode> {
  const nodes = new Set<PythonNode>();
  for (const scope of scopes.all) {
    for (const bindings of scope.bindings.values()) for (const binding of bindings) nodes.add(binding.node);
  }
  return nodes;
}

function isKeyword(node: PythonNode): boolean {
  if (node.parent?.kind === 'ImportStatement') return true;
  return node.parent?.kind === 'ArgList' && node.next?.kind === 'AssignOp' && node.next.text === '=';
}
