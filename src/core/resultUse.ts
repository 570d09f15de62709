import type { ReadPath } from './models';
import type { Span } from './text';

/** What code does with all rows of a query. */
export type ResultUseKind =
  /** Only their number is asked for, or whether there are any. */
  | 'count'
  | 'existence'
  /** One of them is taken, or the first few. */
  | 'first'
  | 'find'
  /** They are reduced to one value, or to the different values. */
  | 'sum'
  | 'extreme'
  | 'distinct'
  | 'group'
  /** Some are kept, or all are put in order. */
  | 'filter'
  | 'sort'
  /** They are run through for some other purpose. */
  | 'each';

export interface ResultUse {
  readonly kind: ResultUseKind;
  readonly span: Span;
  /** What is read of a row. */
  readonly reads: readonly ReadPath[];
  /** It is a use of some of the rows, or of all in another order, that another use has made of them. */
  readonly isPart: boolean;
}

/** Every use of a query's rows that one function shows. */
export interface ResultUses {
  readonly uses: readonly ResultUse[];
  /** The rows go on to somewhere else: returned, stored, handed to a function. Then more may be done with them. */
  readonly escapes: boolean;
  /** The same of what was made of them: those that a filter has kept. */
  readonly partEscapes: boolean;
}
