import type { FileFacts, QueryFact } from '../../core/facts';
import type { ModelLibrary, ModelReference } from '../../core/models';
import type { Model, Models, Table } from '../../core/workspaceView';
import type { ResolveModule } from '../declarations';
import type { SchemaHistory } from '../schema/history';
import { plainName } from '../schema/names';
import { indexDeclaration } from './declareIndex';
import type { DeclaredModel } from './model';
import { ModelRegistry } from './registry';
import { ModelTables } from './tables';
import { translateQuery } from './translate';

/** The workspace's ORM models, and the queries that are written in their names. */
export class WorkspaceModels implements Models {
  private readonly registry: ModelRegistry;
  private readonly byTable = new Map<string, DeclaredModel>();
  private tables?: ModelTables;

  constructor(
    private readonly files: ReadonlyMap<string, FileFacts>,
    resolveModule: ResolveModule,
  ) {
    this.registry = new ModelRegistry(files, resolveModule);
  }

  get all(): readonly DeclaredModel[] {
    return this.registry.all;
  }

  find(file: string, reference: ModelReference, library?: ModelLibrary): DeclaredModel | undefined {
    const model = this.registry.find(file, reference, library);
    return model?.isModel() ? model : undefined;
  }

  translate(file: string, query: QueryFact): QueryFact | undefined {
    if (query.model === undefined) return query;
    const model = this.find(file, query.model, query.model.library);
    return model && this.tables && translateQuery(query, model, this.tables, (name) => this.find(file, { name }, model.library));
  }

  overrides({ name, file }: Model, method: string): boolean {
    const classes = this.registry.find(file, { name })?.lineage() ?? new Set([name]);
    return [...this.files.values()].some(({ functions }) => functions.some((fn) => fn.name.endsWith(`.${method}`) && classes.has(fn.name.slice(0, -method.length - 1))));
  }

  declareIndex(table: string, columns: readonly string[]): string | undefined {
    const model = this.byTable.get(plainName(table));
    return model && this.tables && indexDeclaration(model, columns, this.tables);
  }

  /** Adds every model's table to what SQL and migrations have described. */
  describe(history: SchemaHistory): void {
    const indexesKeys = [...this.files.values()].some(({ database }) => database === 'mysql');
    const tables = new ModelTables(history.tables(), indexesKeys);
    this.tables = tables;
    for (const model of this.all) {
      if (model.fact.isProxy) continue;
      const table = plainName(tables.tableOf(model));
      // Of models that share a table, the one that names it is the one to show.
      if (!this.byTable.has(table) || model.fact.table !== undefined) this.byTable.set(table, model);
      for (const change of tables.changesOf(model)) history.apply(change, model.file);
    }
  }

  /** A table that an ORM's migration created is better shown where its model stands. */
  placeOf({ name, file }: Table): Pick<Table, 'file' | 'line'> | undefined {
    if (file.endsWith('.sql')) return undefined;
    const model = this.byTable.get(plainName(name));
    return model && { file: model.file, line: model.line };
  }

  /** The table, of those by plain name, that a query or a declaration names by its model. */
  tableNamed(name: string, tables: ReadonlyMap<string, Table>): Table | undefined {
    const model = this.registry.named(name);
    return model && this.tables && tables.get(plainName(this.tables.tableOf(model)));
  }
}
