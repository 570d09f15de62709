import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The call or statement that counts, as a reader sees it: "Order.objects.filter(…).count". */
  readonly call: string;
  /** What it costs: matching rows are counted in the database, or all of them are read and counted here. */
  readonly how: 'counted' | 'read';
  readonly table?: string;
  /** What to ask instead: "exists()". */
  readonly instead: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'count-for-existence',
    title: 'Rows counted to see whether there are any',
    family: 'database',
    resource: 'database',
    decision: 'deferrable',
    languages: ['typescript', 'python', 'sql'],
    fix: 'safe',
    complexity: { now: 'O(matches)', after: 'O(1)' },
    cost: {
      unit: 'rows read',
      variable: 'rows that match',
      assumedSize: 1_000,
      now: (n) => n,
      after: () => 1,
      millisecondsPerUnit: 0.0005,
    },
    why: 'A count reads every row that matches before it can answer. Whether there is one is known with the first.',
    technique: 'Ask with EXISTS, exists() or for one row, which ends at the first match.',
    tradeoffs: 'None where the number is not used otherwise; the query names the intent, too.',
    effortMinutes: 5,
    validation: 'explain',
    conflicts: [{ view: 'linter', tool: 'sonarqube', rule: 'S1138', text: 'It advises against EXISTS in SQL; that is about correlated subqueries, which a planner turns into a semi-join.' }],
    whenNot: 'The condition matches at most one row, such as a comparison with a unique key, or the number is needed anyway.',
    examples: {
      typescript: {
        bad: `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();

export async function isTaken(name: string) {
  return (await prisma.project.count({ where: { name } })) > 0;
}
`,
        better: `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();

export async function isTaken(name: string) {
  return (await prisma.project.findFirst({ where: { name }, select: { id: true } })) !== null;
}
`,
      },
      python: {
        bad: `from shop.models import Order


def has_orders(customer):
    return Order.objects.filter(customer=customer).count() > 0
`,
        better: `from shop.models import Order


def has_orders(customer):
    return Order.objects.filter(customer=customer).exists()
`,
      },
      sql: {
        bad: `SELECT c.id, (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) > 0 AS has_orders
FROM customers c
WHERE c.id = $1;
`,
        better: `SELECT c.id, EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id) AS has_orders
FROM customers c
WHERE c.id = $1;
`,
      },
    },
    links: [
      { title: 'Django: QuerySet.exists()', url: 'https://docs.djangoproject.com/en/stable/ref/models/querysets/#exists' },
      { title: 'PostgreSQL: EXISTS', url: 'https://www.postgresql.org/docs/current/functions-subquery.html#FUNCTIONS-SUBQUERY-EXISTS' },
    ],
  },

  say({ call, how, table, instead }, cost) {
    const rows = `the matching rows${table === undefined ? '' : ` of ${table}`}`;
    const what = how === 'read' ? `${call} reads ${rows} only to see whether there are any` : `${call} counts ${rows}, and only whether there are any is asked`;
    return {
      message: `${what}: ${formatCount(cost.now)} rows at ${formatSize(cost)}, where the first one answers. Use ${instead}.`,
      hint: `${formatCount(cost.now)} rows for a yes or no`,
    };
  },
};
