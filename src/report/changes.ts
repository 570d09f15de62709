import type { Priority } from '../core/finding';
import type { Item, Report } from './model';
import { nameText } from './statement';

/** An item as it is remembered: what is needed to tell it again, and to say what it was when it is gone. */
export interface SeenItem {
  readonly title: string;
  readonly priority: Priority;
  /** Its first place: "src/orders.ts:4". */
  readonly where: string;
  /** Ids of its findings. */
  readonly findings: readonly string[];
}

/** What a report held when it was looked at. Plain JSON; it is kept between sessions. */
export interface Snapshot {
  readonly version: 1;
  /** When the report was made: ISO 8601, UTC. */
  readonly at: string;
  readonly items: readonly SeenItem[];
}

export interface Change {
  /** The item in the present report; absent where it is gone. */
  readonly itemId?: string;
  readonly title: string;
  readonly where: string;
  /** Its priority then, and now. */
  readonly from?: Priority;
  readonly to?: Priority;
}

/** What has changed between a report that was looked at and the present one. */
export interface Changes {
  /** When the earlier one was made: ISO 8601, UTC. */
  readonly since: string;
  readonly added: readonly Change[];
  readonly gone: readonly Change[];
  readonly risen: readonly Change[];
  readonly fallen: readonly Change[];
}

const RANK: Readonly<Record<Priority, number>> = { high: 0, medium: 1, low: 2, deferred: 3 };

export function snapshotOf(report: Report): Snapshot {
  const items = ranked(report).map(([priority, item]): SeenItem => ({
    title: item.title, priority, where: whereOf(item), findings: item.places.map(({ findingId }) => findingId),
  }));
  return { version: 1, at: report.generatedAt, items };
}

/**
 * Items are told again by their findings, because an item's id is that of its first place and its places come and go:
 * what shares a finding with an earlier item is that item.
 */
export function changesSince(before: Snapshot, report: Report): Changes {
  const itemOf = new Map(before.items.flatMap((item) => item.findings.map((finding) => [finding, item] as const)));
  const kept = new Set<SeenItem>();
  const added: Change[] = [];
  const risen: Change[] = [];
  const fallen: Change[] = [];
  for (const [to, item] of ranked(report)) {
    const earlier = item.places.flatMap(({ findingId }) => itemOf.get(findingId) ?? []);
    earlier.forEach((each) => kept.add(each));
    const change = { itemId: item.id, title: item.title, where: whereOf(item), to };
    if (earlier.length === 0) {
      added.push(change);
      continue;
    }
    const from = earlier[0]!.priority;
    if (RANK[to] < RANK[from]) risen.push({ ...change, from });
    if (RANK[to] > RANK[from]) fallen.push({ ...change, from });
  }
  const gone = before.items.filter((item) => !kept.has(item)).map(({ title, where, priority }) => ({ title, where, from: priority }));
  return { since: before.at, added, gone, risen, fallen };
}

export function countOf({ added, gone, risen, fallen }: Changes): number {
  return added.length + gone.length + risen.length + fallen.length;
}

/** What was kept may have been written by another version, or by nobody we know. */
export function isSnapshot(value: unknown): value is Snapshot {
  const { version, at, items } = (value ?? {}) as Partial<Record<keyof Snapshot, unknown>>;
  return version === 1 && typeof at === 'string' && !Number.isNaN(Date.parse(at)) && Array.isArray(items) && items.every(isSeenItem);
}

function isSeenItem(value: unknown): value is SeenItem {
  const { title, priority, where, findings } = (value ?? {}) as Partial<Record<keyof SeenItem, unknown>>;
  return (
    typeof title === 'string' && typeof where === 'string' && typeof priority === 'string' && Object.hasOwn(RANK, priority) &&
    Array.isArray(findings) && findings.every((finding) => typeof finding === 'string')
  );
}

function ranked({ recommendations: { high, medium, low }, deferred }: Report): readonly (readonly [Priority, Item])[] {
  return [
    ...[...high, ...medium, ...low].map((item) => [item.priority, item] as const),
    ...deferred.map((item) => ['deferred', item] as const),
  ];
}

function whereOf({ places: [first] }: Item): string {
  return `${nameText(first!.file)}:${first!.range.start.line + 1}`;
}
