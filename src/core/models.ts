/** The library whose naming and loading rules a model follows. */
export type ModelLibrary =
  | 'django'
  | 'sqlalchemy'
  | 'prisma'
  | 'drizzle'
  | 'typeorm'
  | 'mikro-orm'
  | 'sequelize'
  | 'mongoose';

/** Names a class or model as far as one file can tell; the workspace finds it. */
export interface ModelReference {
  /** "Order"; "shop.Order" where a framework looks it up by application. */
  readonly name: string;
  /** The module it is imported from; absent for this file's own and for names that are looked up. */
  readonly module?: string;
}

/** A relation as code reads it: `order.customer`, `customer.orders`. */
export interface ModelRelation {
  /** One row or many; absent where only the target's foreign keys tell. */
  readonly kind?: 'one' | 'many';
  /** Absent for generic relations, whose target differs from row to row. */
  readonly target?: ModelReference;
  /** This model's fields that hold the key; absent where the field itself is the key's column (Django, TypeORM). */
  readonly via?: readonly string[];
  /** The key is a column of this model's table. */
  readonly holdsKey: boolean;
  /** The name under which the target reads it back; '' where it cannot. */
  readonly reverse?: string;
  /** What reading it costs where the query did not ask for it: a query, nothing (it came along), or it is not there. */
  readonly loading: 'lazy' | 'eager' | 'explicit';
}

/** A field of a model. Every field but a relation held elsewhere is a column. */
export interface ModelField {
  readonly name: string;
  /** The column's name where the model gives one; else it follows from the library's naming. */
  readonly column?: string;
  /** Lower case, as SQL would say it: "varchar", "text", "integer", "boolean", "timestamp", "json", "choice". */
  readonly type: string;
  readonly nullable: boolean;
  readonly isPrimary?: boolean;
  readonly isUnique?: boolean;
  readonly isIndexed?: boolean;
  readonly relation?: ModelRelation;
  /** For a plain column that is a foreign key: the table or model, and the column or field, that it refers to. */
  readonly references?: { readonly table: string; readonly column: string };
}

/** An index as a model declares it. */
export interface ModelIndex {
  readonly name?: string;
  /** Field or column names in order; an expression is its lower-case text, e.g. "lower(name)". */
  readonly fields: readonly string[];
  readonly unique: boolean;
  /** Lower case; "btree" where absent. */
  readonly method?: string;
  /** The predicate's text of a partial index. */
  readonly where?: string;
  readonly operatorClasses?: readonly (string | undefined)[];
  readonly include?: readonly string[];
}

/**
 * What is read of one row, name by name: ["customer", "name"]. A call carries its parentheses:
 * ["lines", "count()"].
 */
export type ReadPath = readonly string[];

/** A method or property and what it reads of its own row. */
export interface MemberReads {
  readonly name: string;
  /** Read whenever it runs. */
  readonly reads: readonly ReadPath[];
  /** Read under a condition only. */
  readonly sometimes?: readonly ReadPath[];
  /** Zero-based. */
  readonly line: number;
}

/** A model class, a table object or a block of schema.prisma, as one file declares it. */
export interface ModelFact {
  readonly name: string;
  readonly library: ModelLibrary;
  /** The table's name where it is given. */
  readonly table?: string;
  /** Django's application label where it is given. */
  readonly app?: string;
  /** It has no table of its own: an abstract base or a mixin. */
  readonly isAbstract?: boolean;
  /** An enumeration of schema.prisma: a field of its type is a column and no relation. */
  readonly isEnum?: boolean;
  /** Its table is its base's. */
  readonly isProxy?: boolean;
  /** It counts as a model only where one of its bases is found to be one. */
  readonly needsBase?: boolean;
  readonly bases: readonly ModelReference[];
  readonly fields: readonly ModelField[];
  readonly indexes: readonly ModelIndex[];
  /** The order in which rows come where a query asks for none. */
  readonly ordering?: readonly { readonly field: string; readonly descending: boolean }[];
  readonly members: readonly MemberReads[];
  /** Its managers, whose query sets may read relations along; Django only. */
  readonly managers?: readonly ModelReference[];
  /** For a manager: the relations that every query set of it reads along, as data/loading.ts writes them. */
  readonly eager?: readonly string[];
  /** Zero-based. */
  readonly line: number;
}
