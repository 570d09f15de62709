import { formatCount, formatSize } from '../../core/format';
import type { ReadPath } from '../../core/models';
import type { Reduction } from '../../core/reduction';
import type { Rule } from '../../core/rule';
import type { NamedRows } from '../../workspace/models/rows';
import { linkReduction } from './link';

export interface Facts {
  /** The query as a reader sees it. */
  readonly call: string;
  readonly reduction: Reduction;
  /** What the reduction reads of each row. */
  readonly reads: readonly ReadPath[];
  readonly table?: string;
  /** The rows, for the linker to look up whether what is read of them are columns. */
  readonly rows?: NamedRows;
  /** Columns compared for equality: where a unique index covers them there is one row at most. */
  readonly equal: readonly string[];
}

const WORDS: Readonly<Record<Reduction, { readonly what: string; readonly instead: string }>> = {
  count: { what: 'only their number is used', instead: 'let the database count them' },
  sum: { what: 'they are added up here', instead: 'ask for the sum' },
  extreme: { what: 'only the largest or smallest value is used', instead: 'ask for MIN or MAX' },
  distinct: { what: 'only the number of different values of a column is used', instead: 'ask for COUNT(DISTINCT …)' },
  group: { what: 'they are counted by a column here', instead: 'ask for the counts with GROUP BY' },
  first: { what: 'only the first is used', instead: 'ask for one row with LIMIT 1' },
  find: { what: 'one is looked for here', instead: 'put the condition into the query' },
  filter: { what: 'some of them are thrown away here', instead: 'put the condition into the query' },
  top: { what: 'they are sorted here for the first few', instead: 'ask for them with ORDER BY and LIMIT' },
};

export const rule: Rule<Facts> = {
  meta: {
    id: 'app-side-aggregation',
    title: 'All rows read for what the database could have answered',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n) rows sent', after: 'O(1) rows sent' },
    cost: {
      unit: 'rows read',
      variable: 'rows that are read',
      assumedSize: 1_000,
      now: (n) => n,
      after: () => 1,
      millisecondsPerUnit: 0.01,
    },
    why: 'Every row is read, sent, made into an object and held in memory, for a number or for a few rows that the database could have sent alone.',
    technique: 'Ask for the count, sum, extreme, distinct values or filtered rows in the query itself.',
    tradeoffs: 'The rule of the reduction moves into the query, where it is tested with a database and no longer alone.',
    effortMinutes: 15,
    validation: 'query count',
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
  },

  say({ call, reduction, table }, cost) {
    const { what, instead } = WORDS[reduction];
    return {
      message: `${call} reads all matching rows${table === undefined ? '' : ` of ${table}`}, and ${what}: ${formatCount(cost.now)} rows at ${formatSize(cost)}. Better ${instead}.`,
      hint: `${formatCount(cost.now)} rows for one answer`,
    };
  },

  link: linkReduction,
};
