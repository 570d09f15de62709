import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'CREATE INDEX locks the table against every write until the whole index is built, and the writes that wait ' +
    'hold up their own callers. On a table of some size that is an outage of minutes.',
  technique: 'Create it CONCURRENTLY, outside a transaction and in a migration of its own.',
  tradeoffs: 'It reads the table twice and takes longer, and a failed attempt leaves an invalid index that must be dropped.',
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
};
