import type { EvidenceItem, EvidenceValue, Quality, ValueName } from './item';
import type { Quantity } from './quantity';

/** Where a number comes from: an item that says it, one that says it of another function, or none. */
export type Match =
  | { readonly kind: 'found'; readonly item: EvidenceItem; readonly quality: Quality }
  | { readonly kind: 'misattributed'; readonly item: EvidenceItem }
  | { readonly kind: 'none' };

const STRONGEST_FIRST: readonly Quality[] = ['measured', 'declared', 'stated', 'estimate', 'assumed'];

/** Two values are the same although binary fractions are not. */
const EPSILON = 1e-9;

/** Looks a number up in what is cited. `known` is everything of the conversation: it tells which names are functions. */
export function matchOf(text: string, quantity: Quantity, cited: readonly EvidenceItem[], known: readonly EvidenceItem[]): Match {
  const marker = markerAt(text, quantity);
  const hits = cited.flatMap((item) =>
    item.values
      .filter((value) => says(value, quantity, marker))
      .map((value) => ({ item, quality: value.quality ?? item.quality })),
  );
  if (hits.length === 0) return { kind: 'none' };
  const right = hits.filter(({ item }) => isAbout(text, item, known));
  if (right.length === 0) return { kind: 'misattributed', item: hits[0]!.item };
  const [best] = right.sort((a, b) => STRONGEST_FIRST.indexOf(a.quality) - STRONGEST_FIRST.indexOf(b.quality));
  return { kind: 'found', ...best! };
}

function says(value: EvidenceValue, { value: claimed, tolerance, dimensions }: Quantity, marker: Marker | undefined): boolean {
  if (!dimensions.includes(value.dimension) || !fits(value.name, marker)) return false;
  return Math.abs(claimed - value.value) <= tolerance + Math.abs(value.value) * EPSILON;
}

type Marker = ValueName | 'mean';

const MARKERS: readonly (readonly [RegExp, Marker])[] = [
  [/\bp50\b|\bmedian\b/gi, 'p50'],
  [/\bp95\b/gi, 'p95'],
  [/\bp99\b/gi, 'p99'],
  [/\bmax(?:imum)?\b|\bworst\b|\bslowest\b/gi, 'max'],
  [/\bmean\b|\baverages?\b/gi, 'mean'],
  [/\bself\b|\bitself\b/gi, 'self'],
  [/\btotal\b|\bwith what it calls\b/gi, 'total'],
];

const FAMILIES: readonly (readonly Marker[])[] = [['p50', 'p95', 'p99', 'max', 'mean'], ['self', 'total']];

/** A sentence that names the p95 may not quote the p50; an average is not a percentile. */
function fits(name: ValueName | undefined, marker: Marker | undefined): boolean {
  if (name === undefined || marker === undefined || name === marker) return true;
  return !FAMILIES.some((family) => family.includes(name) && family.includes(marker));
}

/** What ends the part of a sentence that speaks of one number. */
const BOUNDARY = /[,;()]|\.\s|→|\b(?:and|or|but|while|against|versus|vs|to|from|than)\b/gi;

/** The name nearest to a number within its part of the sentence, before it or else behind it. */
function markerAt(text: string, { start, end }: Quantity): Marker | undefined {
  const before = text.slice(0, start).split(BOUNDARY).at(-1)!;
  const after = text.slice(end).split(BOUNDARY)[0]!;
  return lastMarker(before) ?? firstMarker(after);
}

function markersIn(text: string): { readonly at: number; readonly marker: Marker }[] {
  return MARKERS.flatMap(([pattern, marker]) => [...text.matchAll(pattern)].map(({ index }) => ({ at: index, marker }))).sort((a, b) => a.at - b.at);
}

const lastMarker = (text: string): Marker | undefined => markersIn(text).at(-1)?.marker;
const firstMarker = (text: string): Marker | undefined => markersIn(text)[0]?.marker;

/** A figure of one function is not said of another: where the text names functions, the item's own has to be among them. */
function isAbout(text: string, { functionName }: EvidenceItem, known: readonly EvidenceItem[]): boolean {
  if (!functionName || mentions(text, functionName)) return true;
  return !known.some((other) => other.functionName && other.functionName !== functionName && mentions(text, other.functionName));
}

const SHORTEST_NAME = 3;

function mentions(text: string, functionName: string): boolean {
  const name = functionName.split('.').at(-1)!.replace(/#\d+$/, '');
  return name.length >= SHORTEST_NAME && new RegExp(String.raw`(?<![\w$])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\w$])`).test(text);
}
