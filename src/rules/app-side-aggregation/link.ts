import type { ReadPath } from '../../core/models';
import type { Candidate, Linked } from '../../core/rule';
import type { Model, WorkspaceView } from '../../core/workspaceView';
import { fieldNamed } from '../../workspace/models/fields';
import { knownRows } from '../../workspace/models/rows';
import { isSmallTable } from '../../workspace/schema/smallTables';
import type { Facts } from './rule';

/** Withdraws a reduction of what no column holds, and one of a single row. */
export function linkReduction({ facts, file }: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  const { rows, reads, reduction } = facts;
  const model = rows && knownRows(rows, file, workspace.models)?.model;
  const table = model?.table ?? facts.table;
  if (table !== undefined && isSmallTable(table, workspace)) return undefined;
  if (model === undefined) {
    // What a row that nobody declares has for columns is not known; that many rows are read for one is.
    const isSure = reads.length === 0 && facts.equal.length === 0;
    return { facts, confidence: isSure ? undefined : 'possible', size: table === undefined ? undefined : { kind: 'table', name: table } };
  }
  if (reads.some((path) => !isColumn(model, path)) || isOneRow(model, facts.equal, workspace)) return undefined;
  const isDoubtful = reduction === 'first' && facts.equal.length > 0;
  return { facts: { ...facts, table: model.name }, confidence: isDoubtful ? 'possible' : undefined, size: { kind: 'table', name: model.table } };
}

/** A plain column of the row, or of a row it refers to. */
function isColumn(model: Model, path: ReadPath): boolean {
  const [first, ...rest] = path;
  const field = first === undefined ? undefined : fieldNamed(model, first);
  if (field === undefined) return false;
  if (rest.length === 0) return field.column !== undefined;
  return field.relation?.kind === 'one' && field.relation.model !== undefined && isColumn(field.relation.model, rest);
}

/** A unique index covers the columns that are compared for equality. */
function isOneRow(model: Model, equal: readonly string[], { schema }: WorkspaceView): boolean {
  const columns = equal.flatMap((name) => fieldNamed(model, name.split('.')[0]!)?.column ?? []).map((column) => column.toLowerCase());
  const indexes = schema.table(model.table)?.indexes ?? [];
  return indexes.some(({ unique, columns: indexed }) => unique && indexed.every((column) => columns.includes(column.toLowerCase())));
}
