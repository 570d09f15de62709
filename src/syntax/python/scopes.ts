import { collectBindings } from './bindings';
import { KindSet } from './kinds';
import type { PythonNode } from './node';
import type { Binding, Scope } from './scope';
import type { PythonTree } from './tree';

/** What may open a scope; an ArgList does when it holds a generator. */
const SCOPE_KINDS = new KindSet([
  'FunctionDefinition', 'ClassDefinition', 'LambdaExpression', 'ArrayComprehensionExpression', 'SetComprehensionExpression',
  'DictionaryComprehensionExpression', 'ComprehensionExpression', 'ArgList',
]);

/** What a name means at one place. */
export interface Resolution {
  readonly scope: Scope;
  /** Every binding of the name in that scope, in reading order. */
  readonly bindings: readonly Binding[];
}

/** Python's static name resolution (local, enclosing functions, module) for one tree. */
export class Scopes {
  /** Top-level packages the file imports, anywhere. */
  readonly packages: ReadonlySet<string>;
  private readonly byNode: ReadonlyMap<number, Scope>;

  constructor(private readonly tree: PythonTree) {
    const { scopes, packages } = collectBindings(tree);
    this.byNode = scopes;
    this.packages = packages;
  }

  get all(): Iterable<Scope> {
    return this.byNode.values();
  }

  get module(): Scope {
    return this.byNode.get(0)!;
  }

  /** The scope that a node's own names are looked up in. */
  scopeAt(node: PythonNode): Scope {
    for (let at = this.tree.ancestorAt(node.index, SCOPE_KINDS); at > 0; at = this.tree.ancestorAt(at, SCOPE_KINDS)) {
      const scope = this.byNode.get(at);
      if (scope !== undefined && !scope.evaluatedOutside?.contains(node)) return scope;
    }
    return this.module;
  }

  /** The scope a declaration, lambda or comprehension opens. */
  scopeOf(node: PythonNode): Scope | undefined {
    return this.byNode.get(node.index);
  }

  /** Follows `name` from a place outwards; undefined for builtins and names from star imports. */
  resolve(name: string, place: PythonNode): Resolution | undefined {
    const start = this.scopeAt(place);
    let scope: Scope | undefined = start;
    while (scope !== undefined) {
      if (scope.globals.has(name)) scope = scope.module;
      const visible = scope === start || scope.node.kind !== 'ClassDefinition';
      const bindings = visible && !scope.nonlocals.has(name) ? scope.bindings.get(name) : undefined;
      if (bindings !== undefined) return { scope, bindings };
      scope = scope.parent;
    }
    return undefined;
  }
}
