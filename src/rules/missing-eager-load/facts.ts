import type { CalleeReference } from '../../core/facts';
import type { ModelReference, ReadPath } from '../../core/models';
import type { Position } from '../../core/text';
import type { NamedRows } from '../../workspace/models/rows';

/** Where rows are shown, which tells what is read of each. */
export type Showing =
  /** A serializer or response model, given the rows themselves or what is found at a path of each. */
  | { readonly kind: 'serializer'; readonly serializer: ModelReference; readonly path?: ReadPath }
  /**
   * A page template that has the rows under one of these names. `suffix` ("_list", "_detail") stands for a generic
   * view of Django, which hands them over under the model's name too and has a template of that name by default.
   */
  | { readonly kind: 'template'; readonly name?: string; readonly suffix?: string; readonly variables: readonly string[] }
  /** The columns of the admin's list of rows. */
  | { readonly kind: 'admin'; readonly columns: readonly Column[] };

export interface Column {
  /** As the admin names it: "customer", "customer__name", "total". */
  readonly name: string;
  /** What a method of the admin class reads; absent where the name is one of the model's. */
  readonly reads?: readonly ReadPath[];
  readonly sometimes?: readonly ReadPath[];
  /** Zero-based. */
  readonly line: number;
}

/** Rows that are handed to something which shows them, before it is known what that reads. */
export interface Handed extends NamedRows {
  readonly showing: readonly Showing[];
  /** A single row: what it reads of itself is no query per row, what it reads of its related rows is. */
  readonly isOneRow?: boolean;
  /** The view or admin class, whose bases may read relations along. */
  readonly view?: ModelReference;
  readonly origin?: Origin;
}

/** Where the rows' query can be told to read more along. */
export interface Origin {
  readonly position: Position;
  /** Code before and behind the call that loads: `\n    queryset = Order.objects` where there is no query yet. */
  readonly before?: string;
  readonly importAt?: Position;
  readonly imported?: readonly string[];
  /** The names of the relations are all there is to write, as a tuple: `list_select_related = ("customer",)`. */
  readonly isNameList?: boolean;
}

export interface Resolver {
  readonly field: string;
  readonly type: string;
  /** As the reader sees it: "prisma.line.findMany". */
  readonly call: string;
  readonly table?: string;
  /** Set while it is only known that a project function is called; the linker finds out what it does. */
  readonly callee?: CalleeReference;
  /** Set while it is only known what is read of the object; the linker finds out whether that is a relation. */
  readonly reads?: PerRow;
}

/** Rows of which each is asked for something, before it is known whether that is a relation. */
export interface PerRow {
  readonly rows: NamedRows;
  readonly paths: readonly ReadPath[];
}

export interface Facts {
  /** What shows the rows, as a reader sees it: "OrderSerializer", "OrderAdmin", "shop/order_list.html", "The code behind orders.find". */
  readonly shownBy: string;
  readonly handed?: Handed;
  readonly perRow?: PerRow;
  /** A resolver that asks for one object's rows each time it is called. */
  readonly resolver?: Resolver;
  /** Set by the linker. */
  readonly relations?: readonly string[];
  readonly model?: string;
  /** `select_related("customer")`. */
  readonly loader?: string;
  /** They are read of some of the rows only. */
  readonly isConditional?: boolean;
  /** The relations whose rows read them, where a single row is shown: "lines". */
  readonly perRowOf?: readonly string[];
}
