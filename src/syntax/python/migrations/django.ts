import type { ColumnDefinition, IndexDefinition, SchemaChange } from '../../../core/facts';
import type { ModelField, ModelIndex } from '../../../core/models';
import { argumentAt, calleeOf, displayItems, dottedName, keywordArgument } from '../expressions';
import type { PythonFile } from '../file';
import { fieldOf } from '../models/djangoFields';
import { indexesOf, indexOf } from '../models/djangoMeta';
import type { PythonNode } from '../node';
import { simpleAssignment } from '../statements';
import { literalText } from '../strings';

/** `shop/migrations/0003_x.py` belongs to the application `shop`. */
const MIGRATION = /(?:^|\/)([^/]+)\/(?:\w*migrations)\/(?:\w+\/)*\d[^/]*\.py$/;

/** The steps that a Django migration's operations take, on tables under Django's own names for them. */
export function djangoChanges(file: PythonFile): SchemaChange[] {
  const app = MIGRATION.exec(file.path)?.[1];
  if (app === undefined || !/\boperations\s*=/.test(file.text)) return [];
  const reader = new OperationReader(app, file);
  for (const statement of file.root.descendants('AssignStatement')) {
    const assigned = simpleAssignment(statement);
    if (assigned?.target.text === 'operations') for (const operation of displayItems(assigned.value)) reader.read(operation);
  }
  return reader.changes;
}

class OperationReader {
  readonly changes: SchemaChange[] = [];
  /** Tables that a model's options name, by model. */
  private readonly named = new Map<string, string>();

  constructor(
    private readonly app: string,
    private readonly file: PythonFile,
  ) {}

  read(operation: PythonNode): void {
    const callee = dottedName(calleeOf(operation));
    const kind = callee?.slice(callee.lastIndexOf('.') + 1);
    const text = (position: number, name: string): string => literalText(argumentAt(operation, position, name)) ?? '';
    const line = this.file.lineOf(operation);
    const table = this.tableOf(text(0, 'model_name') || text(0, 'name'));
    switch (kind) {
      case 'CreateModel':
        return this.createModel(operation, line);
      case 'DeleteModel':
        return this.add({ kind: 'drop-table', table, line });
      case 'RenameModel':
        return this.add({ kind: 'rename-table', table: this.tableOf(text(0, 'old_name')), to: this.tableOf(text(1, 'new_name')), line });
      case 'AlterModelTable':
        return this.add({ kind: 'rename-table', table, to: text(1, 'table') || table, line });
      case 'AddField':
        return this.addField(table, text(1, 'name'), argumentAt(operation, 2, 'field'), line);
      case 'AlterField':
        return this.indexField(table, text(1, 'name'), argumentAt(operation, 2, 'field'), line);
      case 'RemoveField':
        return ['', '_id'].forEach((suffix) => this.add({ kind: 'drop-column', table, column: text(1, 'name') + suffix, line }));
      case 'RenameField':
        return ['', '_id'].forEach((suffix) => this.add({ kind: 'rename-column', table, column: text(1, 'old_name') + suffix, to: text(2, 'new_name') + suffix, line }));
      case 'AddIndex':
      case 'AddIndexConcurrently':
      case 'AddConstraint':
        return this.addIndexes(table, [argumentAt(operation, 1, kind === 'AddConstraint' ? 'constraint' : 'index')].flatMap((index) => (index && indexOf(index)) ?? []), line);
      case 'RemoveIndex':
      case 'RemoveIndexConcurrently':
      case 'RemoveConstraint':
        return this.add({ kind: 'drop-index', name: text(1, 'name'), line });
      case 'AlterUniqueTogether':
      case 'AlterIndexTogether': {
        const option = kind === 'AlterUniqueTogether' ? 'unique_together' : 'index_together';
        const value = argumentAt(operation, 1, option);
        return this.addIndexes(table, value ? indexesOf(new Map([[option, value]])) : [], line);
      }
      case 'SeparateDatabaseAndState':
        for (const inner of displayItems(argumentAt(operation, 0, 'database_operations'))) this.read(inner);
    }
  }

  private createModel(operation: PythonNode, line: number): void {
    const name = literalText(argumentAt(operation, 0, 'name')) ?? '';
    const options = dictionaryOf(argumentAt(operation, 2, 'options'));
    const bases = keywordArgument(operation, 'bases')?.text ?? '';
    if (options.get('proxy')?.text === 'True') return;
    const declared = literalText(options.get('db_table'));
    if (declared !== undefined) this.named.set(name.toLowerCase(), declared);
    const table = this.tableOf(name);
    const fields = displayItems(argumentAt(operation, 1, 'fields')).flatMap((pair) => this.fieldOfPair(pair));
    const columns = fields.filter(hasColumn);
    if (columns.length === 0 && bases === '') return;
    this.add({
      kind: 'create-table',
      table,
      columns: columns.map(definition),
      primaryKey: columns.filter(({ isPrimary }) => isPrimary).map(columnOf),
      uniques: columns.filter(({ isUnique, isPrimary }) => isUnique && !isPrimary).map((field) => [columnOf(field)]),
      foreignKeys: columns.flatMap((field) => this.foreignKey(field)),
      line,
    });
    this.addIndexes(table, columns.filter(isIndexedAlone).map((field) => ({ fields: [columnOf(field)], unique: false })), line);
    this.addIndexes(table, indexesOf(options), line, fields);
  }

  private fieldOfPair(pair: PythonNode): ModelField[] {
    const [name, call] = displayItems(pair);
    const text = literalText(name);
    const field = text !== undefined && call ? fieldOf(text, call, this.file) : undefined;
    return field === undefined ? [] : [field];
  }

  private addField(table: string, name: string, call: PythonNode | undefined, line: number): void {
    const field = call && fieldOf(name, call, this.file);
    if (field === undefined || !hasColumn(field)) return;
    this.add({ kind: 'add-column', table, column: definition(field), line });
    this.foreignKey(field).forEach((foreignKey) => this.add({ kind: 'add-foreign-key', table, foreignKey, line }));
    this.indexField(table, name, call, line);
  }

  /** An altered field may gain an index; one it loses is left in, which only keeps a finding silent. */
  private indexField(table: string, name: string, call: PythonNode | undefined, line: number): void {
    const field = call && fieldOf(name, call, this.file);
    if (field === undefined || !hasColumn(field)) return;
    if (field.isUnique) this.add({ kind: 'add-unique', table, columns: [columnOf(field)], line });
    else if (isIndexedAlone(field)) this.addIndexes(table, [{ fields: [columnOf(field)], unique: false }], line);
  }

  private addIndexes(table: string, indexes: readonly ModelIndex[], line: number, fields: readonly ModelField[] = []): void {
    for (const index of indexes) {
      const columns = index.fields.map((name) => {
        const field = fields.find((each) => each.name === name);
        return field ? columnOf(field) : name;
      });
      this.add({ kind: 'create-index', index: asDefinition(table, index, columns), line });
    }
  }

  private foreignKey(field: ModelField): { columns: string[]; references: string; referencedColumns: string[] }[] {
    const target = field.relation?.target?.name;
    if (target === undefined || !field.relation?.holdsKey) return [];
    const [app, model] = target.includes('.') ? target.split('.') : [this.app, target];
    return [{ columns: [columnOf(field)], references: `${app}_${model}`.toLowerCase(), referencedColumns: ['id'] }];
  }

  private tableOf(model: string): string {
    return this.named.get(model.toLowerCase()) ?? `${this.app}_${model}`.toLowerCase();
  }

  private add(change: SchemaChange): void {
    this.changes.push(change);
  }
}

const hasColumn = ({ relation }: ModelField): boolean => relation === undefined || relation.holdsKey;

const columnOf = ({ name, column, relation }: ModelField): string => column ?? (relation?.holdsKey ? `${name}_id` : name);

const isIndexedAlone = ({ isIndexed, isUnique, isPrimary }: ModelField): boolean => isIndexed === true && !isUnique && !isPrimary;

const definition = (field: ModelField): ColumnDefinition => ({ name: columnOf(field), type: field.type, nullable: field.nullable });

function asDefinition(table: string, { name, unique, method = 'btree', where, include, operatorClasses }: ModelIndex, columns: readonly string[]): IndexDefinition {
  return { name: name ?? `${table}_${columns.join('_')}_idx`, table, columns, unique, method, where, include, operatorClasses };
}

/** The entries of `{"db_table": "orders"}` by key. */
function dictionaryOf(node: PythonNode | undefined): ReadonlyMap<string, PythonNode> {
  const children = node?.kind === 'DictionaryExpression' ? node.children : [];
  return new Map(
    children.flatMap((child, i) => {
      const key = child.kind === ':' ? literalText(children[i - 1]) : undefined;
      const value = children[i + 1];
      return key === undefined || value === undefined ? [] : [[key, value] as const];
    }),
  );
}
