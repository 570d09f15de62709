import type { Node } from 'libpg-query';

type KeysOf<Union> = Union extends unknown ? keyof Union : never;

/** The name of a node type in PostgreSQL's parse tree: "SelectStmt", "A_Expr"... */
export type SqlTag = KeysOf<Node>;

/** The fields of a node of one tag, as libpg-query's protobuf-JSON gives them. */
export type SqlValue<Tag extends SqlTag> = Extract<Node, Record<Tag, unknown>> extends Record<Tag, infer Value> ? Value : never;

/** One node of a statement's tree. `value` holds the fields of its tag; use `as` to read them with their types. */
export class SqlNode {
  private nodes: readonly SqlNode[] | undefined;

  constructor(
    readonly tag: string,
    readonly value: object,
    readonly parent: SqlNode | undefined,
    /** The parent's field that holds this node: "whereClause", "args"; '' for a root. */
    readonly field: string,
  ) {}

  /** The fields, where this node has the tag. */
  as<Tag extends SqlTag>(tag: Tag): SqlValue<Tag> | undefined {
    return this.tag === tag ? (this.value as SqlValue<Tag>) : undefined;
  }

  /** The nodes in one field; empty where the field is absent. */
  in(field: string): SqlNode[] {
    const found: SqlNode[] = [];
    if ((this.value as Record<string, unknown>)[field] === undefined) return found;
    for (const child of this.children()) if (child.field === field) found.push(child);
    return found;
  }

  /** The only or first node in a field. */
  first(field: string): SqlNode | undefined {
    if ((this.value as Record<string, unknown>)[field] === undefined) return undefined;
    for (const child of this.children()) if (child.field === field) return child;
    return undefined;
  }

  /** The nodes one level below, in the order of the grammar's fields. They are the same objects at each call. */
  children(): readonly SqlNode[] {
    return (this.nodes ??= this.readChildren());
  }

  private readChildren(): readonly SqlNode[] {
    const nodes: SqlNode[] = [];
    const fields = this.value as Record<string, unknown>;
    for (const field in fields) {
      const content = fields[field];
      if (typeof content === 'object' && content !== null) collect(content, this, field, nodes);
    }
    // Most nodes are leaves, and an empty list would be kept for each of them.
    return nodes.length === 0 ? NONE : nodes;
  }

  /** The innermost ancestor with one of the tags. */
  ancestor(...tags: readonly SqlTag[]): SqlNode | undefined {
    let node = this.parent;
    while (node !== undefined && !tags.includes(node.tag as SqlTag)) node = node.parent;
    return node;
  }
}

/** The root of a statement's tree. */
export function rootOf(tree: Node): SqlNode {
  for (const tag in tree) return new SqlNode(tag, (tree as unknown as Record<string, object>)[tag]!, undefined, '');
  throw new Error('the parser gave a tree without a root');
}

const NONE: readonly SqlNode[] = [];

/** Calls `visit` for a node and all below it, parents first. A visit that returns false keeps the walk out of the node. */
export function walk(node: SqlNode, visit: (node: SqlNode) => boolean | void): void {
  if (visit(node) === false) return;
  for (const child of node.children()) walk(child, visit);
}

/**
 * Fields whose content the protobuf types exactly, so that it comes without its tag.
 * Absent fields that hold plain objects (constants, options) have nothing to match and are not entered.
 */
const BARE_FIELDS: Readonly<Record<string, SqlTag>> = {
  larg: 'SelectStmt',
  rarg: 'SelectStmt',
  relation: 'RangeVar',
  withClause: 'WithClause',
  typeName: 'TypeName',
  over: 'WindowDef',
  onConflictClause: 'OnConflictClause',
  returningClause: 'ReturningClause',
  pktable: 'RangeVar',
  partspec: 'PartitionSpec',
};

function collect(content: object, parent: SqlNode, field: string, into: SqlNode[]): void {
  if (Array.isArray(content)) {
    for (const item of content as unknown[]) if (typeof item === 'object' && item !== null) collect(item, parent, field, into);
    return;
  }
  for (const key in content) {
    if (key.charCodeAt(0) >= 65 && key.charCodeAt(0) <= 90) {
      if (key !== 'String' && key !== 'A_Star') into.push(new SqlNode(key, (content as Record<string, object>)[key]!, parent, field));
      return;
    }
    break;
  }
  const tag = BARE_FIELDS[field];
  if (tag !== undefined) into.push(new SqlNode(tag, content, parent, field));
}
