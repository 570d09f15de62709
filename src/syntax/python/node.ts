import type { Span } from '../../core/text';
import { KindSet } from './kinds';
import type { PythonTree } from './tree';

const SETS = new Map<string, KindSet>();

function setOf(kind: string): KindSet {
  let set = SETS.get(kind);
  if (set === undefined) SETS.set(kind, (set = new KindSet([kind])));
  return set;
}

/** One node of a Python tree. There is one object per node, so nodes can be compared and used as keys. */
export class PythonNode implements Span {
  private childList?: readonly PythonNode[];
  private called?: string;

  constructor(
    readonly tree: PythonTree,
    readonly index: number,
  ) {}

  /** The node's name in the Lezer grammar, e.g. "CallExpression"; a keyword or sign is its own name. */
  get kind(): string {
    return this.tree.kindAt(this.index);
  }

  get start(): number {
    return this.tree.startAt(this.index);
  }

  get end(): number {
    return this.tree.endAt(this.index);
  }

  get text(): string {
    return this.tree.text.slice(this.start, this.end);
  }

  get parent(): PythonNode | undefined {
    const parent = this.tree.parentAt(this.index);
    return parent < 0 ? undefined : this.tree.node(parent);
  }

  /** All children in order, signs and keywords included, comments left out. */
  get children(): readonly PythonNode[] {
    return (this.childList ??= this.readChildren());
  }

  get firstChild(): PythonNode | undefined {
    const first = this.index + 1;
    return first < this.tree.afterAt(this.index) ? this.tree.node(first) : undefined;
  }

  get lastChild(): PythonNode | undefined {
    const last = this.tree.lastChildAt(this.index);
    return last < 0 ? undefined : this.tree.node(last);
  }

  /** For a call, the last name of what it calls: "get" of `a.b.get(x)`, "open" of `open(x)`; '' for anything else. */
  get calledName(): string {
    return (this.called ??= this.readCalledName());
  }

  get next(): PythonNode | undefined {
    const parent = this.tree.parentAt(this.index);
    const after = this.tree.afterAt(this.index);
    return parent >= 0 && after < this.tree.afterAt(parent) ? this.tree.node(after) : undefined;
  }

  get previous(): PythonNode | undefined {
    const siblings = this.parent?.children;
    return siblings?.[siblings.indexOf(this) - 1];
  }

  child(kind: string): PythonNode | undefined {
    return this.children.find((child) => child.kind === kind);
  }

  /** True for a node below this one and for the node itself. */
  contains(other: PythonNode): boolean {
    return other.index >= this.index && other.index < this.tree.afterAt(this.index);
  }

  /** The nearest ancestor of one of these kinds, the node itself not counted. */
  closest(...kinds: readonly string[]): PythonNode | undefined {
    for (let at = this.tree.parentAt(this.index); at >= 0; at = this.tree.parentAt(at)) {
      if (kinds.includes(this.tree.kindAt(at))) return this.tree.node(at);
    }
    return undefined;
  }

  /** All nodes of a kind below this one, in reading order; those in nested functions too. */
  descendants(kind: string): PythonNode[] {
    const found: PythonNode[] = [];
    this.tree.scan(setOf(kind), this.index + 1, this.tree.afterAt(this.index), (index) => {
      found.push(this.tree.node(index));
    });
    return found;
  }

  private readCalledName(): string {
    const callee = this.kind === 'CallExpression' ? this.firstChild : undefined;
    if (callee?.kind === 'VariableName') return callee.text;
    const last = callee?.kind === 'MemberExpression' ? callee.lastChild : undefined;
    return last?.kind === 'PropertyName' ? last.text : '';
  }

  private readChildren(): readonly PythonNode[] {
    const list: PythonNode[] = [];
    const end = this.tree.afterAt(this.index);
    for (let at = this.index + 1; at < end; at = this.tree.afterAt(at)) list.push(this.tree.node(at));
    return list;
  }
}
