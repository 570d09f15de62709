import type { FindingFix } from '../../core/finding';
import type { Candidate, Linked } from '../../core/rule';
import type { WorkspaceView } from '../../core/workspaceView';
import { migrationFix } from '../../workspace/schema/indexDdl';
import { isMigrationPath, isUndoPath } from '../../workspace/schema/migrations';
import { isFirstMigration, recencyOf } from '../../workspace/schema/recency';
import { dialectOfPath } from '../../workspace/schema/places';
import { isSmallTable } from '../../workspace/schema/smallTables';
import type { Facts } from './rule';

/** An edited migration that has already run is never run again, and some tools then refuse to go on. */
const ONLY_NEW = 'Only while this migration has not run anywhere that matters.';

/** Confirms the index of a table that was there before, in PostgreSQL, in a migration that may still have to run. */
export function linkCreation({ file, facts }: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  if (!isMigrationPath(file) || isUndoPath(file) || isSmallTable(facts.table, workspace)) return undefined;
  const table = workspace.schema.table(facts.table);
  if (table !== undefined && (table.file === file || table.partitionedBy.length > 0)) return undefined;
  const dialect = dialectOfPath(file) ?? table?.dialect ?? workspace.dialect;
  const recency = recencyOf(file, workspace);
  if (dialect === 'mysql' || dialect === 'sqlite' || recency === 'old') return undefined;
  // A statement in a string has not looked for its table among the operations around it, as those themselves have.
  const mayBeNew = table === undefined && facts.tool === undefined && !file.endsWith('.sql');
  if (mayBeNew && isFirstMigration(file, workspace)) return undefined;
  const isCertain = recency === 'newest' && dialect === 'postgresql' && !mayBeNew;
  const fix = inPlaceFix(facts, file, isCertain) ?? movingFix(facts, file, workspace);
  return {
    facts,
    size: { kind: 'table', name: facts.table },
    confidence: isCertain ? 'likely' : 'possible',
    fixes: fix === undefined ? [] : [fix],
  };
}

function inPlaceFix({ inPlace, tool }: Facts, file: string, isNewest: boolean): FindingFix | undefined {
  if (inPlace === undefined) return undefined;
  const caveats = [inPlace.caveat, isNewest ? undefined : ONLY_NEW].filter((one) => one !== undefined);
  return {
    title: tool === 'django' ? 'Use AddIndexConcurrently outside a transaction' : 'Create the index concurrently',
    kind: caveats.length === 0 ? 'safe' : 'suggestion',
    edits: inPlace.edits.map((edit) => ({ file, ...edit })),
    ...(inPlace.create && { create: inPlace.create }),
    ...(caveats.length > 0 && { caveat: caveats.join(' ') }),
  };
}

/** CONCURRENTLY fails beside other statements, which the database takes for one transaction. */
function movingFix({ moved }: Facts, file: string, workspace: WorkspaceView): FindingFix | undefined {
  if (moved === undefined) return undefined;
  const { removal, name, up, down } = moved;
  const fix = migrationFix('Create the index concurrently in a migration of its own', file, [{ name, steps: { up, down, outsideTransaction: true } }], workspace, ONLY_NEW);
  return fix && { ...fix, edits: [{ file, ...removal }] };
}
