import type { CalleeReference } from '../../core/facts';

export type ValueKind =
  | 'list'
  | 'tuple'
  | 'set'
  | 'dict'
  | 'str'
  | 'bytes'
  | 'number'
  | 'bool'
  | 'none'
  | 'range'
  | 'deque'
  | 'iterator'
  | 'file'
  | 'path'
  | 'dataframe'
  | 'array'
  | 'function'
  /** A class object: constructing it yields `instance`. */
  | 'class'
  /** An instance of a class of this file or an imported one, named by `reference`. */
  | 'object'
  /** An ORM class, an instance of it, its manager, and a lazy query of it. */
  | 'model'
  | 'record'
  | 'manager'
  | 'queryset'
  /** An attribute of a record, which may be a related manager. */
  | 'relation'
  /** SQLAlchemy's statement objects: select(), insert()... */
  | 'statement'
  | 'engine'
  | 'connection'
  | 'cursor'
  | 'session'
  /** A document database's client, database or collection. */
  | 'documents'
  /** A client of an HTTP or cloud API. */
  | 'client';

/** What local inference can say about the value of an expression. Absent fields are unknown. */
export interface Value {
  readonly kind: ValueKind;
  /** Number of items, where a literal says it. */
  readonly length?: number;
  /** What iteration yields. */
  readonly element?: Value;
  /** The library behind a data-access object: "django", "sqlite3", "httpx". */
  readonly library?: string;
  /** The table, or the model where the table's name is not declared. */
  readonly table?: string;
  /** The class behind `class` and `object`, and the model behind records, managers and query sets. */
  readonly reference?: CalleeReference;
  /** The rows are those of a relation of the model behind `reference`, as names with dots: "lines". */
  readonly through?: string;
  /** For `statement`: what it does. */
  readonly verb?: 'select' | 'insert' | 'update' | 'delete';
  /** Methods are coroutines: AsyncSession, asyncpg, httpx.AsyncClient. */
  readonly isAsync?: boolean;
  /** Relations are read along with the rows (prefetch_related, select_related). */
  readonly isPrefetched?: boolean;
  /**
   * Relations that the query reads along, with dots between them: "customer.country"; see data/loading.ts.
   * Absent where the query is not known, so that any relation may be there.
   */
  readonly eager?: readonly string[];
}

const known = (kind: ValueKind): Value => ({ kind });

export const LIST = known('list');
export const TUPLE = known('tuple');
export const SET = known('set');
export const DICT = known('dict');
export const STR = known('str');
export const BYTES = known('bytes');
export const NUMBER = known('number');
export const BOOL = known('bool');
export const NONE = known('none');
export const ITERATOR = known('iterator');

/** The value of an expression that has either of two values: what both agree on. None steps aside. */
export function join(a: Value | undefined, b: Value | undefined): Value | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a.kind === 'none') return b;
  if (b.kind === 'none') return a;
  if (a.kind !== b.kind) return undefined;
  return {
    kind: a.kind,
    length: a.length === b.length ? a.length : undefined,
    element: join(a.element, b.element),
    library: a.library === b.library ? a.library : undefined,
    table: a.table === b.table ? a.table : undefined,
    reference: JSON.stringify(a.reference) === JSON.stringify(b.reference) && a.through === b.through ? a.reference : undefined,
    through: a.through === b.through ? a.through : undefined,
    verb: a.verb === b.verb ? a.verb : undefined,
    isAsync: a.isAsync === b.isAsync ? a.isAsync : undefined,
    isPrefetched: a.isPrefetched || b.isPrefetched || undefined,
    // A relation that either way reads along may be there.
    eager: a.eager && b.eager && [...new Set([...a.eager, ...b.eager])],
  };
}
