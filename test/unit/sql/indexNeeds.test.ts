import assert from 'node:assert/strict';
import { loadSqlParser } from '../../../src/syntax/sql/parser';
import { buildSchema } from '../../../src/workspace/schema';
import { indexSteps } from '../../../src/workspace/schema/indexDdl';
import { neededColumns, neededIndex, neededReference, unindexedReference, type IndexNeed } from '../../../src/workspace/schema/indexNeeds';
import { factsOf } from './schemaFacts';
import { parsed } from './statements';

const TABLES = `
CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint, shop_id bigint, status text, note text, created_at timestamptz, doc jsonb);
CREATE TABLE customers (id bigserial PRIMARY KEY, email text, region_id bigint);
CREATE TABLE regions (id bigserial PRIMARY KEY, code text);
`;

const spelled = (need: IndexNeed): string =>
  neededColumns(need).map(({ name, descending, nulls, operatorClass }) => [name, operatorClass, descending && 'desc', nulls].filter(Boolean).join(' ')).join();

/** The index a query needs on a table, as "columns (use)"; undefined where it needs none. */
function need(query: string, { indexes = '', table = 'orders' } = {}): string | undefined {
  const found = needOf(query, { indexes, table });
  return found && `${spelled(found)} (${found.use})`;
}

function needOf(query: string, { indexes = '', table = 'orders' } = {}): IndexNeed | undefined {
  const schema = buildSchema(factsOf({ 'schema.sql': `${TABLES}${indexes}` }));
  return neededIndex(schema.table(table)!, parsed(query).queries[0]!.fact, schema);
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
    for (const index of ['CREATE INDEX i ON orders (customer_id) WHERE customer_id IS NOT NULL', 'ALTER TABLE orders ADD UNIQUE (customer_id)', 'CREATE INDEX i ON orders USING gin (note, customer_id)']) {
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
    assert.equal(need('SELECT 1 FROM orders ORDER BY created_at DESC, id LIMIT 10'), 'created_at desc,id (order)');
    assert.equal(need('SELECT 1 FROM orders ORDER BY created_at DESC NULLS LAST LIMIT 10'), 'created_at desc last (order)');
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
      return found && `${found.table.name} ${spelled(found)}`;
    };
    assert.equal(reference(''), 'lines order_id');
    assert.equal(reference('CREATE INDEX i ON lines (order_id, id);'), undefined);
  });

  it('is asked for by a foreign key itself', () => {
    const child = (more: string) => {
      const schema = buildSchema(factsOf({ 'schema.sql': `CREATE TABLE lines (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id));${more}` }));
      const found = neededReference('lines', ['order_id'], { file: 'schema.sql', line: 0 }, schema);
      return found && spelled(found);
    };
    assert.equal(child(''), 'order_id');
    assert.equal(child('CREATE INDEX i ON lines (order_id) WHERE order_id IS NOT NULL;'), undefined);
    assert.equal(child('ALTER TABLE lines DROP CONSTRAINT lines_fk; ALTER TABLE lines DROP COLUMN order_id;'), undefined);
  });

  it('is asked for by a foreign key whose table and columns have other names by now', () => {
    const schemaAfter = (more: string) =>
      buildSchema(factsOf({ 'schema.sql': `CREATE TABLE lines (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id), note_id bigint REFERENCES notes (id));\n${more}` }));
    const after = (more: string) => {
      const found = neededReference('lines', ['order_id'], { file: 'schema.sql', line: 0 }, schemaAfter(more));
      return found && `${found.table.name} ${spelled(found)}`;
    };
    const renaming = 'ALTER TABLE lines RENAME COLUMN order_id TO purchase_id; ALTER TABLE lines RENAME TO items;';
    assert.equal(after(renaming), 'items purchase_id');
    assert.equal(after(`${renaming} CREATE INDEX i ON items (purchase_id);`), undefined);
    assert.equal(after('ALTER TABLE lines DROP COLUMN order_id; ALTER TABLE lines RENAME TO items;'), undefined);
  });

  it('is missing although a partial index exists, where the query asks for other rows', () => {
    const index = (where: string) => `CREATE INDEX i ON orders (customer_id) WHERE ${where};`;
    const query = (condition: string) => `SELECT 1 FROM orders WHERE customer_id = $1${condition}`;
    for (const [where, condition] of [
      ['note IS NULL', ''],
      ['note IS NULL', " AND note = 'x1y2'"],
      ["status = 'open'", " AND status = 'closed'"],
      ["status IN ('open', 'new')", " AND status IN ('open', 'closed')"],
      ['shop_id > 5', ''],
    ]) {
      const found = needOf(query(condition!), { indexes: index(where!) });
      assert.deepEqual([found?.nearMiss?.name, found?.equal[0]], ['i', 'customer_id'], `${where} ${condition}`);
    }
    for (const [where, condition] of [
      ['note IS NULL', ' AND note IS NULL'],
      ['note IS NOT NULL', ' AND note = $2'],
      ['customer_id IS NOT NULL', ''],
      ["status = 'open'", " AND status = 'open'"],
      ["status = 'open'", ' AND status = $2'],
      ["status IN ('open', 'new')", " AND status = 'new'"],
      ["status <> 'closed'", " AND status = 'open'"],
      ['length(note) > 3', ''],
    ]) {
      assert.equal(need(query(condition!), { indexes: index(where!) }), undefined, `${where} ${condition}`);
    }
  });

  it('begins with what is compared for equality, where the index begins with the range', () => {
    const found = needOf('SELECT 1 FROM orders WHERE customer_id = $1 AND created_at > $2', { indexes: 'CREATE INDEX i ON orders (created_at, customer_id);' });
    assert.deepEqual([found && spelled(found), found?.confidence], ['customer_id,created_at', 'possible']);
    assert.equal(need('SELECT 1 FROM orders WHERE created_at > $2', { indexes: 'CREATE INDEX i ON orders (created_at, customer_id);' }), undefined);
  });

  it('takes IS NULL for an equality in front of the key', () => {
    assert.equal(need('SELECT 1 FROM orders WHERE customer_id = $1 AND note IS NULL', { indexes: 'CREATE INDEX i ON orders (note, customer_id);' }), undefined);
  });

  it('is none where an expression has an index', () => {
    const indexes = 'CREATE INDEX i ON orders (lower((note)::text), created_at);';
    assert.equal(need('SELECT 1 FROM orders WHERE LOWER(note) = $1 AND customer_id = $2', { indexes }), undefined);
    assert.equal(need('SELECT 1 FROM orders WHERE upper(note) = $1 AND customer_id = $2', { indexes }), 'customer_id (filter)');
  });

  it('is sorted by characters for a prefix, in PostgreSQL', () => {
    const query = "SELECT 1 FROM orders WHERE note LIKE 'abc%'";
    assert.equal(need(query), 'note text_pattern_ops (prefix)');
    assert.equal(needOf(query, { indexes: 'CREATE INDEX i ON orders (note);' })?.nearMiss?.name, 'i');
    for (const index of ['(note text_pattern_ops)', 'USING gin (note gin_trgm_ops)']) assert.equal(need(query, { indexes: `CREATE INDEX i ON orders ${index};` }), undefined, index);
  });

  it('has the direction and the place of NULL only where they matter', () => {
    const descending = 'SELECT 1 FROM orders ORDER BY created_at DESC NULLS LAST LIMIT 10';
    assert.equal(needOf(descending, { indexes: 'CREATE INDEX i ON orders (created_at);' })?.confidence, 'possible');
    assert.equal(need(descending, { indexes: 'CREATE INDEX i ON orders (created_at DESC NULLS LAST);' }), undefined);
    assert.equal(need(descending, { indexes: 'CREATE INDEX i ON orders (created_at NULLS FIRST);' }), undefined);
    assert.equal(need('SELECT 1 FROM orders WHERE (created_at, id) < ($1, $2) ORDER BY created_at DESC, id DESC LIMIT 9'), 'created_at,id (filter)');
  });

  it('is written as its dialect writes it', () => {
    const table = (ddl: string) => buildSchema(factsOf({ 'schema.sql': ddl })).tables[0]!;
    const mixed = table('CREATE TABLE "orderItems" (id bigserial, "orderId" text)');
    const postgres = indexSteps(mixed, [{ name: 'orderid', descending: true, nulls: 'last' }, { name: 'id', operatorClass: 'x_ops' }]);
    assert.match(postgres.up, /^CREATE INDEX CONCURRENTLY IF NOT EXISTS orderitems_orderid_id_idx ON "orderItems" \("orderId" DESC NULLS LAST, id x_ops\);$/m);
    assert.deepEqual([postgres.down, postgres.outsideTransaction], ['DROP INDEX CONCURRENTLY IF EXISTS orderitems_orderid_id_idx;\n', true]);
    assert.equal(indexSteps(table('CREATE TABLE "order" (id int)'), [{ name: 'id' }]).up, 'CREATE INDEX order_id_idx ON "order" (id);\n');
    const mysql = indexSteps(table('CREATE TABLE `t` (`a` mediumtext, `key` int) ENGINE=InnoDB'), [{ name: 'a', nulls: 'last' }, { name: 'key' }]);
    assert.deepEqual([mysql.up, mysql.down], ['CREATE INDEX t_a_key_idx ON t (a(191), `key`);\n', 'DROP INDEX t_a_key_idx ON t;\n']);
  });
});
