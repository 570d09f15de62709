import type { ColumnUse, FilterUse, QueryFact } from '../../core/facts';
import { DEFAULT_ORDER, RELATED } from '../../core/ormQuery';
import type { Field } from '../../core/workspaceView';
import type { DeclaredModel } from './model';
import type { ModelTables } from './tables';
import { fieldNamed } from './fields';
import { Relations, type Join } from './relations';

/**
 * Says an ORM's query in tables and columns. A relation is crossed by the key that holds it, and asked for itself
 * it means that key. Undefined where a name is not the model's: then nothing can be said of an index.
 * @param find another model that the query names
 */
export function translateQuery(query: QueryFact, model: DeclaredModel, tables: ModelTables, find: (name: string) => DeclaredModel | undefined): QueryFact | undefined {
  const translator = new Translator(model, tables, find);
  const filters = query.filters.map((filter) => translator.filter(filter));
  const orderBy = sortedUses(query, model).map((use) => translator.sorted(use));
  const joins = query.joins.map((join) => translator.join(join));
  if ([...filters, ...orderBy].includes(undefined) || joins.includes(false)) return undefined;
  const columns = query.columns === '*' ? '*' : query.columns.flatMap((column) => translator.place({ column })?.column ?? []);
  return {
    ...query,
    tables: translator.tables,
    columns,
    filters: filters as FilterUse[],
    joins: translator.joins,
    orderBy: orderBy as QueryFact['orderBy'],
    model: undefined,
  };
}

function sortedUses({ orderBy }: QueryFact, { ordering }: DeclaredModel): QueryFact['orderBy'] {
  return orderBy.flatMap((use) => (use.column === DEFAULT_ORDER ? ordering.map(({ field, descending }) => ({ column: field, descending })) : [use]));
}

/** In a join, the column of a table that no model stands for. */
const THROUGH = '(through)';

class Translator {
  private readonly joined = new Map<string, Join>();
  private readonly models: Set<DeclaredModel>;
  private readonly relations: Relations;

  constructor(
    private readonly root: DeclaredModel,
    private readonly names: ModelTables,
    private readonly find: (name: string) => DeclaredModel | undefined,
  ) {
    this.models = new Set([root]);
    this.relations = new Relations(names);
  }

  get tables(): readonly string[] {
    return [...new Set([...this.models].map((model) => this.names.tableOf(model)))];
  }

  get joins(): QueryFact['joins'] {
    return [...this.joined.values()];
  }

  filter(filter: FilterUse): FilterUse | undefined {
    const place = this.place(filter);
    return place && { ...filter, ...place };
  }

  sorted(use: QueryFact['orderBy'][number]): QueryFact['orderBy'][number] | undefined {
    const place = this.place(use);
    return place && { ...place, descending: use.descending };
  }

  /** False where the two sides cannot be told. */
  join([left, right]: readonly [ColumnUse, ColumnUse]): boolean {
    if (right.column !== RELATED) {
      const [a, b] = [this.place(left), this.place(right)];
      if (a && b) this.add([a, b]);
      return a !== undefined && b !== undefined;
    }
    const owner = this.modelOf(left);
    if (owner === undefined) return false;
    if (left.column !== RELATED) {
      const field = fieldNamed(owner, left.column);
      const target = field?.relation?.model as DeclaredModel | undefined;
      if (field === undefined || target === undefined) return false;
      this.cross(owner, field, target);
      return true;
    }
    return this.joinModel(owner);
  }

  /** @param use field names with dots between them, of another model than the root where it names one */
  place(use: ColumnUse): ColumnUse | undefined {
    const start = this.modelOf(use);
    return start && this.follow(start, use.column.split('.'));
  }

  private modelOf({ table }: ColumnUse): DeclaredModel | undefined {
    const model = table === undefined || table === this.root.name ? this.root : this.find(table);
    if (model !== undefined) this.models.add(model);
    return model;
  }

  private follow(start: DeclaredModel, path: readonly string[]): ColumnUse | undefined {
    let model = start;
    for (const [position, name] of path.entries()) {
      const field = fieldNamed(model, name);
      if (field === undefined) return undefined;
      const isLast = position === path.length - 1;
      // Prisma never compares a relation: what stands there are conditions that something else makes.
      if (isLast && model.library === 'prisma' && field.relation !== undefined) return undefined;
      const own = this.names.columnOf(model, field);
      if (isLast && own !== undefined) return { table: this.names.tableOf(model), column: own };
      const next = field.relation?.model as DeclaredModel | undefined;
      if (next === undefined) return undefined;
      const join = this.relations.joinOf(model, field, next);
      // A relation compared with a row, and `customer.id`, are the key that this row already has.
      const holdsKey = join !== undefined && join[0].column !== this.relations.keyOf(model);
      const [key] = path.slice(position + 1);
      const isKey = key !== undefined && position === path.length - 2 && fieldNamed(next, key)?.isPrimary === true;
      if (holdsKey && (isLast || isKey)) return join[0];
      this.cross(model, field, next);
      model = next;
      if (isLast) return join?.[1] ?? this.keyUse(next);
    }
    return undefined;
  }

  private keyUse(model: DeclaredModel): ColumnUse | undefined {
    const column = this.relations.keyOf(model);
    return column === undefined ? undefined : { table: this.names.tableOf(model), column };
  }

  private cross(model: DeclaredModel, field: Field, target: DeclaredModel): void {
    const join = this.relations.joinOf(model, field, target);
    this.models.add(target);
    if (join !== undefined) return this.add(join);
    // Through a table in between the rows are found by their key.
    const key = this.keyUse(model);
    if (key !== undefined) this.add([key, { column: THROUGH }]);
  }

  /** `.join(Customer)`: by the only relation between it and a model that is in the query already. */
  private joinModel(joined: DeclaredModel): boolean {
    for (const model of this.models) {
      if (model === joined) continue;
      const field = [...model.fields.values()].find(({ relation }) => relation?.model === joined);
      const back = [...joined.fields.values()].find(({ relation }) => relation?.model === model);
      if (field !== undefined) this.cross(model, field, joined);
      else if (back !== undefined) this.cross(joined, back, model);
      else continue;
      return true;
    }
    return false;
  }

  private add(join: Join): void {
    this.joined.set(JSON.stringify(join), join);
  }
}
