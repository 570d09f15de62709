import type { WorkspaceView } from '../../core/workspaceView';
import { snakeCase } from './names';

/** Below this a sequential scan is a handful of pages, and no index or cursor is worth its upkeep. */
const SMALL_TABLE_ROWS = 1_000;

/** Tables of things a team adds by hand, and of the one row that keeps order among processes. */
const SMALL_BY_NATURE =
  /(?:^|_)(?:migrations?|schema_versions?|settings?|configs?|configurations?|preferences_defaults|options|roles?|permissions?|leaders?|leases?|locks?|feature_flags?|features?|plans?|tiers?|countr(?:y|ies)|currenc(?:y|ies)|languages?|locales?|time_?zones?|statuses|singleton)$/;

/** Tables of what happens, which every use of a program adds to. */
const GROWING_BY_NATURE =
  /(?:^|_)(?:logs?|events?|messages?|orders?|order_(?:items?|lines?)|invoices?|payments?|transactions?|purchases|notifications?|responses?|submissions?|runs?|jobs?|visits?|page_views?|clicks?|requests?|deliver(?:y|ies)|comments?|posts?|entries|readings?|measurements?|heartbeats?|histor(?:y|ies)|activit(?:y|ies))$/;

/** The table is declared small in performance.json, or is not declared and of a kind that stays small. */
export function isSmallTable(table: string, workspace: WorkspaceView): boolean {
  const rows = workspace.rowsOf(table);
  return rows === undefined ? SMALL_BY_NATURE.test(snakeCase(plainTable(table))) : rows < SMALL_TABLE_ROWS;
}

/** The table is declared larger than a small one, or is not declared and of a kind that grows with use. */
export function isKnownToGrow(table: string, workspace: WorkspaceView): boolean {
  const rows = workspace.rowsOf(table);
  return rows === undefined ? GROWING_BY_NATURE.test(snakeCase(plainTable(table))) : rows >= SMALL_TABLE_ROWS;
}

/** The name without quotes and schema, its case kept. */
const plainTable = (table: string): string => table.replace(/["`[\]]/g, '').replace(/^.*\./, '');
