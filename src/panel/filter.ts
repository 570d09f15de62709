import type { EvidenceKind, Priority } from '../core/finding';
import type { Resource } from '../core/rule';
import { type Deferred, type Item, PRIORITY_LABELS, type Recommendation, type Report } from '../report/model';
import { plainText } from '../report/statement';
import { isText, objectOf, oneOf } from './check';

/** What the reader wants to see. An empty text and `any` leave everything in. */
export interface Filter {
  /** Words that all have to be in the item: its title, rule, messages, technique, functions or files. */
  readonly text: string;
  readonly priority: Priority | 'any';
  readonly resource: Resource | 'any';
  readonly evidence: EvidenceKind | 'any';
  /** A part of the path. */
  readonly file: string;
}

export const NO_FILTER: Filter = { text: '', priority: 'any', resource: 'any', evidence: 'any', file: '' };

export const isFilter = objectOf<Filter>({
  text: isText,
  priority: oneOf<Filter['priority']>('any', 'high', 'medium', 'low', 'deferred'),
  resource: oneOf<Filter['resource']>('any', 'database', 'cpu', 'network', 'memory', 'io'),
  evidence: oneOf<Filter['evidence']>('any', 'measured', 'estimate'),
  file: isText,
});

/** The part of a report that its filter leaves, in the report's order. */
export interface Selection extends Pick<Report, 'recommendations' | 'deferred'> {
  readonly isFiltered: boolean;
  /** Items that match, and all there are. */
  readonly matching: number;
  readonly total: number;
  /** By item, how many places it has in the report where the filter has left out some of them. */
  readonly placesOf: ReadonlyMap<string, number>;
}

export const NOTHING_SELECTED: Selection = {
  recommendations: { high: [], medium: [], low: [] }, deferred: [], isFiltered: false, matching: 0, total: 0, placesOf: new Map(),
};

export function isActive(filter: Filter): boolean {
  return conditionsOf(filter) > 0 || filter.text.trim() !== '';
}

/** How many fields besides the search narrow the list. */
export function conditionsOf({ priority, resource, evidence, file }: Filter): number {
  return [priority !== 'any', resource !== 'any', evidence !== 'any', file.trim() !== ''].filter(Boolean).length;
}

export function select({ recommendations, deferred }: Report, filter: Filter): Selection {
  const words = wordsOf(filter.text);
  const file = filter.file.trim().toLowerCase();
  const placesOf = new Map<string, number>();

  const isWanted = (item: Item): boolean =>
    (filter.resource === 'any' || filter.resource === item.resource) &&
    (filter.evidence === 'any' || filter.evidence === item.evidence) &&
    words.every(word => searchedText(item).includes(word));

  /** Of an item with many places only those in the files that are asked for. */
  const inFiles = <T extends Item>(item: T): readonly T[] => {
    if (file === '') return [item];
    const places = item.places.filter(place => place.file.toLowerCase().includes(file));
    if (places.length === item.places.length) return [item];
    if (places.length > 0) placesOf.set(item.id, item.places.length);
    return places.length > 0 ? [{ ...item, places }] : [];
  };

  const selected = <T extends Item>(items: readonly T[], priority: Priority): readonly T[] =>
    filter.priority !== 'any' && filter.priority !== priority ? [] : items.filter(isWanted).flatMap(inFiles);

  const left = {
    recommendations: Object.fromEntries(
      PRIORITY_LABELS.map(([priority]) => [priority, selected<Recommendation>(recommendations[priority], priority)]),
    ) as Record<Recommendation['priority'], readonly Recommendation[]>,
    deferred: selected<Deferred>(deferred, 'deferred'),
  };
  return { ...left, isFiltered: isActive(filter), matching: size(left), total: size({ recommendations, deferred }), placesOf };
}

/** In which list of a report an item stands, and at which place. */
export function placeIn(
  { recommendations, deferred }: Pick<Report, 'recommendations' | 'deferred'>,
  itemId: string,
): { readonly list: Priority; readonly index: number } | undefined {
  for (const list of ['high', 'medium', 'low', 'deferred'] as const) {
    const index = (list === 'deferred' ? deferred : recommendations[list]).findIndex(({ id }) => id === itemId);
    if (index !== -1) return { list, index };
  }
  return undefined;
}

function size({ recommendations: { high, medium, low }, deferred }: Pick<Report, 'recommendations' | 'deferred'>): number {
  return high.length + medium.length + low.length + deferred.length;
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().split(/\s+/u).filter(Boolean);

/** Of each item of the report once: a search asks for it with every key. */
const searched = new WeakMap<Item, string>();

function searchedText(item: Item): string {
  let text = searched.get(item);
  if (text === undefined) {
    const places = item.places.map(({ file, functionName, message }) => `${file} ${functionName} ${plainText(message)}`);
    const technique = 'fields' in item ? plainText((item as Recommendation).fields.technique) : '';
    text = [item.title, item.rule, technique, ...places].join('\n').toLowerCase();
    searched.set(item, text);
  }
  return text;
}
