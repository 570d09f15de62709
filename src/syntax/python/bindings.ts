import { argumentAt, calleeOf, isComprehension, memberOf } from './expressions';
import { importedNames } from './imports';
import { KindSet } from './kinds';
import type { PythonNode } from './node';
import { Scope, type Binding } from './scope';
import { assignmentOf, clausesOf, declaredName, forParts, parametersOf, withItems } from './statements';
import type { PythonTree } from './tree';

const BINDERS = new KindSet([
  'FunctionDefinition',
  'ClassDefinition',
  'LambdaExpression',
  'ArrayComprehensionExpression',
  'SetComprehensionExpression',
  'DictionaryComprehensionExpression',
  'ComprehensionExpression',
  'ArgList',
  'AssignStatement',
  'UpdateStatement',
  'ForStatement',
  'WithStatement',
  'TryStatement',
  'ImportStatement',
  'NamedExpression',
  'ScopeStatement',
  'DeleteStatement',
  'CapturePattern',
  'StarPattern',
  'AsPattern',
]);

export interface Bindings {
  /** The scope that a row of the tree opens. */
  readonly scopes: ReadonlyMap<number, Scope>;
  /** Top-level packages the file imports, anywhere. */
  readonly packages: ReadonlySet<string>;
}

/** One pass over the tree that opens every scope and enters every binding. */
export function collectBindings(tree: PythonTree): Bindings {
  const collector = new BindingCollector(tree);
  tree.scan(BINDERS, 0, tree.size, (index) => collector.visit(index));
  return collector;
}

class BindingCollector implements Bindings {
  readonly scopes = new Map<number, Scope>();
  readonly packages = new Set<string>();
  /** Open scopes, the innermost last. */
  private readonly open: Scope[] = [];

  constructor(private readonly tree: PythonTree) {
    this.enter(tree.root);
  }

  visit(index: number): void {
    if (this.tree.kindAt(index) === 'ArgList' && !this.tree.hasChild(index, 'for')) return;
    this.leaveUpTo(index);
    const node = this.tree.node(index);
    switch (node.kind) {
      case 'FunctionDefinition':
      case 'ClassDefinition':
        return this.declaration(node);
      case 'LambdaExpression':
        this.enter(node);
        return this.parameters(node);
      case 'AssignStatement':
        return this.assignment(node);
      case 'ForStatement': {
        const { targets, iterables } = forParts(node);
        return this.loopTargets(targets, iterables.length === 1 ? iterables[0] : undefined, node);
      }
      case 'WithStatement':
        for (const { context, target } of withItems(node)) {
          if (target) this.bindTargets([target], 'with', node, context);
        }
        return;
      case 'ImportStatement':
        for (const { local, module, member } of importedNames(node)) {
          this.add({ kind: 'import', node: local, owner: node, module, member });
          this.packages.add(module.split('.', 1)[0]!);
        }
        return;
      case 'ScopeStatement':
        return this.scopeStatement(node);
      default:
        return isComprehension(node) ? this.comprehension(node) : this.smallBinder(node);
    }
  }

  private smallBinder(node: PythonNode): void {
    switch (node.kind) {
      case 'UpdateStatement': {
        const target = node.firstChild;
        if (target) this.bindTargets([target], 'update', node, node.lastChild);
        return;
      }
      case 'NamedExpression': {
        const target = node.firstChild;
        if (target?.kind === 'VariableName') {
          this.add({ kind: 'assignment', node: target, owner: node, value: node.lastChild }, this.walrusScope());
        }
        return;
      }
      case 'TryStatement':
        node.children.forEach((child, index, all) => {
          const bound = all[index + 1];
          if (child.kind === 'as' && bound) this.bindTargets([bound], 'opaque', node);
        });
        return;
      case 'DeleteStatement':
      case 'CapturePattern':
      case 'StarPattern':
      case 'AsPattern':
        return this.bindTargets(node.children.filter((child) => child.kind === 'VariableName'), 'opaque', node);
    }
  }

  private declaration(node: PythonNode): void {
    const name = declaredName(node);
    if (name) this.add({ kind: node.kind === 'ClassDefinition' ? 'class' : 'function', node: name, owner: node });
    this.enter(node);
    if (node.kind === 'FunctionDefinition') this.parameters(node);
  }

  private parameters(callable: PythonNode): void {
    for (const { name, annotation, fallback, star } of parametersOf(callable)) {
      const kind = star ? 'opaque' : 'parameter';
      this.add({ kind, node: name, owner: callable, annotation: star ? undefined : annotation, value: star ? undefined : fallback });
    }
  }

  private assignment(node: PythonNode): void {
    const target = node.firstChild;
    const value = node.lastChild;
    // `name = value`, as nearly all are.
    if (target?.kind === 'VariableName' && target.next?.kind === 'AssignOp' && target.next.next === value) {
      this.add({ kind: 'assignment', node: target, owner: node, value });
      return;
    }
    const parts = assignmentOf(node);
    for (const list of parts.targets) {
      if (list.length === 1) this.bindTargets(list, 'assignment', node, parts.value.length === 1 ? parts.value[0] : undefined, parts.annotation);
      else list.forEach((each, i) => this.bindTargets([each], 'assignment', node, parts.value.length === list.length ? parts.value[i] : undefined));
    }
  }

  private loopTargets(targets: readonly PythonNode[], iterable: PythonNode | undefined, owner: PythonNode): void {
    const counted = targets.length === 2 && iterable ? enumerated(iterable) : undefined;
    if (counted) this.bindTargets([targets[1]!], 'loop', owner, counted);
    else this.bindTargets(targets, targets.length === 1 ? 'loop' : 'opaque', owner, iterable);
  }

  private comprehension(node: PythonNode): void {
    const clauses = clausesOf(node);
    this.enter(node, clauses[0]?.iterable);
    for (const { targets, iterable } of clauses) this.loopTargets(targets, iterable, node);
  }

  private scopeStatement(node: PythonNode): void {
    const scope = this.current;
    const names = node.firstChild?.kind === 'global' ? scope.globals : scope.nonlocals;
    for (const child of node.children) if (child.kind === 'VariableName') names.add(child.text);
  }

  /** Binds plain names, attributes of `self`, and the names inside tuples, which then are opaque. */
  private bindTargets(targets: readonly PythonNode[], kind: Binding['kind'], owner: PythonNode, value?: PythonNode, annotation?: PythonNode): void {
    for (const target of targets) {
      if (target.kind === 'VariableName') this.add({ kind, node: target, owner, value, annotation });
      else if (target.kind === 'MemberExpression') this.attribute({ kind, node: target, owner, value, annotation });
      else if (/^(?:Tuple|Array|Parenthesized)Expression$/.test(target.kind)) this.bindTargets(target.children, 'opaque', owner);
    }
  }

  private attribute(binding: Binding): void {
    const member = memberOf(binding.node);
    const method = this.innermostFunction();
    if (!member || method?.parent?.node.kind !== 'ClassDefinition') return;
    const self = parametersOf(method.node)[0]?.name.text;
    if (self === undefined || member.object.kind !== 'VariableName' || member.object.text !== self) return;
    push(method.parent.attributes, member.name, binding);
  }

  private add(binding: Binding, scope = this.current): void {
    const name = binding.node.text;
    let target = scope.globals.has(name) ? scope.module : scope;
    while (target.nonlocals.has(name) && target.parent) target = target.parent;
    push(target.bindings, name, binding);
  }

  /** `:=` in a comprehension binds in the function around it. */
  private walrusScope(): Scope {
    for (let i = this.open.length - 1; i >= 0; i--) {
      if (!isComprehension(this.open[i]!.node)) return this.open[i]!;
    }
    return this.current;
  }

  private innermostFunction(): Scope | undefined {
    const scope = this.walrusScope();
    return scope.node.kind === 'FunctionDefinition' ? scope : undefined;
  }

  private get current(): Scope {
    return this.open[this.open.length - 1]!;
  }

  private enter(node: PythonNode, evaluatedOutside?: PythonNode): void {
    const scope = new Scope(node, this.open[this.open.length - 1], evaluatedOutside);
    this.scopes.set(node.index, scope);
    this.open.push(scope);
  }

  private leaveUpTo(index: number): void {
    while (this.open.length > 1 && index >= this.tree.afterAt(this.current.node.index)) this.open.pop();
  }
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** `for i, x in enumerate(xs)` gives x the items of xs. */
function enumerated(iterable: PythonNode): PythonNode | undefined {
  return calleeOf(iterable)?.text === 'enumerate' ? argumentAt(iterable, 0) : undefined;
}
