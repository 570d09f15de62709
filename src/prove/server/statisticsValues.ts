import type { ParameterSource, PreparedQuery } from '../plan/plan';
import type { Query } from './catalogue';

interface StatisticsRow {
  readonly common: readonly string[] | null;
  readonly bounds: readonly string[] | null;
}

/**
 * A value for each placeholder out of what the server's statistics know of its column; undefined where they know
 * nothing of one. The values are the user's data: they are sent back to where they came from and kept nowhere.
 */
export async function valuesFromStatistics({ parameters }: PreparedQuery, query: Query): Promise<string[] | undefined> {
  const values: string[] = [];
  for (const source of parameters) {
    const value = await valueFor(source, query);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

async function valueFor(source: ParameterSource, query: Query): Promise<string | undefined> {
  if (source.kind !== 'column') return source.kind === 'unknown' ? undefined : source.kind === 'limit' ? '20' : '0';
  const [row] = await query<StatisticsRow>(
    'SELECT most_common_vals::text::text[] AS common, histogram_bounds::text::text[] AS bounds FROM pg_stats WHERE tablename = $1 AND attname = $2 ORDER BY inherited DESC LIMIT 1',
    [source.table, source.column],
  );
  // The middle of the histogram is a value like most others; a column without one has few values.
  const value = row?.bounds?.[Math.floor(row.bounds.length / 2)] ?? row?.common?.[0];
  if (value === undefined) return undefined;
  switch (source.use) {
    case 'infix':
      return `%${wordOf(value)}%`;
    case 'prefix':
      return `${wordOf(value)}%`;
    case 'word':
    case 'words':
      return wordOf(value);
    case 'array':
      return `{"${value.replace(/["\\]/g, '\\$&')}"}`;
    default:
      return source.wrappedBy === 'lower' ? value.toLowerCase() : value;
  }
}

const wordOf = (text: string): string => (/[\p{L}\d]{3,}/u.exec(text)?.[0] ?? text).toLowerCase();
