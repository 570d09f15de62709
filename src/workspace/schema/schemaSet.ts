import type { FileFacts, SqlDialect } from '../../core/facts';
import type { View } from '../../core/workspaceView';
import { prevailing, dialectOfTables } from './dialect';
import { SchemaHistory, type StrayChange } from './history';
import { inMigrationOrder } from './migrationOrder';
import { compareMigrations } from './migrations';
import { fullName, plainName } from './names';
import type { SchemaPlace } from './places';
import type { TableState } from './tableState';

/** What was replayed of one set of files. */
interface Replayed {
  /** By plain name; several where schemas of one database hold tables of the same name. */
  readonly tables: ReadonlyMap<string, readonly TableState[]>;
  readonly views: readonly View[];
  readonly strays: readonly StrayChange[];
  readonly hasUnnamedIndexes: boolean;
  /** What the files say of themselves. */
  readonly namedDialect: SqlDialect | undefined;
  /** The same, or what their types tell. */
  readonly dialect: SqlDialect | undefined;
}

/** The files that state one history of a schema, and the schema they come to. */
export class SchemaSet {
  private readonly files = new Map<string, FileFacts>();
  private replayed?: Replayed;
  /** How often the history was replayed; for tests that count work. */
  replays = 0;

  constructor(readonly place: SchemaPlace) {}

  get isEmpty(): boolean {
    return this.files.size === 0;
  }

  /** Undefined takes the file out. */
  replace(file: string, facts: FileFacts | undefined): void {
    if (facts === undefined) this.files.delete(file);
    else this.files.set(file, facts);
    this.replayed = undefined;
  }

  get state(): Replayed {
    return (this.replayed ??= this.replay());
  }

  private replay(): Replayed {
    this.replays++;
    const history = new SchemaHistory();
    const ordered = [...this.files.values()].sort((a, b) => compareMigrations(a.file, b.file));
    for (const { file, schema } of inMigrationOrder(ordered)) for (const change of schema) history.apply(change, file);
    const states = history.settled();
    const tables = new Map<string, TableState[]>();
    for (const state of states) {
      const name = plainName(state.name);
      tables.set(name, [...(tables.get(name) ?? []), state]);
    }
    const { strays, hasUnnamedIndexes } = history;
    const named = this.place.dialect ?? prevailing(ordered.flatMap(({ dialects }) => dialects ?? []));
    return { tables, views: history.views(), strays, hasUnnamedIndexes, namedDialect: named, dialect: named ?? dialectOfTables(states.map((state) => state.finished())) };
  }
}

/** A name with a schema means the table of that schema; one without means any. */
export function stateOf(name: string, set: SchemaSet): TableState | undefined {
  const states = set.state.tables.get(plainName(name)) ?? [];
  const wanted = fullName(name);
  return states.find((state) => fullName(state.name) === wanted) ?? states[0];
}
