import type { ModelFact, ModelField, ModelLibrary } from '../../core/models';

/** "OrderLine" -> "order_line", "HTTPCheck" -> "http_check". */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

/** The table of a model that does not name one, by its library's own rule. */
export function defaultTable({ name, library, app }: ModelFact, file: string): string {
  const own = name.slice(name.lastIndexOf('.') + 1);
  switch (library) {
    case 'django':
      return `${app ?? appOf(file)}_${own}`.toLowerCase();
    case 'sqlalchemy':
    case 'typeorm':
    case 'mikro-orm':
      return snakeCase(own);
    case 'sequelize':
      return plural(own);
    case 'mongoose':
      return plural(own).toLowerCase();
    case 'prisma':
    case 'drizzle':
      return own;
  }
}

/** The column of a field that does not name one; undefined for a relation whose key lies elsewhere. */
export function columnOf({ name, column, relation }: ModelField, library: ModelLibrary): string | undefined {
  if (relation !== undefined && !relation.holdsKey) return undefined;
  if (column !== undefined) return column;
  if (library === 'mikro-orm') return relation ? `${snakeCase(name)}_id` : snakeCase(name);
  if (relation === undefined) return name;
  return library === 'django' ? `${name}_id` : `${name}Id`;
}

/**
 * The label of the Django application a file belongs to: the folder that holds `models.py` or `models/`.
 * An AppConfig may give another one, under which the table is then not found.
 */
export function appOf(file: string): string {
  const folders = file.split('/').slice(0, -1);
  const models = folders.lastIndexOf('models');
  return folders[(models > 0 ? models : folders.length) - 1] ?? '';
}

/** A name as it is compared across naming styles: "orderLines", "order_lines" and "OrderLine" are one. */
export function foldedName(name: string): string {
  return name.replace(/["`[\]_]/g, '').replace(/^.*\./, '').toLowerCase();
}

export function plural(name: string): string {
  if (/(?:s|x|z|ch|sh)$/i.test(name)) return `${name}es`;
  return /[^aeiou]y$/i.test(name) ? name.replace(/y$/i, 'ies') : `${name}s`;
}
