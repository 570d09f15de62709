import type { FileFacts, IndexDefinition } from '../../core/facts';
import type { ModelField, ModelIndex } from '../../core/models';
import type { Table } from '../../core/workspaceView';
import type { DescribedSchema, DescribedTable, ModelDescription, TableSeeker } from '../schema/modelLayer';
import { plainName } from '../schema/names';
import type { DeclaredModel } from './model';
import { columnOf, foldedName, plural } from './naming';

/**
 * The tables behind models. Where SQL or migrations describe the same table in the model's database, its
 * spelling is taken, so that both descriptions come together as one.
 */
export class ModelTables {
  /** The described names by what they are in any style. */
  private readonly folded = new Map<string, string[]>();
  private readonly known = new Map<DeclaredModel, DescribedTable | null>();
  private readonly mayBeMySql: boolean;

  constructor(
    private readonly described: DescribedSchema,
    private readonly files: ReadonlyMap<string, FileFacts>,
  ) {
    this.mayBeMySql = [...files.values()].some(({ dialects }) => dialects?.includes('mysql'));
    for (const name of described.tableNames) this.folded.set(foldedName(name), [...(this.folded.get(foldedName(name)) ?? []), name]);
  }

  /** The table of a model, as the schema spells it. */
  tableOf(model: DeclaredModel): string {
    return this.describedBy(model)?.table.name ?? model.table;
  }

  /** The column of a field, as the schema spells it; undefined for a relation whose key lies elsewhere. */
  columnOf(model: DeclaredModel, field: ModelField): string | undefined {
    const column = columnOf(field, model.library);
    if (column === undefined || field.column !== undefined) return column;
    const described = this.describedBy(model)?.table;
    if (described === undefined || described.columns.has(plainName(column))) return column;
    const folded = foldedName(column);
    return [...described.columns.values()].find(({ name }) => foldedName(name) === folded)?.name ?? column;
  }

  /** The table of a model, in the database that it belongs to. */
  describe(model: DeclaredModel): ModelDescription {
    const seeker = this.seekerOf(model);
    const found = this.describedBy(model);
    const set = this.described.homeOf(seeker, found);
    const dialect = this.described.dialectOf(set, seeker);
    const isInnoDb = dialect === 'mysql' || (dialect === undefined && this.mayBeMySql);
    const { line, file } = model;
    const fields = [...model.implicitKey(), ...model.declaredFields()];
    const columns = fields.flatMap((field) => {
      const name = this.columnOf(model, field);
      return name === undefined ? [] : [{ name, type: field.type, nullable: field.nullable, field }];
    });
    const named = (is: (field: ModelField) => boolean | undefined): string[] => columns.filter(({ field }) => is(field)).map(({ name }) => name);
    const alone = columns.filter(({ field }) => isIndexedAlone(field) || (isInnoDb && isKeyAlone(field)));
    return {
      set,
      dialect,
      file,
      line,
      namesTable: model.fact.table !== undefined,
      create: {
        kind: 'create-table',
        table: this.tableOf(model),
        columns: columns.map(({ name, type, nullable }) => ({ name, type, nullable })),
        primaryKey: named(({ isPrimary }) => isPrimary),
        uniques: named(({ isUnique, isPrimary }) => isUnique && !isPrimary).map((column) => [column]),
        foreignKeys: columns.flatMap(({ name, field }) => this.foreignKey(model, name, field)),
        line,
      },
      indexes: [
        // InnoDB indexes every foreign key by itself.
        ...alone.map(({ name, field }) => this.index(model, { fields: [name], unique: false }, isIndexedAlone(field) ? undefined : 'foreign key')),
        ...model.declaredIndexes().map((index) => this.index(model, index)),
      ].map((index) => ({ kind: 'create-index', index, line }) as const),
    };
  }

  private index(model: DeclaredModel, { name, fields, unique, method = 'btree', where, operatorClasses, include }: ModelIndex, constraint?: 'foreign key'): IndexDefinition {
    const table = this.tableOf(model);
    const declared = model.declaredFields();
    const columns = fields.map((each) => {
      const field = declared.find((candidate) => candidate.name === each);
      return (field && this.columnOf(model, field)) ?? each;
    });
    return { name: name ?? `${plainName(table)}_${columns.join('_')}_idx`, table, columns, unique, method, where, operatorClasses, include, ...(constraint && { constraint }) };
  }

  private foreignKey(model: DeclaredModel, column: string, field: ModelField): { columns: string[]; references: string; referencedColumns: string[] }[] {
    const { references, relation } = field;
    if (references !== undefined) return [{ columns: [column], references: references.table, referencedColumns: [references.column] }];
    const target = relation?.holdsKey ? model.targetOf(field) : undefined;
    return target === undefined ? [] : [{ columns: [column], references: this.tableOf(target), referencedColumns: [] }];
  }

  /** A model that does not name its table may be described under another style or number: OrderLine, order_lines. */
  private describedBy(model: DeclaredModel): DescribedTable | undefined {
    const known = this.known.get(model);
    if (known !== undefined) return known ?? undefined;
    const found = this.lookUp(model);
    this.known.set(model, found ?? null);
    return found;
  }

  private lookUp(model: DeclaredModel): DescribedTable | undefined {
    const seeker = this.seekerOf(model);
    const exact = this.described.find(model.table, seeker);
    if (exact !== undefined || model.fact.table !== undefined) return exact;
    for (const folded of [foldedName(model.table), foldedName(plural(model.table))]) {
      for (const name of this.folded.get(folded) ?? []) {
        const found = this.described.find(name, seeker);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  private seekerOf(model: DeclaredModel): TableSeeker {
    return { facts: this.files.get(model.file)!, resembles: (table) => resembles(model, table) };
  }
}

const isKey = ({ references, relation }: ModelField): boolean => references !== undefined || relation?.holdsKey === true;

const isIndexedAlone = ({ isIndexed, isUnique, isPrimary }: ModelField): boolean => isIndexed === true && !isUnique && !isPrimary;

const isKeyAlone = (field: ModelField): boolean => isKey(field) && !field.isUnique && !field.isPrimary;

/** Most columns of the model, or of the table where it has fewer, are in both. */
function resembles(model: DeclaredModel, table: Table): boolean {
  const columns = new Set([...model.implicitKey(), ...model.declaredFields()].flatMap((field) => foldedName(columnOf(field, model.library) ?? '') || []));
  const shared = [...table.columns.keys()].filter((name) => columns.has(foldedName(name))).length;
  return shared * 2 >= Math.min(columns.size, table.columns.size);
}
