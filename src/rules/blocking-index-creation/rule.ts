import { formatCount } from '../../core/format';
import type { MigrationTool } from '../../core/migrations';
import type { CreatedFile, PlacedEdit, Rule } from '../../core/rule';
import { linkCreation } from './link';

export interface Facts {
  /** The table, or Django's model, that gets the index. */
  readonly table: string;
  readonly index?: string;
  /** What runs the migration; undefined for plain SQL files. */
  readonly tool?: MigrationTool | 'django' | 'alembic';
  /** The statement or call rewritten where it stands, where that is all there is to do. */
  readonly inPlace?: { readonly edits: readonly PlacedEdit[]; readonly create?: CreatedFile; readonly caveat?: string };
  /** Moves the statement into a migration of its own: what is removed here, and what stands there. */
  readonly moved?: { readonly removal: PlacedEdit; readonly name: string; readonly up: string; readonly down: string };
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'blocking-index-creation',
    title: 'Index creation that blocks writes',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['python', 'sql'],
    fix: 'safe',
    complexity: { now: 'O(n log n) while writes wait', after: 'O(n log n) beside them' },
    cost: {
      unit: 'rows read',
      variable: 'rows of the table',
      assumedSize: 100_000,
      now: (n) => n,
      after: () => 0,
      millisecondsPerUnit: 0.002,
    },
    effortMinutes: 10,
    validation: 'load',
  },

  say({ table, tool }, cost) {
    return {
      message: `Writes to ${table} wait until this index is built over its ${formatCount(cost.n)} rows (${cost.basis}). ${adviceFor(tool)}`,
      hint: `writes wait for ${formatCount(cost.n)} rows`,
    };
  },

  link: linkCreation,
};

function adviceFor(tool: Facts['tool']): string {
  switch (tool) {
    case 'django':
      return 'Use AddIndexConcurrently in a migration with atomic = False.';
    case 'alembic':
      return 'Pass postgresql_concurrently=True inside op.get_context().autocommit_block().';
    case 'dbmate':
      return 'Create it CONCURRENTLY in a migration of its own with transaction:false.';
    case 'goose':
      return 'Create it CONCURRENTLY under -- +goose NO TRANSACTION.';
    case 'sql-migrate':
      return 'Create it CONCURRENTLY under -- +migrate Up notransaction.';
    case 'drizzle':
      return 'Create it CONCURRENTLY by hand before the deployment: drizzle-kit runs migrations in a transaction.';
    default:
      return 'Create it CONCURRENTLY, as the only statement of its migration.';
  }
}
