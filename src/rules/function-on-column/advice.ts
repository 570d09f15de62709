import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'An index on a column is sorted by the column, not by what a function makes of it, so the database computes the ' +
    'function for every row and compares the results.',
  technique: 'Leave the column alone and change the other side (a range instead of a day), or create an index on the expression.',
  tradeoffs: 'An index on an expression serves that expression only, and each write computes it.',
  conflicts: [{ view: 'clarity', text: 'DATE(created_at) = today says in one glance what a half-open range spells out.' }],
  whenNot: 'Other conditions of the query have already found the few rows, or the table stays small.',
  examples: {
    typescript: {
      bad: `import { Pool } from 'pg';
const pool = new Pool();

export async function findUser(email: string) {
  return pool.query('SELECT id, name FROM users WHERE lower(email) = lower($1)', [email]);
}
`,
      better: `import { Pool } from 'pg';
const pool = new Pool();

/** Addresses are stored in lower case. */
export async function findUser(email: string) {
  return pool.query('SELECT id, name FROM users WHERE email = $1', [email.toLowerCase()]);
}
`,
    },
    python: {
      bad: `import datetime

from shop.models import Order

def orders_of(day: datetime.date):
    return list(Order.objects.filter(created_at__date=day).only("id")[:100])
`,
      better: `import datetime

from shop.models import Order

def orders_of(day: datetime.date):
    start = datetime.datetime.combine(day, datetime.time.min)
    end = start + datetime.timedelta(days=1)
    return list(Order.objects.filter(created_at__gte=start, created_at__lt=end).only("id")[:100])
`,
    },
    sql: {
      bad: `CREATE TABLE orders (id bigserial PRIMARY KEY, created_at timestamptz NOT NULL);
CREATE INDEX orders_created_at ON orders (created_at);

SELECT id FROM orders WHERE created_at::date = $1;
`,
      better: `CREATE TABLE orders (id bigserial PRIMARY KEY, created_at timestamptz NOT NULL);
CREATE INDEX orders_created_at ON orders (created_at);

SELECT id FROM orders WHERE created_at >= $1::date AND created_at < $1::date + 1;
`,
    },
  },
  links: [
    { title: 'PostgreSQL: indexes on expressions', url: 'https://www.postgresql.org/docs/current/indexes-expressional.html' },
    { title: 'Use The Index, Luke: functions', url: 'https://use-the-index-luke.com/sql/where-clause/functions' },
  ],
};
