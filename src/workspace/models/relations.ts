import type { ColumnUse } from '../../core/facts';
import type { Field } from '../../core/workspaceView';
import type { DeclaredModel } from './model';
import type { ModelTables } from './tables';

/** Two columns that are compared when a relation is crossed, the near one first. */
export type Join = readonly [ColumnUse, ColumnUse];

/** Which columns the relations of models compare. */
export class Relations {
  constructor(private readonly names: ModelTables) {}

  /** The pair of columns a relation compares; undefined through a table in between, whose keys are its index. */
  joinOf(model: DeclaredModel, field: Field, target: DeclaredModel): Join | undefined {
    const [own, other] = [this.names.tableOf(model), this.names.tableOf(target)];
    const held = this.heldBy(model, field, target);
    const targetKey = this.keyOf(target);
    if (held !== undefined && targetKey !== undefined) return [{ table: own, column: held }, { table: other, column: targetKey }];
    const back = this.backField(model, field, target);
    const holder = back && this.heldBy(target, back, model);
    const ownKey = this.keyOf(model);
    return holder !== undefined && ownKey !== undefined ? [{ table: own, column: ownKey }, { table: other, column: holder }] : undefined;
  }

  keyOf(model: DeclaredModel): string | undefined {
    const key = [...model.fields.values()].find(({ isPrimary }) => isPrimary);
    return key && this.names.columnOf(model, key);
  }

  /** The column of a model's table that holds the key of a relation. */
  private heldBy(model: DeclaredModel, field: Field, target: DeclaredModel): string | undefined {
    const own = this.names.columnOf(model, field);
    if (own !== undefined) return own;
    if (field.relation?.kind !== 'one') return undefined;
    const via = field.relation.via?.map((name) => model.fields.get(name)).find((each) => each?.column !== undefined);
    const tables = [this.names.tableOf(target), target.name];
    const referring = [...model.fields.values()].filter(({ references }) => references !== undefined && tables.includes(references.table));
    // Of two keys to the same table it is not known which one is meant.
    const key = via ?? (referring.length === 1 ? referring[0] : undefined);
    return key && this.names.columnOf(model, key);
  }

  /** The relation of the target that is the same one, read from its side. */
  private backField(model: DeclaredModel, { relation, name }: Field, target: DeclaredModel): Field | undefined {
    const named = relation?.via?.map((each) => target.fields.get(each)).find((each) => each !== undefined);
    if (named !== undefined) return named;
    const candidates = [...target.fields.values()].filter((each) => each.relation?.model === model && each.relation.kind === 'one' && each.name !== name);
    return candidates.find((each) => each.name === relation?.reverse) ?? (candidates.length === 1 ? candidates[0] : undefined);
  }
}
