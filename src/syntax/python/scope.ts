import type { PythonNode } from './node';

export type BindingKind =
  | 'parameter'
  | 'assignment'
  /** `x += value` */
  | 'update'
  /** The name takes one item of `value` per iteration. */
  | 'loop'
  | 'with'
  | 'import'
  | 'function'
  | 'class'
  /** Bound in a way that says nothing of its value: except, del, match, unpacking. */
  | 'opaque';

/** One place that gives a name its value. */
export interface Binding {
  readonly kind: BindingKind;
  /** The name (or the attribute, for `self.x = ...`) where it is bound. */
  readonly node: PythonNode;
  /** The statement, clause owner or declaration that binds it. */
  readonly owner: PythonNode;
  /** The assigned value, the iterable of a loop, the context of a with. */
  readonly value?: PythonNode;
  readonly annotation?: PythonNode;
  /** For imports. */
  readonly module?: string;
  readonly member?: string;
}

/** One namespace: a module, class, function, lambda or comprehension. */
export class Scope {
  readonly bindings = new Map<string, Binding[]>();
  /** `self.name = value` in the methods of a class. */
  readonly attributes = new Map<string, Binding[]>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();

  constructor(
    readonly node: PythonNode,
    readonly parent: Scope | undefined,
    /** The first iterable of a comprehension, which Python evaluates in the scope around it. */
    readonly evaluatedOutside?: PythonNode,
  ) {}

  get module(): Scope {
    return this.parent === undefined ? this : this.parent.module;
  }
}
