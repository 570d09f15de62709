import type { FilterOperator } from '../../core/facts';
import { formatCount } from '../../core/format';
import type { Answer, Statement } from '../model';
import { declared, estimate, nameText, prose } from '../statement';
import { counted } from '../words';
import type { ScalabilityInput } from './input';

/**
 * From here on the indexes of a table outgrow the memory of common servers, and deleting old rows or rebuilding an
 * index takes hours: what partitions are for.
 */
export const ROWS_TO_PARTITION = 100_000_000;

/** From here on one server is rarely enough for its rows, indexes and writes together. */
export const ROWS_TO_SHARD = 1_000_000_000;

const LOOK_AHEAD_DAYS = 365;

export interface LargeTable {
  readonly name: string;
  readonly rows: number;
  readonly growthPerDay: number;
  /** Rows a year from now at the declared growth. */
  readonly ahead: number;
}

/** Tables whose declared size, now or a year from now, asks for more than one table or one server. */
export function largeTables({ config }: ScalabilityInput): readonly LargeTable[] {
  return Object.entries(config.scale.tables)
    .map(([name, { rows, growthPerDay = 0 }]) => ({ name, rows, growthPerDay, ahead: rows + growthPerDay * LOOK_AHEAD_DAYS }))
    .filter(({ ahead }) => ahead >= ROWS_TO_PARTITION)
    .sort((a, b) => b.ahead - a.ahead);
}

export function tablesOf(input: ScalabilityInput): Answer {
  const tables = Object.keys(input.config.scale.tables);
  if (tables.length === 0) {
    return {
      statements: [],
      open: { why: 'performance.json declares no rows of any table.', action: { kind: 'openConfig', label: 'Open performance.json' } },
    };
  }
  const large = largeTables(input);
  if (large.length === 0) {
    return { statements: [[prose('None of the declared tables: partitions pay from about '), estimate(`${formatCount(ROWS_TO_PARTITION)} rows`), prose(', and an index serves smaller ones.')]] };
  }
  return { statements: large.flatMap(table => [sizeStatement(table), ...keyStatements(table.name, input)]) };
}

function sizeStatement({ name, rows, growthPerDay, ahead }: LargeTable): Statement {
  const advice = ahead >= ROWS_TO_SHARD
    ? 'partition it, and shard it where one server no longer takes its writes'
    : 'partition it; one server still holds it';
  return [
    prose(`${nameText(name)}: `),
    declared(`${formatCount(rows)} rows`),
    ...(growthPerDay > 0 ? [prose(', '), estimate(`${formatCount(ahead)} in a year`)] : []),
    prose(`: ${advice}.`),
  ];
}

/** How the queries of a table use one of its columns. */
interface KeyUse {
  readonly column: string;
  /** Queries that name one value or a list of them, so that one part of the table answers. */
  readonly equal: number;
  /** Queries that name a range, as of time. */
  readonly range: number;
}

const EQUAL: ReadonlySet<FilterOperator> = new Set(['=', 'in']);
const SHOWN_KEYS = 3;

/** A key that fewer of the queries name is a key for somebody else. */
const SMALLEST_PART = 0.25;

/** The columns that the workspace's own queries filter by, most used first: whatever is not in a filter makes every part answer. */
function keyStatements(table: string, { queries: all, schema }: ScalabilityInput): readonly Statement[] {
  const name = (each: string): string => (schema.table(each)?.name ?? each).toLowerCase();
  const wanted = name(table);
  const queries = all.filter(({ verb, tables }) => verb !== 'insert' && tables.some(each => name(each) === wanted));
  if (queries.length === 0) return [[prose('No query of it was found, so no key for it can be told.')]];
  const uses = new Map<string, KeyUse>();
  for (const { filters, tables } of queries) {
    const seen = new Set<string>();
    for (const { table: of, column, operator, wrappedBy } of filters) {
      const isOfTable = of === undefined ? tables.length === 1 : name(of) === wanted;
      const key = column.toLowerCase();
      const kind = EQUAL.has(operator) ? 'equal' : operator === 'range' ? 'range' : undefined;
      if (!isOfTable || wrappedBy !== undefined || kind === undefined || seen.has(`${key} ${kind}`)) continue;
      seen.add(`${key} ${kind}`);
      const use = uses.get(key) ?? { column: key, equal: 0, range: 0 };
      uses.set(key, { ...use, [kind]: use[kind] + 1 });
    }
  }
  const ranked = [...uses.values()].sort((a, b) => b.equal + b.range - (a.equal + a.range) || (a.column < b.column ? -1 : 1));
  if (ranked.length === 0) {
    const none = queries.length === 1 ? 'Its one query filters by no plain column' : `None of its ${queries.length} queries filters by a plain column`;
    return [[prose(`${none}: no key would keep them to one part.`)]];
  }
  const fit = ranked.filter(use => Math.max(use.equal, use.range) >= queries.length * SMALLEST_PART);
  if (fit.length === 0) {
    const [most] = ranked;
    return [[prose(`No column is in the filter of a quarter of its ${queries.length} queries (most often ${nameText(most!.column)}, in ${Math.max(most!.equal, most!.range)}): whichever is the key, most would ask every part.`)]];
  }
  const unique = schema.table(table)?.primaryKey.map(each => each.toLowerCase()) ?? [];
  return fit.slice(0, SHOWN_KEYS).map(use => [prose(`Candidate key ${keyWords(use, queries.length)}${uniqueWords(use, unique)}.`)]);
}

function keyWords({ column, equal, range }: KeyUse, of: number): string {
  const asked = Math.max(equal, range);
  const rest = of - asked;
  const use = equal >= range ? `equality in ${equal} of ${counted(of, 'query', 'queries')} (by hash or list; fit for shards)` : `a range in ${range} of ${counted(of, 'query', 'queries')} (by range; old parts can be dropped whole)`;
  return `${nameText(column)}: ${use}${rest > 0 ? `; the other ${rest} would ask every part` : ''}`;
}

/** A unique constraint has to contain the key it is partitioned by. */
function uniqueWords({ column }: KeyUse, primaryKey: readonly string[]): string {
  return primaryKey.length === 0 || primaryKey.includes(column) ? '' : `; the primary key (${primaryKey.map(each => nameText(each)).join(', ')}) has to take it in`;
}
