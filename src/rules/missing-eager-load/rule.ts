import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';
import type { Facts } from './facts';
import { linkShownRows } from './link';
import { linkPerRow } from './linkPerRow';
import { linkResolver } from './linkResolver';

export type { Facts };

export const rule: Rule<Facts> = {
  meta: {
    id: 'missing-eager-load',
    title: 'Relation read for every row that is shown',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n) queries', after: 'O(1) queries' },
    cost: {
      unit: 'queries',
      variable: 'rows shown',
      assumedSize: 100,
      now: (n) => 1 + n,
      after: () => 2,
      millisecondsPerUnit: 1,
    },
    why: 'The rows are asked for in one place and shown in another: by a serializer, a template, the admin or a resolver. What that reads of related rows is asked for row by row, though no loop is to be seen.',
    technique: 'Read the relations along where the rows are asked for (select_related, prefetch_related, joinedload, selectinload), or batch a resolver\'s keys with a DataLoader.',
    tradeoffs: 'The query reads more, also for callers that show less of it.',
    effortMinutes: 15,
    validation: 'query count',
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
  },

  link(candidate, workspace) {
    const { handed, perRow, resolver } = candidate.facts;
    if (perRow !== undefined) return linkPerRow(candidate, perRow, workspace);
    if (handed !== undefined) return linkShownRows(candidate, handed, workspace);
    return resolver && linkResolver(candidate, resolver, workspace);
  },

  say({ shownBy, relations = [], model, loader, isConditional, perRowOf, resolver }, cost) {
    const hint = `1 + ${formatCount(cost.n)} queries`;
    if (resolver !== undefined) {
      const { field, type, call, table } = resolver;
      return {
        message: `${call} asks for ${table ?? 'rows'} each time ${type}.${field} is resolved: one query per ${type} of a list, about ${formatCount(cost.now)} at ${formatSize(cost)}. Batch the keys with a DataLoader, or read the rows along with the list.`,
        hint,
      };
    }
    const named = relations.length > MOST_NAMED ? `${relations.slice(0, MOST_NAMED).join(', ')} and ${relations.length - MOST_NAMED} more` : relations.join(', ');
    const many = relations.length > 1 ? `the relations ${named}` : `the relation ${named}`;
    const queries = relations.length > 1 ? `${relations.length} queries` : 'one query';
    const rows = `${isConditional ? 'some rows' : 'every row'} of ${perRowOf === undefined ? model : perRowOf.map((relation) => `${model}.${relation}`).join(' and ')}`;
    const advice = loader ? ` Read ${relations.length > 1 ? 'them' : 'it'} along: ${shorten(loader)}.` : '';
    return { message: `${shownBy} reads ${many} of ${rows}: ${isConditional ? 'up to ' : ''}${queries} per row, about ${formatCount(relations.length * cost.n + 1)} at ${formatSize(cost)}.${advice}`, hint };
  },
};

/** More relations than this are a list to look up, not to read. */
const MOST_NAMED = 3;
const LONGEST = 140;

const shorten = (code: string): string => (code.length > LONGEST ? `${code.slice(0, LONGEST)}…` : code);
