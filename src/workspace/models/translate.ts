import type { ColumnUse, FilterUse, QueryFact } from '../../core/facts';
import type { Field } from '../../core/workspaceView';
import type { DeclaredModel } from './model';
import type { ModelTables } from './tables';

/** Where a path of fields ends: the table and column, and the joins on the way. */
interface Place {
  readonly use: ColumnUse;
  readonly joins: readonly (readonly [ColumnUse, ColumnUse])[];
  /** Tables passed on the way, the last one included. */
  readonly tables: readonly string[];
}

/**
 * Says an ORM's query in tables and columns. A relation is crossed by the key that holds it, and asked for itself
 * it means that key. Undefined where a name is not the model's: then nothing can be said of an index.
 */
export function translateQuery(query: QueryFact, model: DeclaredModel, tables: ModelTables): QueryFact | undefined {
  const translator = new Translator(model, tables);
  const filters = query.filters.map((filter) => translator.filter(filter));
  const orderBy = query.orderBy.map((use) => {
    const place = translator.place(use.column);
    return place && { ...place.use, descending: use.descending };
  });
  if (filters.includes(undefined) || orderBy.includes(undefined)) return undefined;
  return {
    ...query,
    tables: translator.tables,
    columns: query.columns === '*' ? '*' : query.columns.flatMap((column) => translator.place(column)?.use.column ?? []),
    filters: filters as FilterUse[],
    joins: translator.joins,
    orderBy: orderBy as QueryFact['orderBy'],
    model: undefined,
  };
}

class Translator {
  private readonly joined = new Map<string, readonly [ColumnUse, ColumnUse]>();
  private readonly passed: Set<string>;

  constructor(
    private readonly root: DeclaredModel,
    private readonly names: ModelTables,
  ) {
    this.passed = new Set([names.tableOf(root)]);
  }

  get tables(): readonly string[] {
    return [...this.passed];
  }

  get joins(): QueryFact['joins'] {
    return [...this.joined.values()];
  }

  filter(filter: FilterUse): FilterUse | undefined {
    const place = this.place(filter.column);
    return place && { ...filter, ...place.use };
  }

  /** @param path field names with dots between them */
  place(path: string): Place | undefined {
    const found = this.follow(path.split('.'));
    if (found === undefined) return undefined;
    for (const table of found.tables) this.passed.add(table);
    for (const join of found.joins) this.joined.set(JSON.stringify(join), join);
    return found;
  }

  private follow(path: readonly string[]): Place | undefined {
    let model = this.root;
    const joins: (readonly [ColumnUse, ColumnUse])[] = [];
    const tables = [this.names.tableOf(model)];
    for (const [position, name] of path.entries()) {
      const field = fieldNamed(model, name);
      if (field === undefined) return undefined;
      const isLast = position === path.length - 1;
      const own = this.names.columnOf(model, field);
      if (isLast && own !== undefined) return { use: { table: this.names.tableOf(model), column: own }, joins, tables };
      const next = field.relation?.model as DeclaredModel | undefined;
      if (next === undefined) return undefined;
      const join = this.joinOf(model, field, next);
      if (join === undefined) return undefined;
      // Asked for itself, a relation is the key that a row of the target has; `customer.id` is the key this row has.
      const key = path[position + 1];
      if (join[0].table === this.names.tableOf(model) && position === path.length - 2 && key !== undefined && isKeyOf(next, key)) {
        return { use: join[0], joins, tables };
      }
      joins.push(join);
      model = next;
      tables.push(this.names.tableOf(model));
      if (isLast) return { use: join[1], joins, tables };
    }
    return undefined;
  }

  /** The pair of columns a relation compares; undefined through a table in between, whose keys are its index. */
  private joinOf(model: DeclaredModel, field: Field, target: DeclaredModel): readonly [ColumnUse, ColumnUse] | undefined {
    const [own, other] = [this.names.tableOf(model), this.names.tableOf(target)];
    const held = this.heldBy(model, field);
    const targetKey = this.keyOf(target);
    if (held !== undefined && targetKey !== undefined) return [{ table: own, column: held }, { table: other, column: targetKey }];
    const back = field.relation?.via?.map((name) => target.fields.get(name)).find((each) => each !== undefined) ?? this.backField(model, field, target);
    const holder = back && this.heldBy(target, back);
    const ownKey = this.keyOf(model);
    return holder !== undefined && ownKey !== undefined ? [{ table: own, column: ownKey }, { table: other, column: holder }] : undefined;
  }

  /** The column of this model's table that holds the key of a relation. */
  private heldBy(model: DeclaredModel, field: Field): string | undefined {
    const own = this.names.columnOf(model, field);
    if (own !== undefined) return own;
    if (field.relation?.kind !== 'one') return undefined;
    const via = field.relation.via?.map((name) => model.fields.get(name)).find((each) => each?.column !== undefined);
    const referring = via ?? [...model.fields.values()].find(({ references }) => references !== undefined && this.refersTo(references.table, field));
    return referring && this.names.columnOf(model, referring);
  }

  private refersTo(table: string, { relation }: Field): boolean {
    const model = relation?.model as DeclaredModel | undefined;
    return model !== undefined && (table === this.names.tableOf(model) || table === model.name);
  }

  /** The relation of the target that is the same one, read from its side. */
  private backField(model: DeclaredModel, { relation, name }: Field, target: DeclaredModel): Field | undefined {
    const candidates = [...target.fields.values()].filter((each) => each.relation?.model === model && each.relation.kind === 'one' && each.name !== name);
    return candidates.find((each) => each.name === relation?.reverse) ?? (candidates.length === 1 ? candidates[0] : undefined);
  }

  private keyOf(model: DeclaredModel): string | undefined {
    const key = [...model.fields.values()].find(({ isPrimary }) => isPrimary);
    return key && this.names.columnOf(model, key);
  }
}

/** A field under its own name, its column's, or the names that Django has for keys and for the other side of a relation. */
function fieldNamed(model: DeclaredModel, name: string): Field | undefined {
  const { fields } = model;
  const own = fields.get(name);
  if (own !== undefined) return own;
  if (model.library === 'django') {
    if (name === 'pk') return [...fields.values()].find(({ isPrimary }) => isPrimary);
    return (name.endsWith('_id') ? fields.get(name.slice(0, -3)) : undefined) ?? fields.get(`${name}_set`);
  }
  return [...fields.values()].find(({ column }) => column === name);
}

const isKeyOf = (model: DeclaredModel, name: string): boolean => fieldNamed(model, name)?.isPrimary === true;
