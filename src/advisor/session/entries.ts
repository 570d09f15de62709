import type { Entry } from '../view';

/** The entries of one conversation, in the order in which they came. An entry is replaced by its id while it changes. */
export class Entries {
  private readonly byId = new Map<string, Entry>();
  private count = 0;

  /** @param onChange called for each new state of an entry; `isSettled`: it will not change again soon. */
  constructor(private readonly onChange: (entry: Entry, isSettled: boolean) => void) {}

  get all(): readonly Entry[] {
    return [...this.byId.values()];
  }

  get(id: string): Entry | undefined {
    return this.byId.get(id);
  }

  newId(): string {
    return `e${++this.count}`;
  }

  put(entry: Entry, isSettled = true): void {
    this.byId.set(entry.id, entry);
    this.onChange(entry, isSettled);
  }

  remove(id: string): void {
    this.byId.delete(id);
  }

  /** Takes back an entry of a transcript. */
  restore(entry: Entry): void {
    this.byId.set(entry.id, entry);
    this.count = Math.max(this.count, Number(/^e(\d+)$/.exec(entry.id)?.[1] ?? 0));
  }
}
