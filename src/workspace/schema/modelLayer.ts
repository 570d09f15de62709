import type { FileFacts, SqlDialect } from '../../core/facts';
import type { Table } from '../../core/workspaceView';
import { prevailing } from './dialect';
import { fullName, plainName } from './names';
import { nearest, servesSamePlace, spokenPlace, type Viewpoint } from './nearest';
import { dialectOfPath, isOfOtherDatabase, schemaPlaceOf } from './places';
import { SchemaSet, stateOf } from './schemaSet';
import { TableState, type CreateTable, type TableChange } from './tableState';

/** An ORM model that looks for the table it stands for. */
export interface TableSeeker {
  readonly facts: FileFacts;
  /** Most of its columns are the table's. */
  resembles(table: Table): boolean;
}

/** A table of SQL or migrations, and the set of files that describes it. */
export interface DescribedTable {
  readonly table: Table;
  readonly set: SchemaSet;
}

/** What SQL and migrations alone say of tables, as models see it. */
export interface DescribedSchema {
  readonly tableNames: Iterable<string>;
  /** The table of this name in the database of the model: near its file, or with its columns. */
  find(name: string, model: TableSeeker): DescribedTable | undefined;
  /** The database of a model's table: where it is described, else that of the SQL nearest to the model, else its own. */
  homeOf(model: TableSeeker, described: DescribedTable | undefined): SchemaSet;
  dialectOf(set: SchemaSet, model: TableSeeker): SqlDialect | undefined;
}

/** The table of a model, as changes of a schema. */
export interface ModelDescription {
  readonly set: SchemaSet;
  readonly dialect?: SqlDialect;
  readonly file: string;
  readonly line: number;
  readonly create: CreateTable;
  readonly indexes: readonly TableChange[];
  /** Of models that share a table, the one that names it is the one to show. */
  readonly namesTable: boolean;
}

/** The models of a workspace. */
export interface ModelSource {
  describe(schema: DescribedSchema): readonly ModelDescription[];
  /** The table of the model that has this name; undefined where none or several have it. */
  tableNamed(model: string): string | undefined;
}

/** What models add to the databases that SQL and migrations describe. */
export class ModelLayer {
  private readonly bySet = new Map<SchemaSet, Map<string, ModelDescription[]>>();

  constructor(descriptions: readonly ModelDescription[]) {
    for (const description of descriptions) {
      if (isOfOtherDatabase(description.file)) continue;
      const tables = this.bySet.get(description.set) ?? new Map<string, ModelDescription[]>();
      this.bySet.set(description.set, tables);
      const name = fullName(description.create.table);
      tables.set(name, [...(tables.get(name) ?? []), description].sort((a, b) => Number(b.namesTable) - Number(a.namesTable)));
    }
  }

  /** The sets that models put a table into, by its plain name. */
  *placed(): Iterable<readonly [string, SchemaSet]> {
    for (const [set, tables] of this.bySet) for (const name of tables.keys()) yield [plainName(name), set];
  }

  /** The models of a table, the one to show first; `described` is what SQL says of it in the same set. */
  of(name: string, set: SchemaSet, described: TableState | undefined): readonly ModelDescription[] {
    const tables = this.bySet.get(set);
    if (tables === undefined) return [];
    const exact = tables.get(fullName(described?.name ?? name));
    if (exact !== undefined || described !== undefined) return exact ?? [];
    const plain = plainName(name);
    return [...tables].find(([other]) => plainName(other) === plain)?.[1] ?? [];
  }
}

/** The table as one model has it. */
export function stateOfModel({ create, indexes, file, line }: ModelDescription): TableState {
  const state = new TableState(create.table, { file, line });
  state.create(create, { file, line });
  for (const change of indexes) state.apply(change, { file, line });
  return state;
}

/** Looks tables up for models, in what SQL and migrations say. */
export class ModelHomes implements DescribedSchema {
  /** Of models that no SQL is near to. */
  private readonly own = new Map<string, SchemaSet>();

  constructor(
    private readonly sets: readonly SchemaSet[],
    private readonly defining: ReadonlyMap<string, readonly SchemaSet[]>,
    private readonly fallback: () => SqlDialect | undefined,
  ) {}

  get tableNames(): Iterable<string> {
    return this.defining.keys();
  }

  find(name: string, model: TableSeeker): DescribedTable | undefined {
    const from = viewpointOf(model);
    const home = { home: schemaPlaceOf(model.facts.file).home, dialect: from.dialect };
    const fitting = (this.defining.get(plainName(name)) ?? []).flatMap((set) => {
      const table = stateOf(name, set)?.finished();
      const fits = table !== undefined && !speaksOther(set, from) && (servesSamePlace(home, spokenPlace(set)) || model.resembles(table));
      return fits ? [{ table, set }] : [];
    });
    const chosen = nearest(fitting.map(({ set }) => set), from);
    return fitting.find(({ set }) => set === chosen);
  }

  homeOf(model: TableSeeker, described: DescribedTable | undefined): SchemaSet {
    if (described !== undefined) return described.set;
    const from = viewpointOf(model);
    const home = { home: schemaPlaceOf(model.facts.file).home, dialect: from.dialect };
    return nearest(this.sets.filter((set) => servesSamePlace(home, spokenPlace(set))), from) ?? this.ownSet(model);
  }

  dialectOf({ state }: SchemaSet, model: TableSeeker): SqlDialect | undefined {
    return state.dialect ?? viewpointOf(model).dialect ?? this.fallback();
  }

  private ownSet({ facts }: TableSeeker): SchemaSet {
    const place = schemaPlaceOf(facts.file);
    let set = this.own.get(place.set);
    if (set === undefined) this.own.set(place.set, (set = new SchemaSet(place)));
    // Its file tells the dialect; the tables come with the models.
    set.replace(facts.file, { ...facts, schema: [] });
    return set;
  }
}

/** Both name a database, and not the same one; what types tell is too little to part a model from its migrations. */
const speaksOther = ({ state: { namedDialect } }: SchemaSet, { dialect }: Viewpoint): boolean => dialect !== undefined && namedDialect !== undefined && namedDialect !== dialect;

function viewpointOf({ facts: { file, dialects = [] } }: TableSeeker): Viewpoint {
  return { folders: file.split('/').slice(0, -1), set: schemaPlaceOf(file).set, dialect: dialectOfPath(file) ?? prevailing(dialects) };
}
