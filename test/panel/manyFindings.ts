import type { Deferred, Item, Recommendation, Report } from '../../src/report/model';
import { golden } from './reports';

/**
 * A report of that many items, a fifth of each priority and two fifths deferred, in a tenth as many files;
 * its first item has as many places. Text and figures are those of the golden reports.
 */
export function manyFindings(count: number): Report {
  const report = golden('slow-endpoint');
  const [example] = report.recommendations.high;
  const [deferred] = report.deferred;
  const recommended = <P extends Recommendation['priority']>(priority: P): readonly Recommendation[] =>
    Array.from({ length: count / 5 }, (_, i) => ({ ...likeness(example!, `${priority}-${i}`, i), priority }));
  const high = recommended('high');
  return {
    ...report,
    recommendations: { high: [withPlaces(high[0]!, count), ...high.slice(1)], medium: recommended('medium'), low: recommended('low') },
    deferred: Array.from({ length: (count / 5) * 2 }, (_, i): Deferred => likeness(deferred!, `deferred-${i}`, i)),
  };
}

function likeness<T extends Item>(item: T, id: string, i: number): T {
  const place = { ...item.places[0]!, findingId: id, file: fileOf(i), functionName: `handle${i}` };
  return { ...item, id, places: [place], resource: (['database', 'cpu', 'network', 'memory', 'io'] as const)[i % 5]!, evidence: i % 4 === 0 ? 'measured' : 'estimate' };
}

function withPlaces(item: Recommendation, count: number): Recommendation {
  const places = Array.from({ length: count }, (_, i) => ({ ...item.places[0]!, findingId: i === 0 ? item.id : `place-${i}`, file: fileOf(i) }));
  return { ...item, places };
}

const fileOf = (i: number): string => `src/area${i % 7}/module${Math.floor(i / 10)}.ts`;
