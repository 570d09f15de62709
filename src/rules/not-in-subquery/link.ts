import type { FindingFix } from '../../core/finding';
import type { Candidate, Linked } from '../../core/rule';
import type { Table, WorkspaceView } from '../../core/workspaceView';
import { plainName } from '../../workspace/schema/names';
import { isOfOtherDatabase } from '../../workspace/schema/places';
import { isSmallTable } from '../../workspace/schema/smallTables';
import type { ComparedColumn, Facts } from './rule';

/** So many keys fit into the memory that PostgreSQL gives a hash table by default, and are hashed once. */
const HASHED_ROWS = 50_000;

/** Withdraws what the database plans well, and decides what the rewriting may change. */
export function linkNotIn({ file, facts, confidence }: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  const { inner, outer } = facts;
  if (isOfOtherDatabase(file)) return undefined;
  const table = inner.table === undefined ? undefined : workspace.schema.table(inner.table);
  if (inner.table !== undefined && isSmallTable(inner.table, workspace)) return undefined;
  const nulls = [nullability(outer, workspace), nullability(inner, workspace)] as const;
  if (table !== undefined && isPlannedWell(table, nulls)) return undefined;
  const mayBeNull = nulls[1] === true ? 'inner' : nulls[0] === true ? 'outer' : nulls.includes(undefined) ? 'unknown' : undefined;
  const rows = inner.table === undefined ? undefined : workspace.rowsOf(inner.table);
  // Other planners make an anti-join of it, and nothing here says whose this is.
  const isOfUnknown = table === undefined && workspace.dialect === undefined;
  const isHashed = rows !== undefined && rows <= HASHED_ROWS;
  return {
    facts: { ...facts, mayBeNull },
    size: inner.table === undefined ? undefined : { kind: 'table', name: inner.table },
    confidence: isHashed || isOfUnknown || facts.isCorrelated ? 'possible' : confidence,
    fixes: facts.edits === undefined ? [] : [rewriting({ ...facts, mayBeNull }, facts.edits, file)],
  };
}

/** SQLite builds an index of the subquery; MySQL plans an anti-join where no NULL can come in. */
function isPlannedWell({ dialect }: Table, nulls: readonly (boolean | undefined)[]): boolean {
  return dialect === 'sqlite' || (dialect === 'mysql' && nulls.every((nullable) => nullable === false));
}

/** Whether a column may be NULL; undefined where its definition is not known. */
function nullability({ table, column }: ComparedColumn, workspace: WorkspaceView): boolean | undefined {
  if (table === undefined || column === undefined) return undefined;
  return workspace.schema.table(table)?.columns.get(plainName(column))?.nullable;
}

function rewriting({ mayBeNull, inner, outer }: Facts, edits: NonNullable<Facts['edits']>, file: string): FindingFix {
  const caveats: Readonly<Record<NonNullable<Facts['mayBeNull']>, string>> = {
    inner: `With a NULL in ${name(inner)} NOT IN returns no row at all; NOT EXISTS returns the rows without a match.`,
    outer: `A row whose ${name(outer)} is NULL is left out by NOT IN and returned by NOT EXISTS.`,
    unknown: `The same only where neither ${name(outer)} nor ${name(inner)} can be NULL, which the schema does not tell.`,
  };
  return {
    title: 'Use NOT EXISTS',
    kind: mayBeNull === undefined ? 'safe' : 'suggestion',
    edits: edits.map((edit) => ({ file, ...edit })),
    ...(mayBeNull !== undefined && { caveat: caveats[mayBeNull] }),
  };
}

const name = ({ table, column }: ComparedColumn): string => [table, column].filter(Boolean).join('.') || 'the compared value';
