import type { EvidenceItem, NewEvidence } from './item';

/** More than this can be neither shown to a model nor put into a schema. */
const MOST_ITEMS = 400;

/**
 * Everything that one conversation may cite, under short ids. An item is entered when it is shown to the model,
 * and only then: what was not shown cannot be cited.
 */
export class Ledger {
  private readonly byKey = new Map<string, EvidenceItem>();
  private readonly byId = new Map<string, EvidenceItem>();

  constructor(private readonly onEntry: (item: EvidenceItem, key: string) => void = () => undefined) {}

  get ids(): readonly string[] {
    return [...this.byId.keys()];
  }

  get items(): readonly EvidenceItem[] {
    return [...this.byId.values()];
  }

  get(id: string): EvidenceItem | undefined {
    return this.byId.get(id);
  }

  /** Enters an item, or finds the one that is there: a newer state of the same thing gets an id of its own. */
  enter(evidence: NewEvidence): EvidenceItem | undefined {
    const { key: name, ...content } = evidence;
    const key = JSON.stringify([name, content.values, content.isStale ?? false]);
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    if (this.byId.size >= MOST_ITEMS) return undefined;
    return this.put(key, { id: `E${this.byId.size + 1}`, ...content });
  }

  /** Takes back an item of a transcript, under the id it had. */
  restore(key: string, item: EvidenceItem): void {
    this.byKey.set(key, item);
    this.byId.set(item.id, item);
  }

  private put(key: string, item: EvidenceItem): EvidenceItem {
    this.restore(key, item);
    this.onEntry(item, key);
    return item;
  }
}
