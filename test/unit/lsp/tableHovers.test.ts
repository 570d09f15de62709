import assert from 'node:assert/strict';
import type { MarkupContent } from 'vscode-languageserver';
import { createDetector } from '../../../src/detect/detector';
import { tableHoverOf } from '../../../src/lsp/features/tableHovers';
import { rangeOf, viewOf } from './samples';

const SCHEMA = `CREATE TABLE customers (id bigserial PRIMARY KEY, name text);
CREATE TABLE public.orders (
  id bigserial PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers (id),
  "note|x" text
);
CREATE INDEX orders_customer ON orders (customer_id, id DESC) WHERE "note|x" IS NOT NULL;
CREATE INDEX orders_note ON orders USING gin ("note|x");
CREATE VIEW open_orders AS SELECT id, customer_id FROM orders;
`;
const QUERIES = `SELECT o.id, orders.total
FROM "orders" o, customers
JOIN public.orders p ON p.id = o.id
WHERE o.id IN (SELECT id FROM open_orders) AND orders = 'orders';
`;
const PROGRAM = `const orders = [];
export const list = () => db.query('SELECT id FROM orders WHERE id = 1');
`;

/** The Markdown of the hover at the first or n-th place of a word. */
async function hover(file: string, text: string, part: string, within = part): Promise<string | undefined> {
  const detector = createDetector({ config: { requirements: [], scale: { tables: { orders: { rows: 1_000_000, growthPerDay: 5_000 } }, collections: {} }, paths: { hot: [], cold: [] }, rules: {}, budgets: [] } });
  await detector.update('schema.sql', SCHEMA);
  await detector.update(file, text);
  const database = { schema: detector.schema(file), sqlStrings: detector.sqlStrings(file), scaleOf: (table: string) => detector.scaleOf(table) };
  const { start } = rangeOf(text, within);
  const position = { ...start, character: start.character + within.indexOf(part) + 2 };
  const found = tableHoverOf(viewOf(text, [], { file, database }), position);
  return found && (found.contents as MarkupContent).value;
}

describe('the hover of a table', () => {
  it('shows columns, keys, indexes, the declared size and the place', async () => {
    const text = (await hover('queries.sql', QUERIES, 'orders', 'FROM "orders"'))!;
    for (const part of ['**orders** · 1,000,000 rows, growing by 5,000 a day (declared)', '| id | bigserial | primary key, NOT NULL |', 'NOT NULL, → customers (id)', 'orders\\_customer (customer\\_id, id DESC) · where', 'orders\\_note', '· gin', 'schema.sql:2']) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    assert.match(text, /note\\\|x|note\\\\\|x/, 'a bar in a name ends no cell');
  });

  it('says where no size is declared, and knows views', async () => {
    assert.match((await hover('queries.sql', QUERIES, 'customers', ', customers'))!, /size not declared/);
    assert.match((await hover('queries.sql', QUERIES, 'open_orders'))!, /view of orders[^]*Columns: id, customer/);
  });

  it('takes a schema and a qualifier for what they are', async () => {
    assert.match((await hover('queries.sql', QUERIES, 'orders', 'public.orders'))!, /\*\*orders\*\*/);
    assert.match((await hover('queries.sql', QUERIES, 'orders', 'orders.total'))!, /\*\*orders\*\*/);
  });

  it('shows nothing for columns, aliases and values', async () => {
    assert.equal(await hover('queries.sql', QUERIES, 'orders', 'AND orders ='), undefined);
    assert.equal(await hover('queries.sql', 'SELECT id FROM unknown_table;', 'unknown_table'), undefined);
  });

  it('looks into the strings of a program that hold SQL, and nowhere else in it', async () => {
    assert.match((await hover('src/a.ts', PROGRAM, 'orders', 'FROM orders'))!, /\*\*orders\*\*/);
    assert.equal(await hover('src/a.ts', PROGRAM, 'orders', 'const orders'), undefined);
    assert.match((await hover('a.py', 'cursor.execute("""\n  SELECT id\n  FROM orders\n""")\n', 'orders'))!, /\*\*orders\*\*/);
  });
});
