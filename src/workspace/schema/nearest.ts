import type { SqlDialect } from '../../core/facts';
import { closeness, isWithin, type SchemaPlace } from './places';
import type { SchemaSet } from './schemaSet';

/** From where a table is looked up. */
export interface Viewpoint {
  readonly folders: readonly string[];
  readonly set: string;
  readonly dialect?: SqlDialect;
}

/** Where several databases define a table and nothing tells which is meant, the first of these is. */
const PREFERENCE: readonly (SqlDialect | undefined)[] = ['postgresql', undefined, 'mysql', 'sqlite'];

/** The set that a file most likely speaks of. */
export function nearest(sets: readonly SchemaSet[], from: Viewpoint): SchemaSet | undefined {
  return sets.length < 2 ? sets[0] : [...sets].sort((a, b) => compare(a, b, from))[0];
}

function compare(a: SchemaSet, b: SchemaSet, from: Viewpoint): number {
  const differs = ({ state }: SchemaSet): number => Number(from.dialect !== undefined && state.dialect !== undefined && state.dialect !== from.dialect);
  const isOwn = ({ place }: SchemaSet): number => Number(place.set === from.set);
  return (
    differs(a) - differs(b) ||
    isOwn(b) - isOwn(a) ||
    closeness(b.place.home, from.folders) - closeness(a.place.home, from.folders) ||
    PREFERENCE.indexOf(a.state.dialect) - PREFERENCE.indexOf(b.state.dialect) ||
    b.state.tables.size - a.state.tables.size ||
    (a.place.set < b.place.set ? -1 : 1)
  );
}

/** Two places speak of one database where neither names another dialect and one's home is the other's or around it. */
export function servesSamePlace(a: Pick<SchemaPlace, 'home' | 'dialect'>, b: Pick<SchemaPlace, 'home' | 'dialect'>): boolean {
  if (a.dialect !== undefined && b.dialect !== undefined && a.dialect !== b.dialect) return false;
  return isWithin(a.home, b.home) || isWithin(b.home, a.home);
}

/** The place of a set, with the dialect that its statements tell. */
export const spokenPlace = ({ place, state }: SchemaSet): Pick<SchemaPlace, 'home' | 'dialect'> => ({ home: place.home, dialect: state.dialect });
