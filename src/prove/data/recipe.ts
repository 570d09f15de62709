/** How rows are made up. Plain JSON: a plan is made in one process and carried out in another. */

/** How the k-th different value of a column looks. */
export type ValueShape =
  | { readonly kind: 'integer'; readonly start: number; readonly step: number }
  | { readonly kind: 'decimal'; readonly start: number; readonly step: number; readonly digits: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'list'; readonly values: readonly string[] }
  | { readonly kind: 'uuid' }
  /** Moments spread over the years before a fixed day, in order of k. */
  | { readonly kind: 'moment'; readonly part: 'date' | 'time' | 'timestamp' }
  | { readonly kind: 'interval' }
  /** Made-up words, frequent and rare ones, as in prose and in names. */
  | { readonly kind: 'words'; readonly count: number; readonly longest?: number }
  /** "slug-4k1": different for each k. */
  | { readonly kind: 'label'; readonly style: 'code' | 'email' | 'url' | 'hash'; readonly prefix: string; readonly longest?: number }
  | { readonly kind: 'json' }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'inet' }
  | { readonly kind: 'array'; readonly of: ValueShape }
  | { readonly kind: 'constant'; readonly text: string };

/** Which value a row takes. */
export type Draw =
  /** Another one for each row. */
  | { readonly kind: 'row' }
  /** One of `size` values; with skew 1 all are equally common, with 3 the first few take most rows. */
  | { readonly kind: 'pool'; readonly size: number; readonly skew: number }
  /** The value of a column of another table. Columns of one foreign key share the row they refer to; skew 0: row i refers to row i. */
  | { readonly kind: 'reference'; readonly table: string; readonly column: string; readonly key: number; readonly skew: number };

export interface ColumnRecipe {
  readonly name: string;
  readonly shape: ValueShape;
  readonly draw: Draw;
  /** Share of rows without a value, 0 to 1. */
  readonly nullShare: number;
}

export interface TableRecipe {
  readonly name: string;
  /** Rows to generate, after caps that are known beforehand. */
  readonly rows: number;
  readonly wanted: number;
  readonly basis: 'declared' | 'assumed';
  readonly capped?: string;
  readonly columns: readonly ColumnRecipe[];
  /** Column names whose values together differ in each row. */
  readonly uniqueTuples: readonly (readonly string[])[];
}
