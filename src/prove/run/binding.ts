import type { BoundValue } from '../../core/proof';
import type { Rows } from '../data/rows';
import { tokenise } from '../../syntax/sql/tokens';
import { quoteText } from '../plan/names';
import type { PreparedQuery } from '../plan/plan';
import { keyOf, sampledValues, type Choice, type ColumnSource } from './choices';

/** A page of a list. */
const PAGE = '20';

/** The values of a choice, as texts. `types` are those of the placeholders, for the ones that stand for no column. */
export function bind(query: PreparedQuery, choice: Choice, rows: Rows, types: readonly string[] = []): BoundValue[] {
  return query.parameters.map((source, i) => {
    const placeholder = `$${i + 1}`;
    switch (source.kind) {
      case 'column':
        return { placeholder, of: keyOf(source), value: valueFor(source, choice, rows) };
      case 'limit':
        return { placeholder, of: 'LIMIT', value: PAGE };
      case 'offset':
        return { placeholder, of: 'OFFSET', value: '0' };
      case 'unknown':
        return { placeholder, of: types[i] ?? 'unknown', value: valueOfType(types[i] ?? 'text') };
    }
  });
}

function valueFor(source: ColumnSource, choice: Choice, rows: Rows): string {
  const word = choice.words.get(keyOf(source)) ?? '';
  const at = choice.rows.get(source.table) ?? 0;
  switch (source.use) {
    case 'infix':
      return `%${wrapped(word, source.wrappedBy)}%`;
    case 'prefix':
      return `${wrapped(word, source.wrappedBy)}%`;
    case 'word':
    case 'words':
      return wrapped(word, source.wrappedBy);
    case 'phrase':
      return `"${word}"`;
    case 'less':
    case 'greater':
      return quantile(source, choice, rows);
    case 'list':
      return wrapped(plainValue(source, at + (source.position ?? 0) * 7, rows), source.wrappedBy);
    case 'array':
      return `{${[0, 7, 14].map((step) => `"${plainValue(source, at + step, rows).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
    default:
      return wrapped(plainValue(source, at, rows), source.wrappedBy);
  }
}

function plainValue({ table, column }: ColumnSource, row: number, rows: Rows): string {
  const size = Math.max(1, rows.rowsOf(table));
  for (let step = 0; step < 50; step++) {
    const value = rows.valueAt(table, column, (row + step) % size);
    if (value !== null) return value;
  }
  return '';
}

/** A bound that leaves a hundredth of the rows, or half of them. */
function quantile(source: ColumnSource, choice: Choice, rows: Rows): string {
  const values = sampledValues(source, rows, 0).filter((value) => value !== '');
  const isNumeric = values.every((value) => value.trim() !== '' && Number.isFinite(Number(value)));
  values.sort((a, b) => (isNumeric ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0));
  const share = choice.kind === 'frequent' ? 0.5 : source.use === 'less' ? 0.01 : 0.99;
  return values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? '';
}

function wrapped(value: string, by: string | undefined): string {
  if (by === 'lower') return value.toLowerCase();
  if (by === 'upper') return value.toUpperCase();
  return by === 'date' ? value.slice(0, 10) : value;
}

/** Something that any database reads as a value of the type. */
function valueOfType(type: string): string {
  if (/\[\]$/.test(type)) return '{}';
  if (/int|numeric|real|double|oid/.test(type)) return '1';
  if (/bool/.test(type)) return 'true';
  if (/^(?:timestamp|date)/.test(type)) return '2025-06-01';
  if (/^time/.test(type)) return '12:00';
  if (/json/.test(type)) return '{}';
  if (/uuid/.test(type)) return '00000000-0000-4000-a000-000000000000';
  return /interval/.test(type) ? '1 day' : 'a';
}

/** The query with literals for its placeholders. They are of unknown type, as a bound text is. */
export function withValues(query: PreparedQuery, values: readonly BoundValue[]): string {
  let text = '';
  let at = 0;
  for (const { kind, text: token, start, end } of tokenise(query.sql)) {
    if (kind !== 'parameter') continue;
    const bound = values[Number(token.slice(1)) - 1];
    text += query.sql.slice(at, start) + (bound === undefined ? token : literal(bound));
    at = end;
  }
  return text + query.sql.slice(at);
}

const literal = ({ of, value }: BoundValue): string => (of === 'LIMIT' || of === 'OFFSET' ? value : quoteText(value));

