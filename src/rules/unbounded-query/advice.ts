import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'The query has no condition and no limit, and its whole result is held in memory. It is as fast as the table is small, and the table grows.',
  technique: 'Ask for a page (LIMIT and a key to go on from), for the rows that are needed, or go through them with a cursor, iterator or stream.',
  tradeoffs: 'Callers that want everything must ask for page after page, or work row by row.',
  conflicts: [
    { view: 'simplicity', text: 'One query for everything is the simplest code there is, and right for tables that stay small.' },
    { view: 'architecture', agrees: true, text: 'A page size belongs to the contract of a list; adding one later breaks its callers.' },
  ],
  whenNot: 'The table is small by nature (settings, countries, roles): declare its rows in performance.json and the finding goes away.',
  examples: {
    typescript: {
      bad: `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();

export async function GET() {
  return Response.json(await prisma.order.findMany());
}
`,
      better: `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();

export async function GET(request: Request) {
  const after = new URL(request.url).searchParams.get('after');
  const cursor = after === null ? {} : { cursor: { id: after }, skip: 1 };
  return Response.json(await prisma.order.findMany({ take: 100, orderBy: { id: 'asc' }, ...cursor }));
}
`,
    },
    python: {
      bad: `from django.http import JsonResponse

from shop.models import Order


def orders(request):
    return JsonResponse({"orders": [order.id for order in Order.objects.all()]})
`,
      better: `from django.http import JsonResponse

from shop.models import Order


def orders(request):
    page = Order.objects.filter(id__gt=request.GET.get("after", 0)).order_by("id")[:100]
    return JsonResponse({"orders": [order.id for order in page]})
`,
    },
    sql: {
      bad: `SELECT id, customer_id, total FROM orders ORDER BY id;
`,
      better: `SELECT id, customer_id, total FROM orders WHERE id > $1 ORDER BY id LIMIT 100;
`,
    },
  },
  links: [
    { title: 'Django: QuerySet.iterator()', url: 'https://docs.djangoproject.com/en/stable/ref/models/querysets/#iterator' },
    { title: 'Use The Index, Luke: paging through results', url: 'https://use-the-index-luke.com/sql/partial-results/fetch-next-page' },
  ],
};
