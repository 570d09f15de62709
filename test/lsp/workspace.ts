import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A folder on the disk for one test suite. */
export class TestFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'performance-lsp-'));
  readonly uri = pathToFileURL(this.path).href;

  constructor(files: Readonly<Record<string, string | Buffer>> = {}) {
    for (const [file, content] of Object.entries(files)) this.write(file, content);
  }

  write(file: string, content: string | Buffer): void {
    const path = join(this.path, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  delete(file: string): void {
    rmSync(join(this.path, file));
  }

  uriOf(file: string): string {
    return pathToFileURL(join(this.path, file)).href;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A query for each order: high priority once the orders are declared to be many. */
export const N_PLUS_ONE = `import { Pool } from 'pg';
const pool = new Pool();

export async function listOrders(orders: { id: number }[]) {
  const result = [];
  for (const order of orders) {
    const items = await pool.query('SELECT id, sku FROM items WHERE order_id = $1', [order.id]);
    result.push({ ...order, items: items.rows });
  }
  return result;
}
`;

/** A copy for each page, which has a safe fix. */
export const ACCUMULATING_COPY = `export function flatten(pages: { title: string }[]) {
  let titles: string[] = [];
  for (const page of pages) {
    titles = [...titles, page.title];
  }
  return titles;
}
`;

/** A linear search for each row, whose fix needs confirmation. */
export const LINEAR_MEMBERSHIP = `export function known(rows: { id: string }[], ids: string[]) {
  const found = [];
  for (const row of rows) {
    if (ids.includes(row.id)) found.push(row);
  }
  return found;
}
`;

export const MANY_ORDERS = JSON.stringify({ scale: { collections: { orders: 1000, rows: 10000, pages: 10000 } } });
