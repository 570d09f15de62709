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
  const read = READERS.find(([modules]) => file.importsFrom(modules))?.[1];
  return read === undefined || file.firstMention(file.source, DECLARES) === undefined ? [] : read(file);
}

const READERS: readonly (readonly [RegExp, (file: TypeScriptFile) => ModelFact[]])[] = [
  [/^drizzle-orm/, drizzleModels],
  [/^(?:typeorm|@mikro-orm\/\w+)$/, entityModels],
  [/^sequelize(?:-typescript)?$/, sequelizeModels],
  [/^mongoose$/, mongooseModels],
];
