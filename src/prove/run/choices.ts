import type { ParameterSet } from '../../core/proof';
import { noise } from '../data/randomness';
import type { Rows } from '../data/rows';
import type { ParameterSource, PreparedQuery } from '../plan/plan';

export type ColumnSource = Extract<ParameterSource, { kind: 'column' }>;

/** The rows from which the values of one set come: one for each table. */
export interface Choice {
  readonly kind: Exclude<ParameterSet['kind'], 'generic'>;
  readonly rows: ReadonlyMap<string, number>;
  /** Word to search for, by "table.column". */
  readonly words: ReadonlyMap<string, string>;
}

const SAMPLED_ROWS = 4_000;
/** Letters of the part of a word that stands for a term that is no whole word. */
const FRAGMENT = 4;

/** The ways of filling the placeholders that tell a selective call from a broad one. */
export function choices(query: PreparedQuery, rows: Rows, seed: number): Choice[] {
  const sources = query.parameters.filter((source): source is ColumnSource => source.kind === 'column');
  if (sources.length === 0) return [{ kind: 'none', rows: new Map(), words: new Map() }];
  const selective = choose('selective', sources, rows, seed);
  const frequent = choose('frequent', sources, rows, seed);
  const isSame = [...selective.rows].join() === [...frequent.rows].join() && [...selective.words].join() === [...frequent.words].join();
  const fragment = selective.words.size === 0 ? [] : [fragmentOf(selective)];
  return [selective, ...(isSame ? [] : [frequent]), ...fragment];
}

function choose(kind: 'selective' | 'frequent', sources: readonly ColumnSource[], rows: Rows, seed: number): Choice {
  const tables = [...new Set(sources.map(({ table }) => table))].sort((a, b) => countOf(b, sources) - countOf(a, sources));
  const chosen = new Map<string, number>();
  for (const table of tables) chosen.set(table, relatedRow(table, chosen, sources, rows) ?? rowBySelectivity(kind, table, sources, rows, seed));
  return { kind, rows: chosen, words: wordsOf(kind, sources, rows, seed) };
}

const countOf = (table: string, sources: readonly ColumnSource[]): number => sources.filter((source) => source.table === table).length;

/** The row that a row already chosen refers to, so that a joined query finds something. */
function relatedRow(table: string, chosen: ReadonlyMap<string, number>, sources: readonly ColumnSource[], rows: Rows): number | undefined {
  for (const [other, row] of chosen) {
    for (const { table: of, column } of sources) {
      if (of !== other) continue;
      const referred = rows.referredRow(other, column, row);
      if (referred?.table === table) return referred.row;
    }
    const referred = rows.parentOf(other, table, row);
    if (referred !== undefined) return referred;
  }
  return undefined;
}

/** Of a sample of rows the one whose values are the rarest, or the most common ones. Ranges take the end that leaves few or many. */
function rowBySelectivity(kind: 'selective' | 'frequent', table: string, sources: readonly ColumnSource[], rows: Rows, seed: number): number {
  const size = rows.rowsOf(table);
  const compared = sources.filter((source) => source.table === table && isEqual(source));
  const sample = Array.from({ length: Math.min(size, SAMPLED_ROWS) }, (_, i) => Math.floor(noise(seed, 900, i) * size));
  const tupleAt = (row: number): string => compared.map(({ column }) => rows.valueAt(table, column, row) ?? '\0').join('\u0001');
  const counts = new Map<string, { count: number; row: number }>();
  for (const row of sample) {
    const key = tupleAt(row);
    if (key.includes('\0')) continue;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { count: 1, row });
    else known.count++;
  }
  const ranked = [...counts.values()].sort((a, b) => a.count - b.count || a.row - b.row);
  const found = kind === 'selective' ? ranked[0] : ranked.at(-1);
  return found?.row ?? 0;
}

const isEqual = ({ use }: ColumnSource): boolean => use === 'equal' || use === 'list' || use === 'array';

function wordsOf(kind: 'selective' | 'frequent', sources: readonly ColumnSource[], rows: Rows, seed: number): Map<string, string> {
  const words = new Map<string, string>();
  for (const source of sources) {
    if (!isSearched(source)) continue;
    const counts = new Map<string, number>();
    for (const text of sampledValues(source, rows, seed)) for (const word of text.match(/[\p{L}\d]{5,}/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
    const ranked = [...counts].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
    const found = kind === 'selective' ? ranked[0] : ranked.at(-1);
    words.set(keyOf(source), found?.[0] ?? 'word');
  }
  return words;
}

const isSearched = ({ use }: ColumnSource): boolean => use === 'infix' || use === 'prefix' || use === 'word' || use === 'words' || use === 'phrase';
export const keyOf = ({ table, column }: ColumnSource): string => `${table}.${column}`;

/** Values of a column in a sample of its rows; '' where a row has none. */
export function sampledValues({ table, column }: ColumnSource, rows: Rows, seed: number): string[] {
  const size = rows.rowsOf(table);
  return Array.from({ length: Math.min(size, SAMPLED_ROWS) }, (_, i) => rows.valueAt(table, column, Math.floor(noise(seed, 901, i) * size)) ?? '');
}

/** The inside of the word: what a person types who remembers half of it. */
function fragmentOf(choice: Choice): Choice {
  const words = new Map([...choice.words].map(([key, word]) => [key, word.slice(1, 1 + FRAGMENT)]));
  return { ...choice, kind: 'fragment', words };
}
