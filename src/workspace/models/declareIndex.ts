import type { IndexColumn } from '../../core/workspaceView';
import { isSameName } from '../schema/names';
import type { DeclaredModel } from './model';
import type { ModelTables } from './tables';

/** A field of the model, and whether the index has it in falling order. */
interface IndexedField {
  readonly name: string;
  readonly falls: boolean;
}

/**
 * The declaration that adds an index to a model, in its library's own words; undefined where a column has no field,
 * and where the library cannot say the order or operator class.
 */
export function indexDeclaration(model: DeclaredModel, columns: readonly IndexColumn[], tables: ModelTables): string | undefined {
  if (columns.some(({ nulls, operatorClass }) => nulls !== undefined || operatorClass !== undefined)) return undefined;
  const own = [...model.fields.values()];
  const fields = columns.flatMap(({ name, descending }): IndexedField[] => {
    const field = own.find((each) => isSameName(tables.columnOf(model, each) ?? '', name));
    return field === undefined ? [] : [{ name: field.name, falls: descending === true }];
  });
  return fields.length < columns.length ? undefined : declaration(model, fields);
}

function declaration({ library, name: model }: DeclaredModel, fields: readonly IndexedField[]): string | undefined {
  const isPlain = fields.every(({ falls }) => !falls);
  const listed = (spell: (field: IndexedField) => string): string => fields.map(spell).join(', ');
  switch (library) {
    case 'django':
      return `models.Index(fields=[${listed(({ name, falls }) => `"${falls ? '-' : ''}${name}"`)}]) in Meta.indexes of ${model}`;
    case 'sqlalchemy':
      if (fields.length === 1 && isPlain) return `index=True on ${model}.${fields[0]!.name}`;
      return `Index(None, ${listed(({ name, falls }) => (falls ? `${name}.desc()` : `"${name}"`))}) in __table_args__ of ${model}`;
    case 'prisma':
      return `@@index([${listed(({ name, falls }) => `${name}${falls ? '(sort: Desc)' : ''}`)}]) in model ${model}`;
    case 'drizzle':
      return `index().on(${listed(({ name, falls }) => `t.${name}${falls ? '.desc()' : ''}`)}) in ${model}`;
    case 'typeorm':
      return isPlain ? `@Index([${listed(({ name }) => `'${name}'`)}]) on ${model}` : undefined;
    case 'mikro-orm':
      return isPlain ? `@Index({ properties: [${listed(({ name }) => `'${name}'`)}] }) on ${model}` : undefined;
    case 'sequelize':
      return `{ fields: [${listed(({ name, falls }) => (falls ? `{ name: '${name}', order: 'DESC' }` : `'${name}'`))}] } in the indexes of ${model}`;
    case 'mongoose':
      return `schema.index({ ${listed(({ name, falls }) => `${name}: ${falls ? -1 : 1}`)} }) for ${model}`;
  }
}
