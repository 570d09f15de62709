import { DJANGO_NAMES } from './django';
import { SQLALCHEMY_NAMES } from './sqlalchemy';

/** The names of all calls that may be a query of an ORM, for rules that look at no others. */
export const ORM_NAMES: readonly string[] = [...new Set([...DJANGO_NAMES, ...SQLALCHEMY_NAMES])];
