import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'Every row is read, sent, made into an object and held in memory, for a number or for a few rows that the database could have sent alone.',
  technique: 'Ask for the count, sum, extreme, distinct values or filtered rows in the query itself.',
  tradeoffs: 'The rule of the reduction moves into the query, where it is tested with a database and no longer alone.',
  conflicts: [{ view: 'clarity', text: 'A sum in the language of the program reads more directly than an aggregate expression.' }],
  whenNot: 'The result is a handful of rows, or they were read before for another purpose.',
  examples: {
    typescript: {
      bad: `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();

export async function revenue(customerId: string) {
  const orders = await prisma.order.findMany({ where: { customerId }, select: { total: true } });
  return orders.reduce((sum, order) => sum + order.total, 0);
}
`,
      better: `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();

export async function revenue(customerId: string) {
  const { _sum } = await prisma.order.aggregate({ where: { customerId }, _sum: { total: true } });
  return _sum.total ?? 0;
}
`,
    },
    python: {
      bad: `from shop.models import Order


def revenue(customer):
    return sum(order.total for order in Order.objects.filter(customer=customer))
`,
      better: `from django.db.models import Sum

from shop.models import Order


def revenue(customer):
    return Order.objects.filter(customer=customer).aggregate(total=Sum("total"))["total"] or 0
`,
    },
  },
  links: [
    { title: 'Django: aggregation', url: 'https://docs.djangoproject.com/en/stable/topics/db/aggregation/' },
    { title: 'Prisma: aggregation, grouping and counting', url: 'https://www.prisma.io/docs/orm/prisma-client/queries/aggregation-grouping-summarizing' },
  ],
};
