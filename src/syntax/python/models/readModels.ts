import type { ModelFact } from '../../../core/models';
import type { PythonFile } from '../file';
import { djangoModels } from './django';
import { sqlAlchemyModels } from './sqlalchemy';

const MAPPED = /__tablename__|\bdb\.Model\b|\bdb\.Column\b|\bmapped_column\b/;

/** The ORM models of a file; most files are done with their imports. */
export function readModels(file: PythonFile): ModelFact[] {
  if (!/\bclass\s|\bTable\(/.test(file.text)) return [];
  const usesSqlAlchemy = file.imports('sqlalchemy', 'sqlmodel', 'flask_sqlalchemy') || MAPPED.test(file.text);
  return usesSqlAlchemy ? sqlAlchemyModels(file) : mayHoldDjango(file) ? djangoModels(file) : [];
}

/** Models of a project may inherit all they have from a base of the project, in a file that names no Django. */
function mayHoldDjango(file: PythonFile): boolean {
  return file.imports('django') || /(?:^|\/)(?:models(?:\/\w+)?|\w*models)\.py$/.test(file.path);
}
