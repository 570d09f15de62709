import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'A count reads every row that matches before it can answer. Whether there is one is known with the first.',
  technique: 'Ask with EXISTS, exists() or for one row, which ends at the first match.',
  tradeoffs: 'None where the number is not used otherwise; the query names the intent, too.',
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
};
