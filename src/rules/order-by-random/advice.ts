import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'Every row gets a random number and all of them are sorted by it, for a few rows in the end. ' +
    'No index can help, because the order is new each time.',
  technique:
    'Pick random keys and read those rows (WHERE id >= a random key ORDER BY id LIMIT k), sample with TABLESAMPLE, or keep an indexed column of random numbers.',
  tradeoffs: 'Random keys favour the rows behind gaps; TABLESAMPLE returns rows by page, and never an exact number.',
  conflicts: [{ view: 'simplicity', text: 'ORDER BY random() is one line and perfectly fair.' }],
  whenNot: 'The table, or what the other conditions leave of it, stays under a few thousand rows.',
  examples: {
    typescript: {
      bad: `import { Pool } from 'pg';
const pool = new Pool();

export async function someProducts() {
  return pool.query('SELECT id, name FROM products ORDER BY random() LIMIT 3');
}
`,
      better: `import { Pool } from 'pg';
const pool = new Pool();

export async function someProducts(highestId: number) {
  const from = Math.floor(Math.random() * highestId);
  return pool.query('SELECT id, name FROM products WHERE id >= $1 ORDER BY id LIMIT 3', [from]);
}
`,
    },
    python: {
      bad: `from shop.models import Product

def some_products():
    return Product.objects.order_by("?").only("name")[:3]
`,
      better: `import random

from shop.models import Product

def some_products(highest_id: int):
    start = random.randint(1, highest_id)
    return Product.objects.filter(id__gte=start).order_by("id").only("name")[:3]
`,
    },
    sql: {
      bad: `SELECT id, name FROM products ORDER BY random() LIMIT 3;
`,
      better: `SELECT id, name FROM products TABLESAMPLE SYSTEM_ROWS (3);
`,
    },
  },
  links: [
    { title: 'PostgreSQL: TABLESAMPLE', url: 'https://www.postgresql.org/docs/current/sql-select.html#SQL-FROM' },
    { title: 'Django: order_by("?")', url: 'https://docs.djangoproject.com/en/stable/ref/models/querysets/#order-by' },
  ],
};
