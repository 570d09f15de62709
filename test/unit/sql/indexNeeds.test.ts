import assert from 'node:assert/strict';
import { loadSqlParser } from '../../../src/syntax/sql/parser';
import { buildSchema } from '../../../src/workspace/schema';
import { createIndex, createTrigramIndex } from '../../../src/workspace/schema/indexDdl';
import { neededIndex, unindexedReference } from '../../../src/workspace/schema/indexNeeds';
import { factsOf } from './schemaFacts';
import { parsed } from './statements';

const TABLES = `
CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint, shop_id bigint, status text, note text, created_at timestamptz, doc jsonb);
CREATE TABLE customers (id bigserial PRIMARY KEY, email text, region_id bigint);
CREATE TABLE regions (id bigserial PRIMARY KEY, code text);
`;

/** The index a query needs on a table, as "columns (use)"; undefined where it needs none. */
function need(query: string, { indexes = '', table = 'orders' } = {}): string | undefined {
  const schema = buildSchema(factsOf({ 'schema.sql': `${TABLES}${indexes}` }));
  const [located] = parsed(query).queries;
  const enumerated = located!.filters.filter(({ isEnumerated }) => isEnumerated).map(({ filter }) => filter.column);
  const found = neededIndex(schema.table(table)!, located!.fact, schema, enumerated);
  return found && `${found.columns.join()} (${found.use})`;
}

describe('the index a query needs', () => {
  before(loadSqlParser);

  it('has the equality columns first, then one range or the order', () => {
    assert.equal(need('SELECT 1 FROM orders WHERE customer_id = $1'), 'customer_id (filter)');
    assert.equal(need('SELECT 1 FROM orders WHERE created_at > $2 AND customer_id = $1'), 'customer_id,created_at (filter)');
    assert.equal(need('SELECT 1 FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 5'), 'customer_id,created_at (filter)');
    assert.equal(need('SELECT 1 FROM orders WHERE customer_id = $1 ORDER BY created_at DESC'), 'customer_id (filter)');
    assert.equal(need('SELECT 1 FROM orders WHERE customer_id = $1 AND status = $2'), 'customer_id (filter)');
  });

  it('is none where an index begins with what is compared', () => {
    const query = 'SELECT 1 FROM orders WHERE customer_id = $1 AND status = $2';
    for (const columns of ['customer_id', 'customer_id, note', 'status, customer_id', 'customer_id DESC']) {
      assert.equal(need(query, { indexes: `CREATE INDEX i ON orders (${columns});` }), undefined, columns);
    }
    for (const columns of ['note, customer_id', 'lower(note), customer_id', 'status']) {
      assert.equal(need(query, { indexes: `CREATE INDEX i ON orders (${columns});` }), 'customer_id (filter)', columns);
    }
  });

  it('is none where a partial, unique or inverted index may serve', () => {
    for (const index of ['CREATE INDEX i ON orders (customer_id) WHERE status IS NULL', 'ALTER TABLE orders ADD UNIQUE (customer_id)', 'CREATE INDEX i ON orders USING gin (note, customer_id)']) {
      assert.equal(need('SELECT 1 FROM orders WHERE customer_id = $1', { indexes: `${index};` }), undefined, index);
    }
  });

  it('is none for conditions that leave many rows or cannot use it', () => {
    for (const condition of ['status = $1', 'created_at = $1', "note = 'none'", 'created_at > $1', 'doc = $1', 'lower(note) = $1', "note LIKE '%x%'", 'customer_id = $1 OR shop_id = $2', 'customer_id <> $1']) {
      assert.equal(need(`SELECT 1 FROM orders WHERE ${condition}`), undefined, condition);
    }
    assert.equal(need('SELECT 1 FROM orders WHERE customer_id = 42'), 'customer_id (filter)');
  });

  it('serves the order of a limited result', () => {
    assert.equal(need('SELECT 1 FROM orders ORDER BY created_at DESC, id DESC LIMIT 10'), 'created_at,id (order)');
    assert.equal(need('SELECT 1 FROM orders ORDER BY created_at DESC, id LIMIT 10'), 'created_at (order)');
    assert.equal(need('SELECT 1 FROM orders ORDER BY created_at'), undefined);
    assert.equal(need('SELECT 1 FROM orders ORDER BY id LIMIT 10'), undefined);
    assert.equal(need("SELECT 1 FROM orders WHERE status = 'open' ORDER BY created_at LIMIT 10", { indexes: 'CREATE INDEX i ON orders (status);' }), undefined);
  });

  it('is asked for by a join only where few rows drive it', () => {
    const joined = 'FROM customers c JOIN orders o ON o.customer_id = c.id';
    assert.equal(need(`SELECT 1 ${joined} WHERE c.email = $1`), 'customer_id (join)');
    assert.equal(need(`SELECT 1 ${joined}`), undefined);
    assert.equal(need(`SELECT 1 ${joined} JOIN regions r ON r.id = c.region_id WHERE r.code = $1`), 'customer_id (join)');
    assert.equal(need(`SELECT 1 ${joined} WHERE o.id = $1`, { table: 'customers' }), undefined);
    assert.equal(need('WITH p AS (SELECT 1 AS id) SELECT 1 FROM p JOIN customers c ON c.id = p.id JOIN orders o ON o.customer_id = c.id'), undefined);
    assert.equal(need('WITH c AS (SELECT 1 AS id) SELECT 1 FROM c JOIN orders o ON o.id = c.id WHERE o.note = $1'), undefined);
  });

  it('finds the table of a column without one by the schema', () => {
    assert.equal(need('SELECT 1 FROM orders JOIN customers ON customer_id = customers.id WHERE shop_id = $1'), 'shop_id (filter)');
  });

  it('is asked for by the deletion of what a foreign key refers to', () => {
    const child = 'CREATE TABLE lines (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id));';
    const reference = (indexes: string) => {
      const schema = buildSchema(factsOf({ 'schema.sql': `${TABLES}${child}${indexes}` }));
      const found = unindexedReference(schema.table('orders')!, schema);
      return found && `${found.table.name} ${found.columns.join()}`;
    };
    assert.equal(reference(''), 'lines order_id');
    assert.equal(reference('CREATE INDEX i ON lines (order_id, id);'), undefined);
  });

  it('is written as its dialect writes it', () => {
    const table = (ddl: string) => buildSchema(factsOf({ 'schema.sql': ddl })).tables[0]!;
    const mixed = table('CREATE TABLE "orderItems" (id bigserial, "orderId" text)');
    assert.match(createIndex(mixed, ['orderid'], 'postgresql'), /^CREATE INDEX CONCURRENTLY IF NOT EXISTS orderitems_orderid_idx ON "orderItems" \("orderId"\);$/m);
    assert.equal(createIndex(mixed, ['orderid'], undefined), 'CREATE INDEX orderitems_orderid_idx ON "orderItems" ("orderId");\n');
    assert.equal(createIndex(table('CREATE TABLE `t` (`a` mediumtext) ENGINE=InnoDB'), ['a'], 'mysql'), 'CREATE INDEX t_a_idx ON t (a(191));\n');
    assert.match(createTrigramIndex(table('CREATE TABLE t (a text)'), 'a'), /USING gin \(a gin_trgm_ops\)/);
  });
});
