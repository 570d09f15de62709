import type { OrmQuery } from '../../../core/ormQuery';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import { djangoQuery } from './django';
import { sqlAlchemyQuery } from './sqlalchemy';

/** The ORM query that a call makes; undefined for other calls, and where a condition is only known when it runs. */
export function ormQueryOf(call: PythonNode, file: PythonFile): OrmQuery | undefined {
  const access = file.dataAccess(call);
  if (access?.library === 'django') return djangoQuery(call, file);
  return access?.library === 'sqlalchemy' && access.kind === 'query' ? sqlAlchemyQuery(call, file) : undefined;
}
