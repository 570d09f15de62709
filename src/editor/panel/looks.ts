import type * as vscode from 'vscode';
import { type Changes, changesSince, countOf, isSnapshot, type Snapshot, snapshotOf } from '../../report/changes';
import type { Report } from '../../report/model';

const keyOf = (folder: string): string => `report.seen:${folder}`;

/**
 * Remembers for each folder which report was looked at last. A look begins when a view comes up and lasts until it is
 * hidden: while it lasts, changes are told against what the look before has seen last.
 */
export class Looks {
  /** By folder, what the look before has seen last; null where there was none. */
  private readonly before = new Map<string, Snapshot | null>();

  constructor(private readonly memory: vscode.Memento) {}

  begin(): void {
    this.before.clear();
  }

  /** A report is on the screen. @returns what has changed; null before a second look. */
  changes(folder: string, report: Report): Changes | null {
    const seen = this.seen(folder);
    if (!this.before.has(folder)) this.before.set(folder, seen);
    // Reports come with each pause in typing, and few of them bring anything new.
    if (seen === null || countOf(changesSince(seen, report)) > 0) void this.memory.update(keyOf(folder), snapshotOf(report));
    const before = this.before.get(folder) ?? null;
    return before && changesSince(before, report);
  }

  /** The user has seen what there is: from now on changes are told against it. */
  markSeen(folder: string): void {
    this.before.set(folder, this.seen(folder));
  }

  private seen(folder: string): Snapshot | null {
    const kept: unknown = this.memory.get(keyOf(folder));
    return isSnapshot(kept) ? kept : null;
  }
}
