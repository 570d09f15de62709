import type { Candidate, Confidence, Linked } from '../../core/rule';
import type { Table, WorkspaceView } from '../../core/workspaceView';
import { knownRows } from '../../workspace/models/rows';
import { isSmallTable } from '../../workspace/schema/smallTables';
import type { Facts } from './rule';

/** Withdraws the read of a table that stays small, and doubts one in code that runs rarely. */
export function linkUnbounded(candidate: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  const { facts, file, functionName } = candidate;
  const model = facts.rows && knownRows(facts.rows, file, workspace.models)?.model;
  const name = model?.table ?? facts.table;
  if (name === undefined || isSmallTable(name, workspace)) return undefined;
  const table = workspace.schema.table(name);
  // A table that the workspace's schema does not know is somebody else's: the engine's own, another service's.
  if (table === undefined && workspace.schema.tables.length > 0) return undefined;
  const { heat, reason } = workspace.heatOf(file, functionName);
  // Whether a table grows its declaration can tell; a table of terms and options does not.
  if (/migration/.test(reason) || (workspace.rowsOf(name) === undefined && table !== undefined && !grows(table))) return undefined;
  return {
    facts: { ...facts, table: model?.name ?? table?.name ?? name },
    confidence: confidenceOf(name, table, heat, workspace),
    size: { kind: 'table', name },
  };
}

function confidenceOf(name: string, table: Table | undefined, heat: string, workspace: WorkspaceView): Confidence {
  if (workspace.rowsOf(name) !== undefined) return 'likely';
  if (heat === 'cold') return 'possible';
  return table === undefined ? 'possible' : 'likely';
}

/** Rows that note when they came, and belong to somebody, are added as the product is used. */
function grows(table: Table): boolean {
  const columns = [...table.columns.values()];
  const isDated = columns.some(({ name, type }) => /^(?:timestamp|datetime|date)/.test(type) || /(?:created|inserted|added|posted|date|timestamp)/i.test(name));
  const isOwned = table.foreignKeys.length > 0 || columns.some(({ name }) => /[a-z](?:_id|Id|ID)$/.test(name));
  return isDated && isOwned;
}
