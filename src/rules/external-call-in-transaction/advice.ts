import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'While the other side answers, the transaction keeps its connection and every row it has locked. Other requests wait for both, so one slow service empties the connection pool.',
  technique: 'Make the call before the transaction begins, or after it has committed: from a hook, a queue or an outbox table.',
  tradeoffs: 'The call and the write can now fail apart from each other. An outbox, an idempotency key or a compensating write makes up for it.',
  conflicts: [
    { view: 'simplicity', text: 'Inside the transaction a failed call rolls everything back, which is the shortest code that is consistent on this side.' },
    { view: 'architecture', agrees: true, text: 'A transaction that ends before another service is asked keeps the two apart: one can fail without the other.' },
  ],
  whenNot: 'The transaction has locked nothing that others need and the pool is never short, such as in a job that runs alone.',
  examples: {
    typescript: {
      bad: `import { PrismaClient } from '@prisma/client';
import Stripe from 'stripe';
const prisma = new PrismaClient();
const stripe = new Stripe('key');

export async function register(email: string) {
  return prisma.$transaction(async (tx) => {
    const user = await tx.user.create({ data: { email } });
    const customer = await stripe.customers.create({ email });
    return tx.user.update({ where: { id: user.id }, data: { customerId: customer.id } });
  });
}
`,
      better: `import { PrismaClient } from '@prisma/client';
import Stripe from 'stripe';
const prisma = new PrismaClient();
const stripe = new Stripe('key');

export async function register(email: string) {
  const customer = await stripe.customers.create({ email }, { idempotencyKey: email });
  return prisma.user.create({ data: { email, customerId: customer.id } });
}
`,
    },
    python: {
      bad: `import requests
from django.db import transaction

from .models import Order


def ship(order_id):
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order_id)
        response = requests.post("https://carrier.example.com/labels", json={"order": order_id}, timeout=5)
        order.label = response.json()["label"]
        order.save()
`,
      better: `import requests
from django.db import transaction

from .models import Order


def ship(order_id):
    response = requests.post("https://carrier.example.com/labels", json={"order": order_id}, timeout=5)
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order_id)
        order.label = response.json()["label"]
        order.save()
`,
    },
  },
  links: [
    { title: 'Django: performing actions after commit', url: 'https://docs.djangoproject.com/en/stable/topics/db/transactions/#performing-actions-after-commit' },
    { title: 'Transactional outbox', url: 'https://microservices.io/patterns/data/transactional-outbox.html' },
    { title: 'Prisma: interactive transactions', url: 'https://www.prisma.io/docs/orm/prisma-client/queries/transactions#interactive-transactions' },
  ],
};
