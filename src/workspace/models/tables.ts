import type { SchemaChange } from '../../core/facts';
import type { ModelField, ModelIndex } from '../../core/models';
import type { Table } from '../../core/workspaceView';
import { plainName } from '../schema/names';
import type { DeclaredModel } from './model';
import { columnOf, foldedName, plural } from './naming';

/**
 * The tables behind models. Where the workspace's SQL or migrations describe the same table, its
 * spelling is taken, so that both descriptions come together as one.
 */
export class ModelTables {
  private readonly tables = new Map<string, Table>();
  private readonly folded = new Map<string, Table>();
  private readonly names = new Map<DeclaredModel, string>();

  /**
   * @param described the tables known from SQL and migrations
   * @param indexesForeignKeys the database indexes the columns of foreign keys by itself
   */
  constructor(
    described: readonly Table[],
    private readonly indexesForeignKeys = false,
  ) {
    for (const table of described) {
      this.tables.set(plainName(table.name), table);
      this.folded.set(foldedName(table.name), table);
    }
  }

  /** The table of a model, as the schema spells it. */
  tableOf(model: DeclaredModel): string {
    let name = this.names.get(model);
    if (name === undefined) this.names.set(model, (name = this.describedBy(model)?.name ?? model.table));
    return name;
  }

  /** The column of a field, as the schema spells it; undefined for a relation whose key lies elsewhere. */
  columnOf(model: DeclaredModel, field: ModelField): string | undefined {
    const column = columnOf(field, model.library);
    if (column === undefined || field.column !== undefined) return column;
    const described = this.describedBy(model);
    if (described === undefined || described.columns.has(plainName(column))) return column;
    const folded = foldedName(column);
    return [...described.columns.values()].find(({ name }) => foldedName(name) === folded)?.name ?? column;
  }

  /** The schema changes that create every model's table. */
  changesOf(model: DeclaredModel): SchemaChange[] {
    const table = this.tableOf(model);
    const { line } = model;
    const fields = [...model.implicitKey(), ...model.declaredFields()];
    const columns = fields.flatMap((field) => {
      const name = this.columnOf(model, field);
      return name === undefined ? [] : [{ name, type: field.type, nullable: field.nullable, field }];
    });
    const described = this.describedBy(model);
    const named = (is: (field: ModelField) => boolean | undefined): string[] => columns.filter(({ field }) => is(field)).map(({ name }) => name);
    return [
      {
        kind: 'create-table',
        table,
        columns: columns.map(({ name, type, nullable }) => {
          const known = described?.columns.get(plainName(name));
          // What SQL says of a type is more exact, but only the model knows that a text is one of a few.
          return known === undefined || type === 'choice' ? { name: known?.name ?? name, type, nullable } : known;
        }),
        primaryKey: named(({ isPrimary }) => isPrimary),
        uniques: named(({ isUnique, isPrimary }) => isUnique && !isPrimary).map((column) => [column]),
        foreignKeys: columns.flatMap(({ name, field }) => this.foreignKey(model, name, field)),
        line,
      },
      ...named((field) => this.isIndexedAlone(field)).map((column) => this.index(model, { fields: [column], unique: false })),
      ...model.declaredIndexes().map((index) => this.index(model, index)),
    ];
  }

  private isIndexedAlone({ isIndexed, isUnique, isPrimary, references, relation }: ModelField): boolean {
    const isKey = references !== undefined || relation?.holdsKey === true;
    return !isUnique && !isPrimary && (isIndexed === true || (isKey && this.indexesForeignKeys));
  }

  private index(model: DeclaredModel, { name, fields, unique, method = 'btree', where, operatorClasses, include }: ModelIndex): SchemaChange {
    const table = this.tableOf(model);
    const declared = model.declaredFields();
    const columns = fields.map((each) => {
      const field = declared.find((candidate) => candidate.name === each);
      return (field && this.columnOf(model, field)) ?? each;
    });
    const index = { name: name ?? `${plainName(table)}_${columns.join('_')}_idx`, table, columns, unique, method, where, operatorClasses, include };
    return { kind: 'create-index', index, line: model.line };
  }

  private foreignKey(model: DeclaredModel, column: string, field: ModelField): { columns: string[]; references: string; referencedColumns: string[] }[] {
    const { references, relation } = field;
    if (references !== undefined) return [{ columns: [column], references: references.table, referencedColumns: [references.column] }];
    const target = relation?.holdsKey ? model.targetOf(field) : undefined;
    return target === undefined ? [] : [{ columns: [column], references: this.tableOf(target), referencedColumns: [] }];
  }

  /** A model that does not name its table may be described under another style or number: OrderLine, order_lines. */
  private describedBy(model: DeclaredModel): Table | undefined {
    const exact = this.tables.get(plainName(model.table));
    if (exact !== undefined || model.fact.table !== undefined) return exact;
    return this.folded.get(foldedName(model.table)) ?? this.folded.get(foldedName(plural(model.table)));
  }
}
