import type { FileFacts, SqlDialect } from '../../core/facts';
import type { Schema, Table, View } from '../../core/workspaceView';
import { FileSchema } from './fileSchema';
import { isUndoPath } from './migrations';
import { fullName, plainName } from './names';
import { closeness, dialectOfPath, isOfOtherDatabase, isWithin, schemaPlaceOf } from './places';
import { SchemaSet } from './schemaSet';
import { TableState } from './tableState';

/** From where a table is looked up. */
export interface Viewpoint {
  readonly folders: readonly string[];
  readonly set: string;
  readonly dialect?: SqlDialect;
}

/** Where several databases define a table and nothing tells which is meant, the first of these is. */
const PREFERENCE: readonly (SqlDialect | undefined)[] = ['postgresql', undefined, 'mysql', 'sqlite'];

/**
 * The schemas that a repository's files state. Each folder of migrations or schema files is replayed by itself and
 * again only when one of its files changes. A table comes from the folder nearest to the file that asks; what other
 * folders say of the same table is added where they serve the same place and database, such as a dump beside its
 * migrations, and is another database's otherwise.
 */
export class Databases {
  private readonly sets = new Map<string, SchemaSet>();
  private readonly schemas = new Map<string, FileSchema>();
  private readonly resolved = new Map<string, Table | undefined>();
  private defining?: ReadonlyMap<string, readonly SchemaSet[]>;

  /** `fallback` tells the dialect of tables that are written as any database's. */
  constructor(
    facts: Iterable<FileFacts> = [],
    private readonly fallback: () => SqlDialect | undefined = () => undefined,
  ) {
    for (const each of facts) this.set(each);
  }

  set(facts: FileFacts): void {
    if (facts.schema.length === 0 || isUndoPath(facts.file) || isOfOtherDatabase(facts.file)) return this.delete(facts.file);
    const place = schemaPlaceOf(facts.file);
    let set = this.sets.get(place.set);
    if (set === undefined) this.sets.set(place.set, (set = new SchemaSet(place)));
    this.changed(set, facts.file, facts);
  }

  delete(file: string): void {
    const set = this.sets.get(schemaPlaceOf(file).set);
    if (set === undefined) return;
    this.changed(set, file, undefined);
    if (set.isEmpty) this.sets.delete(set.place.set);
  }

  /** The schema as the queries of a file see it. `dialect` is what the file says of itself. */
  schemaOf(file: string, dialect?: SqlDialect): Schema {
    const folders = file.split('/').slice(0, -1);
    const named = dialectOfPath(file) ?? dialect;
    const key = `${folders.join('/')}:${named ?? ''}`;
    let schema = this.schemas.get(key);
    if (schema === undefined) this.schemas.set(key, (schema = new FileSchema(this, { folders, set: schemaPlaceOf(file).set, dialect: named })));
    return schema;
  }

  /** How often each set's history was replayed. */
  replays(): ReadonlyMap<string, number> {
    return new Map([...this.sets].map(([name, set]) => [name, set.replays]));
  }

  tableNames(): Iterable<string> {
    return this.definingSets().keys();
  }

  get mayLackIndexes(): boolean {
    return [...this.sets.values()].some(({ state }) => state.hasUnnamedIndexes);
  }

  table(name: string, from: Viewpoint): Table | undefined {
    const plain = plainName(name);
    const candidates = this.definingSets().get(plain);
    const chosen = candidates && nearest(candidates, from);
    if (chosen === undefined) return undefined;
    const key = `${chosen.place.set}:${fullName(name)}`;
    if (!this.resolved.has(key)) this.resolved.set(key, this.resolve(name, chosen, candidates!));
    return this.resolved.get(key);
  }

  view(name: string, from: Viewpoint): View | undefined {
    const plain = plainName(name);
    const candidates = [...this.sets.values()].filter(({ state }) => state.views.some((view) => plainName(view.name) === plain));
    return nearest(candidates, from)?.state.views.find((view) => plainName(view.name) === plain);
  }

  private changed(set: SchemaSet, file: string, facts: FileFacts | undefined): void {
    set.replace(file, facts);
    this.defining = undefined;
    this.schemas.clear();
    this.resolved.clear();
  }

  private definingSets(): ReadonlyMap<string, readonly SchemaSet[]> {
    if (this.defining === undefined) {
      const defining = new Map<string, SchemaSet[]>();
      for (const set of this.sets.values()) for (const name of set.state.tables.keys()) defining.set(name, [...(defining.get(name) ?? []), set]);
      this.defining = defining;
    }
    return this.defining;
  }

  /** One table of the chosen set, with what companions and strays add to it. */
  private resolve(name: string, chosen: SchemaSet, candidates: readonly SchemaSet[]): Table | undefined {
    const own = stateOf(name, chosen);
    if (own === undefined) return undefined;
    const companions = candidates.filter((other) => other !== chosen).flatMap((other) => {
      const state = stateOf(name, other);
      return state !== undefined && servesSamePlace(chosen, other) && own.resembles(state) ? [state] : [];
    });
    const strays = [...this.sets.values()].flatMap((set) => (set === chosen ? [] : this.straysFor(name, set, chosen, candidates)));
    if (companions.length === 0 && strays.length === 0) return this.finish(own, chosen);
    const sum = new TableState(own.name, own.place);
    for (const state of [own, ...companions]) sum.absorb(state);
    for (const { change, file } of strays) sum.apply(change, { file, line: change.line });
    return this.finish(sum, chosen);
  }

  private finish(table: TableState, { state }: SchemaSet): Table {
    const dialect = state.dialect ?? this.fallback();
    return { ...table.finished(), ...(dialect && { dialect }) };
  }

  /** Changes that a set makes to a table of another one, which is the nearest to it. */
  private straysFor(name: string, set: SchemaSet, chosen: SchemaSet, candidates: readonly SchemaSet[]) {
    const plain = plainName(name);
    const strays = set.state.strays.filter(({ table }) => plainName(table) === plain);
    if (strays.length === 0) return [];
    const { place, state } = set;
    return nearest(candidates, { folders: place.home, set: place.set, dialect: state.dialect }) === chosen ? strays : [];
  }
}

/** A name with a schema means the table of that schema; one without means any. */
function stateOf(name: string, set: SchemaSet): TableState | undefined {
  const states = set.state.tables.get(plainName(name)) ?? [];
  const wanted = fullName(name);
  return states.find((state) => fullName(state.name) === wanted) ?? states[0];
}

function nearest(sets: readonly SchemaSet[], from: Viewpoint): SchemaSet | undefined {
  return sets.length < 2 ? sets[0] : [...sets].sort((a, b) => compare(a, b, from))[0];
}

function compare(a: SchemaSet, b: SchemaSet, from: Viewpoint): number {
  const differs = ({ state }: SchemaSet): number => Number(from.dialect !== undefined && state.dialect !== undefined && state.dialect !== from.dialect);
  const isOwn = ({ place }: SchemaSet): number => Number(place.set === from.set);
  return (
    differs(a) - differs(b) ||
    isOwn(b) - isOwn(a) ||
    closeness(b.place.home, from.folders) - closeness(a.place.home, from.folders) ||
    PREFERENCE.indexOf(a.state.dialect) - PREFERENCE.indexOf(b.state.dialect) ||
    b.state.tables.size - a.state.tables.size ||
    (a.place.set < b.place.set ? -1 : 1)
  );
}

/** Two sets speak of one database where neither names another dialect and one's home is the other's or around it. */
function servesSamePlace(a: SchemaSet, b: SchemaSet): boolean {
  const [left, right] = [a.state.dialect, b.state.dialect];
  if (left !== undefined && right !== undefined && left !== right) return false;
  return isWithin(a.place.home, b.place.home) || isWithin(b.place.home, a.place.home);
}
