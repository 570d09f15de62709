import type { FileFacts, SchemaChange } from '../../core/facts';
import type { TypeScriptFile } from './file';
import { knexChanges } from './migrations/knex';
import { sequelizeChanges } from './migrations/sequelize';
import { typeOrmChanges } from './migrations/typeorm';
import { readModels } from './models/readModels';

const QUERY_INTERFACE = /queryInterface\s*\./;
const SCHEMA_BUILDER = /\bschema\b[\s\S]{0,40}\.\s*(?:createTable|alterTable|table)\s*\(/;
const QUERY_RUNNER = /\bqueryRunner\s*\.\s*(?:create|add|drop)/;

/** What a file says of tables: by its models, by its migration, and by the SQL in its strings. */
export function declaredTables(file: TypeScriptFile, fromSql: readonly SchemaChange[]): Pick<FileFacts, 'schema' | 'models'> {
  const models = readModels(file);
  return { schema: [...migrationChanges(file), ...fromSql], models: models.length > 0 ? models : undefined };
}

function migrationChanges(file: TypeScriptFile): SchemaChange[] {
  const has = (word: RegExp): boolean => file.firstMention(file.source, word) !== undefined;
  if (has(QUERY_INTERFACE)) return sequelizeChanges(file);
  if (has(QUERY_RUNNER)) return typeOrmChanges(file);
  return has(SCHEMA_BUILDER) ? knexChanges(file) : [];
}
