import { ts } from 'ts-morph';
import type { ModelReference } from '../../../core/models';
import type { OrmQuery } from '../../../core/ormQuery';
import type { DataAccess } from '../dataAccess';
import type { TypeScriptFile } from '../file';
import { entityReference } from '../libraries/orms';
import { methodName, receiverOf } from '../nodes';
import { knexQuery, typeOrmBuilderQuery } from './builders';
import { drizzleQuery } from './drizzle';
import { prismaQuery } from './prisma';
import { mikroOrmQuery, mongooseQuery, sequelizeQuery, typeOrmQuery } from './repositories';

/** The ORM query that a call makes; undefined for other calls, and where a condition is only known when it runs. */
export function ormQueryOf(call: ts.CallExpression, access: DataAccess, file: TypeScriptFile): OrmQuery | undefined {
  switch (access.library) {
    case 'prisma':
      return prismaQuery(call, file);
    case 'drizzle':
      return drizzleQuery(call, file);
    case 'knex':
      return knexQuery(call, file);
    case 'typeorm':
      return isBuilt(call) ? typeOrmBuilderQuery(call, entityReference(call, file), file) : ofEntity(typeOrmQuery, call, file);
    case 'mikro-orm':
      return ofEntity(mikroOrmQuery, call, file);
    case 'sequelize':
      return ofEntity(sequelizeQuery, call, file);
    case 'mongoose':
      return ofEntity(mongooseQuery, call, file);
    default:
      return undefined;
  }
}

/** `getMany()` and its kin end a query builder's chain. */
const isBuilt = (call: ts.CallExpression): boolean => /^get(?:One|Many|Raw|Count)/.test(methodName(call) ?? '') && receiverOf(call) !== undefined && ts.isCallExpression(receiverOf(call)!);

function ofEntity(read: (call: ts.CallExpression, entity: ModelReference, file: TypeScriptFile) => OrmQuery | undefined, call: ts.CallExpression, file: TypeScriptFile): OrmQuery | undefined {
  const entity = entityReference(call, file);
  return entity && read(call, entity, file);
}
