import type { QueryFact } from './facts';
import type { Span } from './text';

/** An ORM's query with the places its facts come from. */
export interface OrmQuery {
  readonly fact: QueryFact;
  /** The whole chain or call. */
  readonly span: Span;
  /** It returns fewer rows than match: one of each, or one for a group of them. */
  readonly isReduced?: boolean;
  /** Parallel to `fact.filters`. */
  readonly filters: readonly OrmFilter[];
  /** Where the order is asked for; absent where it is the model's own or there is none. */
  readonly orderSpan?: Span;
}

export interface OrmFilter {
  readonly span: Span;
}

/** In `orderBy`: the order that the model itself declares. */
export const DEFAULT_ORDER = '';

/**
 * In `joins`, in place of a column: the key that belongs to the relation or foreign key on the other side of the
 * pair. A pair of a model and nothing else joins that model by its only relation to another one of the query.
 */
export const RELATED = '';
