/** Marks, in a path, that what follows is read of each item. */
export const EACH = '[]';

/**
 * What a page template reads of a variable it was given: ["orders", "[]", "customer", "name"]
 * for `{{ order.customer.name }}` inside `{% for order in orders %}`.
 */
export interface TemplateRead {
  readonly path: readonly string[];
  /** It is read of some of the items only. */
  readonly isConditional?: boolean;
  /** Zero-based. */
  readonly line: number;
}

/** One template: what it reads, and the templates it brings in. */
export interface TemplateFact {
  readonly reads: readonly TemplateRead[];
  readonly includes: readonly TemplateInclude[];
  /** The template it extends, by name. */
  readonly parent?: string;
}

export interface TemplateInclude {
  /** As written: "shop/line.html". */
  readonly name: string;
  /** The variables of loops and `with` around it, and those it hands over, as paths of this template's own variables. */
  readonly variables: Readonly<Record<string, readonly string[]>>;
  readonly line: number;
}
