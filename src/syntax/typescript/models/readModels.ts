import type { ModelFact } from '../../../core/models';
import type { TypeScriptFile } from '../file';
import { drizzleModels } from './drizzle';
import { entityModels } from './entities';
import { mongooseModels } from './mongoose';
import { sequelizeModels } from './sequelize';

/** Words without which a file declares no model of any of the libraries. */
const DECLARES = /Table\s*\(|createTable\b|\.table\s*\(|@\w*(?:Entity|Column|Property|PrimaryKey|Table|ManyToOne|OneToMany)\b|\.init\s*\(|\.define\s*\(|\bSchema\s*[(<]|[tT]able\w*\s*\(/;

/** The ORM models of a file; most files are done with their imports. */
export function readModels(file: TypeScriptFile): ModelFact[] {
  if (file.imports.size === 0 || file.firstMention(file.source, DECLARES) === undefined) return [];
  if (file.importsFrom(/^drizzle-orm/)) return drizzleModels(file);
  if (file.importsFrom(/^(?:typeorm|@mikro-orm\/\w+)$/)) return entityModels(file);
  if (file.importsFrom(/^sequelize(?:-typescript)?$/)) return sequelizeModels(file);
  return file.importsFrom(/^mongoose$/) ? mongooseModels(file) : [];
}
