import { formatCount } from '../../core/format';
import type { Table, WorkspaceView } from '../../core/workspaceView';
import { isSameName } from '../../workspace/schema/names';
import { isSmallTable } from '../../workspace/schema/smallTables';
import type { ProofLimits } from './plan';

/** How many rows a table gets, and why. */
export interface TableScale {
  readonly wanted: number;
  readonly rows: number;
  readonly basis: 'declared' | 'assumed';
  readonly capped?: string;
}

/** What the index rules assume of a table of which nobody has said anything. */
const ASSUMED_ROWS = 100_000;
const SMALL_TABLE_ROWS = 500;
/** An undeclared table that others refer to has fewer rows than they: a tenth, but some. */
const ROWS_PER_PARENT = 10;
const FEWEST_PARENTS = 1_000;

/** The rows of each table by its name: as declared, else assumed, within the limits. */
export function scaleOf(tables: readonly Table[], workspace: WorkspaceView, limits: ProofLimits): ReadonlyMap<string, TableScale> {
  const wanted = new Map(tables.map((table) => [table.name, wantedRows(table, tables, workspace)] as const));
  const within = new Map([...wanted].map(([name, { rows }]) => [name, Math.min(rows, limits.rowsPerTable)] as const));
  const total = [...within.values()].reduce((sum, rows) => sum + rows, 0);
  const factor = Math.min(1, limits.rowsInAll / Math.max(1, total));
  return new Map(
    [...wanted].map(([name, { rows, basis }]) => {
      const given = Math.max(1, Math.floor(within.get(name)! * (within.get(name)! > limits.rowsInAll / 100 ? factor : 1)));
      return [name, { wanted: rows, rows: given, basis, ...(given < rows ? { capped: capReason(limits) } : {}) }];
    }),
  );
}

const capReason = ({ rowsPerTable, rowsInAll }: ProofLimits): string =>
  `at most ${formatCount(rowsPerTable)} rows a table and ${formatCount(rowsInAll)} in all are generated`;

function wantedRows(table: Table, tables: readonly Table[], workspace: WorkspaceView): { rows: number; basis: 'declared' | 'assumed' } {
  const declared = workspace.rowsOf(table.name);
  if (declared !== undefined) return { rows: Math.max(1, declared), basis: 'declared' };
  if (isSmallTable(table.name, workspace)) return { rows: SMALL_TABLE_ROWS, basis: 'assumed' };
  const children = tables.filter((other) => other !== table && refersTo(other, table) && !refersTo(table, other));
  const largest = Math.max(0, ...children.map((child) => workspace.rowsOf(child.name) ?? ASSUMED_ROWS));
  const rows = largest === 0 ? ASSUMED_ROWS : Math.min(ASSUMED_ROWS, Math.max(FEWEST_PARENTS, Math.floor(largest / ROWS_PER_PARENT)));
  return { rows, basis: 'assumed' };
}

const refersTo = (child: Table, parent: Table): boolean => child.foreignKeys.some(({ references }) => isSameName(references, parent.name));

/** The rows of a table that is not built, to which a foreign key of a built one refers. */
export function rowsOfUnbuilt(name: string, childRows: number, workspace: WorkspaceView): number {
  return workspace.rowsOf(name) ?? (isSmallTable(name, workspace) ? SMALL_TABLE_ROWS : Math.max(FEWEST_PARENTS, Math.floor(childRows / ROWS_PER_PARENT)));
}
