import { isSameName } from '../schema/names';
import type { DeclaredModel } from './model';
import type { ModelTables } from './tables';

/** The declaration that adds an index to a model, in its library's own words; undefined where a column has no field. */
export function indexDeclaration(model: DeclaredModel, columns: readonly string[], tables: ModelTables): string | undefined {
  const fields = columns.map((column) => [...model.fields.values()].find((field) => isSameName(tables.columnOf(model, field) ?? '', column))?.name);
  if (fields.some((field) => field === undefined)) return undefined;
  const quoted = fields.map((field) => `"${field}"`).join(', ');
  const single = fields.map((field) => `'${field}'`).join(', ');
  switch (model.library) {
    case 'django':
      return `models.Index(fields=[${quoted}]) in Meta.indexes of ${model.name}`;
    case 'sqlalchemy':
      return fields.length === 1 ? `index=True on ${model.name}.${fields[0]}` : `Index(None, ${quoted}) in __table_args__ of ${model.name}`;
    case 'prisma':
      return `@@index([${fields.join(', ')}]) in model ${model.name}`;
    case 'drizzle':
      return `index().on(${fields.map((field) => `t.${field}`).join(', ')}) in ${model.name}`;
    case 'typeorm':
      return `@Index([${single}]) on ${model.name}`;
    case 'mikro-orm':
      return `@Index({ properties: [${single}] }) on ${model.name}`;
    case 'sequelize':
      return `{ fields: [${single}] } in the indexes of ${model.name}`;
    case 'mongoose':
      return `schema.index({ ${fields.map((field) => `${field}: 1`).join(', ')} }) for ${model.name}`;
  }
}
