import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { LineIndex, Range } from '../../core/text';

/** What is wrong with performance.json, and where. An error keeps the file from being used. */
export interface ConfigProblem {
  readonly code: 'syntax' | 'schema' | 'unknown-rule' | 'meaning';
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly range: Range;
}

/** Where a value stands: keys and indexes from the root. */
export type ValuePath = readonly (string | number)[];

/** Finds the exact text of a value or of its key. */
export class ConfigSource {
  constructor(
    private readonly root: Node,
    private readonly lines: LineIndex,
  ) {}

  value(path: ValuePath): Range {
    return this.range(this.node(path));
  }

  key(path: ValuePath): Range {
    const parent = this.node(path).parent;
    const key = parent?.type === 'property' ? parent.children?.[0] : undefined;
    return key ? this.range(key) : this.brace(path);
  }

  isArray(path: ValuePath): boolean {
    return this.node(path).type === 'array';
  }

  /** The opening brace of an object that has no key to point at. */
  private brace(path: ValuePath): Range {
    const { offset } = this.node(path);
    return this.lines.range({ start: offset, end: offset + 1 });
  }

  private node(path: ValuePath): Node {
    return findNodeAtLocation(this.root, [...path]) ?? this.root;
  }

  private range({ offset, length }: Node): Range {
    return this.lines.range({ start: offset, end: offset + length });
  }
}
