import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'Each row pays a round trip, a statement and often a commit of its own. A bulk statement pays them once for hundreds of rows.',
  technique: 'Collect the rows and write them with one bulk operation in batches of about 1,000, inside one transaction.',
  tradeoffs: 'A failing row fails its batch, hooks and signals per row may not run, and the batch is held in memory.',
  conflicts: [{ view: 'simplicity', text: 'A write per item handles a failing row on its own.' }],
  whenNot: 'Each write depends on the one before, rows must fail one by one, or per-row hooks have to run.',
  examples: {
    typescript: {
      bad: `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();

export async function importProducts(rows: { sku: string; name: string }[]) {
  for (const row of rows) {
    await prisma.product.create({ data: row });
  }
}
`,
      better: `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();

export async function importProducts(rows: { sku: string; name: string }[]) {
  await prisma.product.createMany({ data: rows });
}
`,
    },
    python: {
      bad: `import sqlite3


def import_products(connection: sqlite3.Connection, rows):
    for row in rows:
        connection.execute("INSERT INTO products (sku, name) VALUES (?, ?)", (row.sku, row.name))
`,
      better: `import sqlite3


def import_products(connection: sqlite3.Connection, rows):
    connection.executemany(
        "INSERT INTO products (sku, name) VALUES (?, ?)",
        ((row.sku, row.name) for row in rows),
    )
`,
    },
  },
  links: [{ title: 'PostgreSQL: populating a database', url: 'https://www.postgresql.org/docs/current/populate.html' }],
};
