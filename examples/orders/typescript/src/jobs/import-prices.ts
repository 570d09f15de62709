import { readFile } from 'node:fs/promises';
import type { Db } from '../db.ts';

export interface ImportSummary {
  updated: number;
  unknownSkus: string[];
}

/** Takes over a supplier's price list: a CSV file with the columns sku and price. */
export async function importPrices(db: Db, file: string): Promise<ImportSummary> {
  const text = await readFile(file, 'utf8');
  const priceLines = text.split('\n').slice(1);
  const products = db.prepare('SELECT sku FROM products').all() as { sku: string }[];
  const knownSkus = products.map((product) => product.sku);
  const update = db.prepare('UPDATE products SET price_cents = ? WHERE sku = ?');

  const unknownSkus: string[] = [];
  let updated = 0;
  for (const line of priceLines) {
    const [sku, price] = line.trim().split(',');
    if (!sku) continue;
    if (!knownSkus.includes(sku)) {
      unknownSkus.push(sku);
      continue;
    }
    update.run(Math.round(Number(price) * 100), sku);
    updated += 1;
  }
  return { updated, unknownSkus };
}
