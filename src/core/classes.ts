import type { ModelReference, ReadPath } from './models';

/** A class that asks for rows or shows them: a view, a page of the admin, a serializer, a response model. */
export interface ClassFact {
  readonly name: string;
  readonly bases: readonly ModelReference[];
  /** The names of its own methods and attributes. */
  readonly members: readonly string[];
  readonly serializer?: SerializerFact;
  /** The relations that its own methods read along with the rows they ask for, with dots between them; '*' for any. */
  readonly eager?: readonly string[];
  /** Zero-based. */
  readonly line: number;
}

export type SerializerLibrary = 'rest-framework' | 'ninja' | 'pydantic' | 'marshmallow';

/** What a serializer or response model reads of each row that it is given; its bases may add to it. */
export interface SerializerFact {
  readonly library: SerializerLibrary;
  /** What it shows by the row's own names; '*' for every column. */
  readonly names?: '*' | readonly string[];
  /** Names that '*' leaves out. */
  readonly hidden?: readonly string[];
  /** How many relations deep it shows whole rows. */
  readonly depth?: number;
  /** What it declares one by one. */
  readonly fields: readonly SerializedField[];
  /** What it reads of the row in its own code, whatever it shows. */
  readonly reads?: readonly ReadPath[];
  /** Its fields are chosen when it runs. */
  readonly isDynamic?: boolean;
}

export interface SerializedField {
  readonly name: string;
  /** What is read of the row. */
  readonly reads: readonly ReadPath[];
  /** Read under a condition only. */
  readonly sometimes?: readonly ReadPath[];
  /** What is found at `path` is shown by another serializer; [] is the row itself. */
  readonly nested?: { readonly serializer: ModelReference; readonly path: ReadPath };
  /** Zero-based. */
  readonly line: number;
}
