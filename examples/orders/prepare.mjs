// Seeds the example's two databases, one for each application, with the same made-up data.
//
//   node examples/orders/prepare.mjs [--force]
//
// A database is left alone while it was made from this schema and this script; --force makes it anew.

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const schemaFile = join(here, 'schema.sql');
const databases = [join(here, 'typescript', 'orders.db'), join(here, 'python', 'orders.db')];

const ORDERS = 1_000;
const CUSTOMERS = 250;
const PRODUCTS = 20_000;
// The catalogue is long, but most of what is sold comes from its first part.
const POPULAR_PRODUCTS = 800;
const LAST_DAY = Date.UTC(2026, 9, 31, 18);
const MINUTES_BETWEEN_ORDERS = 130;

const ADJECTIVES = ['Brushed', 'Classic', 'Compact', 'Folding', 'Large', 'Matte', 'Polished', 'Slim', 'Striped', 'Travel'];
const MATERIALS = ['Bamboo', 'Ceramic', 'Copper', 'Cotton', 'Glass', 'Linen', 'Oak', 'Steel', 'Walnut', 'Wool'];
const THINGS = [
  ['Kettle', 'kitchen'], ['Teapot', 'kitchen'], ['Mug', 'kitchen'], ['Cutting Board', 'kitchen'],
  ['Lamp', 'living'], ['Blanket', 'living'], ['Cushion', 'living'], ['Bookend', 'living'],
  ['Notebook Stand', 'office'], ['Desk Organiser', 'office'], ['Pen Tray', 'office'], ['Footrest', 'office'],
];
const FIRST_NAMES = ['Ada', 'Bruno', 'Chen', 'Dora', 'Emre', 'Farah', 'Goran', 'Hana', 'Ines', 'Jonas'];
const LAST_NAMES = ['Abel', 'Brandt', 'Costa', 'Dvorak', 'Eriksen', 'Fischer', 'Garcia', 'Horvat', 'Ivanova', 'Jansen'];
const CITIES = ['Ghent', 'Graz', 'Lyon', 'Malmo', 'Porto', 'Turin', 'Utrecht', 'Vilnius'];

main();

function main() {
  const { values } = parseArgs({ options: { force: { type: 'boolean', default: false } } });
  const version = dataVersion();
  const Database = loadDriver();
  const outdated = [];
  for (const file of databases) {
    if (values.force || versionOf(Database, file) !== version) outdated.push(file);
    else console.log(`${relative(process.cwd(), file)} is up to date.`);
  }
  if (outdated.length === 0) return;

  const started = performance.now();
  const draft = join(here, `seed-${process.pid}.db`);
  try {
    const counts = seed(new Database(draft), version);
    for (const file of outdated) replace(file, draft);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    for (const file of outdated) console.log(`${relative(process.cwd(), file)} written: ${counts}.`);
    console.log(`Seeded in ${seconds} s.`);
  } finally {
    rmSync(draft, { force: true });
  }
}

function loadDriver() {
  try {
    return createRequire(import.meta.url)('libsql');
  } catch (error) {
    console.error(`The SQLite driver "libsql" could not be loaded: ${error.message.split('\n')[0]}`);
    console.error('Run "npm ci" in the root of the project first.');
    process.exit(1);
  }
}

/** A positive 31-bit number that changes with the schema and with this script: it fits PRAGMA user_version. */
function dataVersion() {
  const hash = createHash('sha256').update(readFileSync(schemaFile)).update(readFileSync(fileURLToPath(import.meta.url)));
  return (hash.digest().readUInt32BE(0) >>> 1) || 1;
}

function versionOf(Database, file) {
  if (!existsSync(file)) return undefined;
  let database;
  try {
    database = new Database(file);
    return database.prepare('PRAGMA user_version').all()[0].user_version;
  } catch {
    // A file that SQLite cannot read is as good as none: it is replaced.
    return undefined;
  } finally {
    database?.close();
  }
}

/** Fills a new database in one transaction, one statement a table, and returns what it holds as text. */
function seed(database, version) {
  const random = mulberry32(20261031);
  const products = makeProducts(random);
  const customers = makeCustomers(random);
  const orders = makeOrders(random);
  const items = makeItems(random, products);
  database.exec(readFileSync(schemaFile, 'utf8'));
  database.transaction(() => {
    insertAll(database, 'customers', ['id', 'name', 'email', 'city'], customers);
    insertAll(database, 'products', ['id', 'sku', 'name', 'category', 'price_cents', 'stock'], products);
    insertAll(database, 'orders', ['id', 'customer_id', 'status', 'placed_at', 'tracking_number'], orders);
    insertAll(database, 'order_items', ['id', 'order_id', 'product_id', 'quantity', 'unit_price_cents'], items);
  })();
  database.exec(`PRAGMA user_version = ${version}`);
  database.close();
  return [
    `${customers.length} customers`, `${products.length} products`, `${orders.length} orders`, `${items.length} order items`,
  ].join(', ');
}

function insertAll(database, table, columns, rows) {
  const values = columns.map((_, position) => `json_extract(value, '$[${position}]')`);
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM json_each(?)`;
  database.prepare(sql).run(JSON.stringify(rows));
}

/** Puts a copy beside the target and renames it, so that a reader never meets half a file. */
function replace(file, source) {
  const copy = `${file}.new.db`;
  copyFileSync(source, copy);
  renameSync(copy, file);
}

function makeCustomers(random) {
  return Array.from({ length: CUSTOMERS }, (_, index) => {
    const name = `${pick(random, FIRST_NAMES)} ${pick(random, LAST_NAMES)}`;
    const email = `${name.toLowerCase().replace(' ', '.')}.${index + 1}@example.com`;
    return [index + 1, name, email, pick(random, CITIES)];
  });
}

function makeProducts(random) {
  return Array.from({ length: PRODUCTS }, (_, index) => {
    const [thing, category] = pick(random, THINGS);
    const number = String(index + 1).padStart(5, '0');
    const name = `${pick(random, ADJECTIVES)} ${pick(random, MATERIALS)} ${thing} ${number}`;
    return [index + 1, `SKU-${number}`, name, category, between(random, 300, 12_000), between(random, 0, 400)];
  });
}

function makeOrders(random) {
  return Array.from({ length: ORDERS }, (_, index) => {
    const minutesAgo = (ORDERS - index) * MINUTES_BETWEEN_ORDERS + between(random, 0, MINUTES_BETWEEN_ORDERS - 1);
    const placedAt = new Date(LAST_DAY - minutesAgo * 60_000).toISOString();
    const status = statusByAge(random, index / ORDERS);
    const tracked = status === 'shipped' || status === 'delivered';
    return [index + 1, between(random, 1, CUSTOMERS), status, placedAt, tracked ? `TRK${1_000_000 + index}` : null];
  });
}

/** Older orders have arrived, the latest are still open. `age` runs from 0 (oldest) to 1 (newest). */
function statusByAge(random, age) {
  if (random() < 0.04) return 'cancelled';
  if (age < 0.7) return 'delivered';
  return age < 0.9 ? 'shipped' : 'open';
}

function makeItems(random, products) {
  const items = [];
  for (let order = 1; order <= ORDERS; order += 1) {
    const lines = between(random, 5, 15);
    for (let line = 0; line < lines; line += 1) {
      const product = products[Math.floor(random() * random() * POPULAR_PRODUCTS)];
      items.push([items.length + 1, order, product[0], between(random, 1, 4), product[4]]);
    }
  }
  return items;
}

function pick(random, choices) {
  return choices[Math.floor(random() * choices.length)];
}

/** A whole number from `low` to `high`, both included. */
function between(random, low, high) {
  return low + Math.floor(random() * (high - low + 1));
}

/** The mulberry32 generator: small, fast, and the same on every machine. Numbers from 0 up to 1. */
function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
