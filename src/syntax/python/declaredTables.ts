import type { FileFacts, SchemaChange } from '../../core/facts';
import type { PythonFile } from './file';
import { alembicChanges, alembicRevision } from './migrations/alembic';
import { djangoChanges } from './migrations/django';
import { readModels } from './models/readModels';

/** What a file says of tables: by its models, by its migration, and by the SQL in its strings. */
export function declaredTables(file: PythonFile, fromSql: readonly SchemaChange[]): Pick<FileFacts, 'schema' | 'models' | 'revision'> {
  if (file.imports('alembic')) {
    return { schema: [...alembicChanges(file), ...fromSql], revision: alembicRevision(file) };
  }
  if (file.path.includes('migrations/')) return { schema: [...djangoChanges(file), ...fromSql] };
  const models = readModels(file);
  return models.length === 0 ? { schema: fromSql } : { schema: fromSql, models };
}
