import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'The rows are asked for in one place and shown in another: by a serializer, a template, the admin or a resolver. What that reads of related rows is asked for row by row, though no loop is to be seen.',
  technique: 'Read the relations along where the rows are asked for (select_related, prefetch_related, joinedload, selectinload), or batch a resolver\'s keys with a DataLoader.',
  tradeoffs: 'The query reads more, also for callers that show less of it.',
  conflicts: [{ view: 'simplicity', text: 'The query must know what is shown elsewhere; the two have to be changed together.' }],
  whenNot: 'Only a few rows are ever shown, or the related rows come from a cache.',
  examples: {
    typescript: {
      bad: `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();

export const resolvers = {
  Query: { orders: () => prisma.order.findMany({ take: 100 }) },
  Order: {
    lines: (order: { id: number }) => prisma.line.findMany({ where: { orderId: order.id } }),
  },
};
`,
      better: `import type DataLoader from 'dataloader';
import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();

export const resolvers = {
  Query: { orders: () => prisma.order.findMany({ take: 100 }) },
  Order: {
    lines: (order: { id: number }, _: unknown, { lines }: { lines: DataLoader<number, unknown[]> }) => lines.load(order.id),
  },
};
`,
    },
    python: {
      bad: `from django.contrib import admin
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["id", "customer_name"]

    def customer_name(self, order):
        return order.customer.name
`,
      better: `from django.contrib import admin
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["id", "customer_name"]
    list_select_related = ["customer"]

    def customer_name(self, order):
        return order.customer.name
`,
    },
  },
  links: [
    { title: 'Django: list_select_related', url: 'https://docs.djangoproject.com/en/stable/ref/contrib/admin/#django.contrib.admin.ModelAdmin.list_select_related' },
    { title: 'Django: select_related()', url: 'https://docs.djangoproject.com/en/stable/ref/models/querysets/#select-related' },
    { title: 'SQLAlchemy: relationship loading techniques', url: 'https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html' },
    { title: 'GraphQL: the N+1 problem and DataLoader', url: 'https://www.graphql-js.org/docs/n1-dataloader/' },
  ],
};
