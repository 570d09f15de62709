import type { FileFacts, SqlDialect } from '../../core/facts';
import type { Schema, Table, View } from '../../core/workspaceView';
import { FileSchema } from './fileSchema';
import { isUndoPath } from './migrations';
import { ModelHomes, ModelLayer, stateOfModel, type ModelDescription, type ModelSource } from './modelLayer';
import { fullName, plainName } from './names';
import { nearest, servesSamePlace, spokenPlace, type Viewpoint } from './nearest';
import { dialectOfPath, isOfOtherDatabase, schemaPlaceOf } from './places';
import { SchemaSet, stateOf } from './schemaSet';
import { TableState } from './tableState';

/**
 * The schemas that a repository's files state. Each folder of migrations or schema files is replayed by itself and
 * again only when one of its files changes. A table comes from the folder nearest to the file that asks; what other
 * folders say of the same table is added where they serve the same place and database, such as a dump beside its
 * migrations, and is another database's otherwise. ORM models come last and add what they declare.
 */
export class Databases {
  private readonly sets = new Map<string, SchemaSet>();
  private readonly schemas = new Map<string, FileSchema>();
  /** The same by file: each question about a table begins with it. */
  private readonly ofFile = new Map<string, { readonly dialect: SqlDialect | undefined; readonly schema: Schema }>();
  private resolved = new Map<SchemaSet, Map<string, Table | undefined>>();
  private described?: ReadonlyMap<string, readonly SchemaSet[]>;
  private defining?: ReadonlyMap<string, readonly SchemaSet[]>;
  private layer?: ModelLayer;

  /** `fallback` tells the dialect of tables that are written as any database's. */
  constructor(
    facts: Iterable<FileFacts> = [],
    private readonly fallback: () => SqlDialect | undefined = () => undefined,
    private readonly models?: () => ModelSource,
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
    const known = this.ofFile.get(file);
    if (known !== undefined && known.dialect === dialect) return known.schema;
    const schema = this.findSchema(file, dialect);
    this.ofFile.set(file, { dialect, schema });
    return schema;
  }

  private findSchema(file: string, dialect: SqlDialect | undefined): Schema {
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
    return this.tableCalled(name, from) ?? this.tableOfModel(name, from);
  }

  /** Models speak of their tables only once they were told what SQL calls them. */
  layModels(): ModelLayer {
    if (this.layer === undefined) {
      const homes = new ModelHomes([...this.sets.values()], this.describedIn(), this.fallback);
      this.layer = new ModelLayer(this.models?.().describe(homes) ?? []);
    }
    return this.layer;
  }

  /** Models, or what files say of their databases, are others than before. */
  changedAround(): void {
    this.layer = this.defining = undefined;
    this.schemas.clear();
    this.ofFile.clear();
    this.resolved.clear();
  }

  view(name: string, from: Viewpoint): View | undefined {
    const plain = plainName(name);
    const candidates = [...this.sets.values()].filter(({ state }) => state.views.some((view) => plainName(view.name) === plain));
    return nearest(candidates, from)?.state.views.find((view) => plainName(view.name) === plain);
  }

  private tableCalled(name: string, from: Viewpoint): Table | undefined {
    const candidates = this.definingSets().get(plainName(name));
    const chosen = candidates && nearest(candidates, from);
    if (chosen === undefined) return undefined;
    let known = this.resolved.get(chosen);
    if (known === undefined) this.resolved.set(chosen, (known = new Map()));
    const full = fullName(name);
    if (!known.has(full)) known.set(full, this.resolve(name, chosen, candidates!));
    return known.get(full);
  }

  private tableOfModel(name: string, from: Viewpoint): Table | undefined {
    const table = this.models?.().tableNamed(name);
    return table === undefined ? undefined : this.tableCalled(table, from);
  }

  private changed(set: SchemaSet, file: string, facts: FileFacts | undefined): void {
    set.replace(file, facts);
    this.described = undefined;
    this.changedAround();
  }

  /** The sets whose files describe a table, by its plain name. */
  private describedIn(): ReadonlyMap<string, readonly SchemaSet[]> {
    if (this.described === undefined) {
      const described = new Map<string, SchemaSet[]>();
      for (const set of this.sets.values()) for (const name of set.state.tables.keys()) described.set(name, [...(described.get(name) ?? []), set]);
      this.described = described;
    }
    return this.described;
  }

  /** The same with the sets that models put it into. */
  private definingSets(): ReadonlyMap<string, readonly SchemaSet[]> {
    if (this.defining === undefined) {
      const defining = new Map(this.describedIn());
      for (const [name, set] of this.layModels().placed()) {
        const known = defining.get(name) ?? [];
        if (!known.includes(set)) defining.set(name, [...known, set]);
      }
      this.defining = defining;
    }
    return this.defining;
  }

  /** One table of the chosen set, with what companions, strays and models add to it. */
  private resolve(name: string, chosen: SchemaSet, candidates: readonly SchemaSet[]): Table | undefined {
    const own = stateOf(name, chosen);
    const companions = candidates.filter((other) => other !== chosen).flatMap((other) => {
      const state = stateOf(name, other);
      return own !== undefined && state !== undefined && servesSamePlace(spokenPlace(chosen), spokenPlace(other)) && own.resembles(state) ? [{ state, set: other }] : [];
    });
    const models = [this.modelsOf(name, chosen, own), ...companions.map(({ set, state }) => this.modelsOf(name, set, state))].flat();
    // A model's own set has nothing but the model; strays of a set that has the table were settled there.
    const strays = [...this.sets.values()].flatMap((set) => (set === chosen && own !== undefined ? [] : this.straysFor(name, set, chosen, candidates)));
    if (own !== undefined && companions.length + models.length + strays.length === 0) return this.finish(own, chosen, models);
    const base = own ?? (models[0] && stateOfModel(models[0]));
    if (base === undefined) return undefined;
    const sum = new TableState(base.name, base.place);
    if (own !== undefined) for (const state of [own, ...companions.map((companion) => companion.state)]) sum.absorb(state);
    for (const { change, file } of strays) sum.apply(change, { file, line: change.line });
    for (const model of models) sum.describeBy(stateOfModel(model));
    return this.finish(sum, chosen, models);
  }

  private modelsOf(name: string, set: SchemaSet, described: TableState | undefined): readonly ModelDescription[] {
    return this.layModels().of(name, set, described);
  }

  /** A table that an ORM's migration created is better shown where its model stands. */
  private finish(table: TableState, { state }: SchemaSet, [model]: readonly ModelDescription[]): Table {
    const dialect = state.dialect ?? model?.dialect ?? this.fallback();
    const finished = table.finished();
    const shown = model !== undefined && !finished.file.endsWith('.sql') ? { model: { file: model.file, line: model.line } } : {};
    return { ...finished, ...shown, ...(dialect && { dialect }) };
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
