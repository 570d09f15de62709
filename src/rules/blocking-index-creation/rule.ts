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
    why:
      'CREATE INDEX locks the table against every write until the whole index is built, and the writes that wait ' +
      'hold up their own callers. On a table of some size that is an outage of minutes.',
    technique: 'Create it CONCURRENTLY, outside a transaction and in a migration of its own.',
    tradeoffs: 'It reads the table twice and takes longer, and a failed attempt leaves an invalid index that must be dropped.',
    effortMinutes: 10,
    validation: 'load',
    conflicts: [{ view: 'simplicity', text: 'A migration in one transaction either happens or does not; one without can stop half-way.' }],
    whenNot: 'The table is small or nobody writes to it during the deployment, or the database is not PostgreSQL.',
    examples: {
      python: {
        file: 'shop/migrations/0008_order_customer.py',
        bad: `from django.contrib.postgres.indexes import BTreeIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0007_orders")]

    operations = [
        migrations.AddIndex(model_name="order", index=BTreeIndex(fields=["customer"], name="order_customer")),
    ]
`,
        better: `from django.contrib.postgres.indexes import BTreeIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("shop", "0007_orders")]

    operations = [
        AddIndexConcurrently(model_name="order", index=BTreeIndex(fields=["customer"], name="order_customer")),
    ]
`,
      },
      sql: {
        file: 'db/migrations/20240102000000_orders_search.sql',
        bad: `-- migrate:up
CREATE INDEX orders_search ON orders USING gin (search);

-- migrate:down
DROP INDEX orders_search;
`,
        better: `-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY orders_search ON orders USING gin (search);

-- migrate:down
DROP INDEX orders_search;
`,
      },
    },
    links: [
      { title: 'PostgreSQL: building indexes concurrently', url: 'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY' },
      { title: 'Django: concurrent index operations', url: 'https://docs.djangoproject.com/en/stable/ref/contrib/postgres/operations/#concurrent-index-operations' },
      { title: 'squawk: require-concurrent-index-creation', url: 'https://squawkhq.com/docs/require-concurrent-index-creation' },
    ],
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
