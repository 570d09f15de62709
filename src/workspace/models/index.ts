import type { FileFacts, QueryFact } from '../../core/facts';
import type { ModelLibrary, ModelReference } from '../../core/models';
import type { IndexColumn, Model, Models, Table } from '../../core/workspaceView';
import { nearest, type ResolveModule } from '../declarations';
import type { DescribedSchema, ModelDescription, ModelSource } from '../schema/modelLayer';
import { plainName } from '../schema/names';
import { indexDeclaration } from './declareIndex';
import type { DeclaredModel } from './model';
import { ModelRegistry } from './registry';
import { ModelTables } from './tables';
import { translateQuery } from './translate';

/** The workspace's ORM models, and the queries that are written in their names. */
export class WorkspaceModels implements Models, ModelSource {
  private readonly registry: ModelRegistry;
  /** By their tables' plain names. */
  private byTable = new Map<string, DeclaredModel[]>();
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

  declareIndex(table: Table, columns: readonly IndexColumn[]): string | undefined {
    const models = this.byTable.get(plainName(table.name)) ?? [];
    const model = models.length < 2 ? models[0] : (models.find(({ file, line }) => file === table.model?.file && line === table.model.line) ?? nearest(table.file, models) ?? models[0]);
    return model && this.tables && indexDeclaration(model, columns, this.tables);
  }

  describe(schema: DescribedSchema): readonly ModelDescription[] {
    const tables = new ModelTables(schema, this.files);
    this.tables = tables;
    this.byTable = new Map();
    const models = this.all.filter(({ fact }) => !fact.isProxy);
    for (const model of models) {
      const table = plainName(tables.tableOf(model));
      const sharing = this.byTable.get(table) ?? [];
      // Of models that share a table, the one that names it is the one to show.
      this.byTable.set(table, model.fact.table === undefined ? [...sharing, model] : [model, ...sharing]);
    }
    return models.map((model) => tables.describe(model));
  }

  /** The table that a query or a declaration names by its model. */
  tableNamed(name: string): string | undefined {
    const model = this.registry.named(name);
    return model && this.tables?.tableOf(model);
  }
}
