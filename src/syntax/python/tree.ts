import { TreeFragment, type Tree, type TreeCursor } from '@lezer/common';
import { parser } from '@lezer/python';
import type { Span, TextChange } from '../../core/text';
import { KIND_NAMES, type KindSet } from './kinds';
import { PythonNode } from './node';

const COMMENT = KIND_NAMES.indexOf('Comment');
const ERROR = 0;
const NONE = -1;

/**
 * A Lezer tree laid out as one table in reading order, built by a single cursor walk.
 * Rows are numbers, so climbing and scanning allocate nothing; a `PythonNode` is made
 * for the rows somebody looks at. Comments and error nodes are kept aside.
 */
export class PythonTree {
  readonly comments: Span[] = [];
  readonly errors: Span[] = [];
  private kinds: Uint16Array;
  private starts: Int32Array;
  private ends: Int32Array;
  private parents: Int32Array;
  /** The first row after a node's subtree. */
  private afters: Int32Array;
  private count = 0;
  private readonly nodes: (PythonNode | undefined)[] = [];

  constructor(
    readonly text: string,
    readonly tree: Tree,
  ) {
    const capacity = (text.length >> 2) + 64;
    this.kinds = new Uint16Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.parents = new Int32Array(capacity);
    this.afters = new Int32Array(capacity);
    this.layOut(tree.cursor());
  }

  get size(): number {
    return this.count;
  }

  get root(): PythonNode {
    return this.node(0);
  }

  node(index: number): PythonNode {
    return (this.nodes[index] ??= new PythonNode(this, index));
  }

  kindAt(index: number): string {
    return KIND_NAMES[this.kinds[index]!]!;
  }

  startAt(index: number): number {
    return this.starts[index]!;
  }

  endAt(index: number): number {
    return this.ends[index]!;
  }

  /** The row of the parent, or -1 at the root. */
  parentAt(index: number): number {
    return this.parents[index]!;
  }

  afterAt(index: number): number {
    return this.afters[index]!;
  }

  /** The row of the last child, or -1 for a leaf. */
  lastChildAt(index: number): number {
    let at = this.afters[index]! - 1;
    if (at === index) return NONE;
    while (this.parents[at] !== index) at = this.parents[at]!;
    return at;
  }

  /** The row of the nearest ancestor in `wanted`, or -1. */
  ancestorAt(index: number, wanted: KindSet): number {
    let at = this.parents[index]!;
    while (at >= 0 && wanted.flags[this.kinds[at]!] === 0) at = this.parents[at]!;
    return at;
  }

  /** Whether an ancestor is in `wanted`, up to and without the first one in `stops`. */
  isInside(index: number, wanted: KindSet, stops: KindSet): boolean {
    for (let at = this.parents[index]!; at >= 0; at = this.parents[at]!) {
      const kind = this.kinds[at]!;
      if (stops.flags[kind] === 1) return false;
      if (wanted.flags[kind] === 1) return true;
    }
    return false;
  }

  hasChild(index: number, kind: string): boolean {
    const end = this.afters[index]!;
    for (let at = index + 1; at < end; at = this.afters[at]!) if (this.kindAt(at) === kind) return true;
    return false;
  }

  /** Calls `visit` for each row from `from` up to `to` whose kind is in `wanted`, in reading order. */
  scan(wanted: KindSet, from: number, to: number, visit: (index: number) => void): void {
    const flags = wanted.flags;
    for (let index = from; index < to; index++) {
      if (flags[this.kinds[index]!] === 1) visit(index);
    }
  }

  private layOut(cursor: TreeCursor): void {
    let parent = NONE;
    for (;;) {
      const id = cursor.type.id;
      if (id === COMMENT || id === ERROR) {
        (id === ERROR ? this.errors : this.comments).push({ start: cursor.from, end: cursor.to });
      } else {
        const index = this.append(id, cursor.from, cursor.to, parent);
        if (cursor.firstChild()) {
          parent = index;
          continue;
        }
        this.afters[index] = this.count;
      }
      while (!cursor.nextSibling()) {
        if (!cursor.parent()) return;
        this.afters[parent] = this.count;
        parent = this.parents[parent]!;
      }
    }
  }

  private append(id: number, start: number, end: number, parent: number): number {
    if (this.count === this.kinds.length) this.grow();
    const index = this.count++;
    this.kinds[index] = id;
    this.starts[index] = start;
    this.ends[index] = end;
    this.parents[index] = parent;
    return index;
  }

  private grow(): void {
    const capacity = this.kinds.length * 2;
    this.kinds = enlarge(this.kinds, new Uint16Array(capacity));
    this.starts = enlarge(this.starts, new Int32Array(capacity));
    this.ends = enlarge(this.ends, new Int32Array(capacity));
    this.parents = enlarge(this.parents, new Int32Array(capacity));
    this.afters = enlarge(this.afters, new Int32Array(capacity));
  }
}

function enlarge<A extends Uint16Array | Int32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** Parses a whole text. Lezer recovers from any error, so this never fails. */
export function parsePython(text: string): PythonTree {
  return new PythonTree(text, parser.parse(text));
}

/** Parses a changed text anew where it was touched. */
export function reparsePython(before: PythonTree, text: string, { start, endBefore, endAfter }: TextChange): PythonTree {
  const fragments = TreeFragment.applyChanges(TreeFragment.addTree(before.tree), [{ fromA: start, toA: endBefore, fromB: start, toB: endAfter }]);
  return new PythonTree(text, parser.parse(text, fragments));
}
