import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '../db.ts';

interface Line {
  orderId: number;
  placedAt: string;
  sku: string;
  quantity: number;
  unitPriceCents: number;
}

export interface ExportSummary {
  file: string;
  lines: number;
  revenueCents: number;
  unitsBySku: Record<string, number>;
}

/** Writes every order line to `order-lines.csv` in `folder`, for the accountants. */
export async function exportOrderLines(db: Db, folder: string): Promise<ExportSummary> {
  const lines = db
    .prepare(
      `SELECT i.order_id AS orderId, o.placed_at AS placedAt, p.sku, i.quantity, i.unit_price_cents AS unitPriceCents
       FROM order_items i
       JOIN orders o ON o.id = i.order_id
       JOIN products p ON p.id = i.product_id
       ORDER BY i.id`,
    )
    .all() as Line[];

  const unitsBySku = lines.reduce<Record<string, number>>(
    (units, line) => ({ ...units, [line.sku]: (units[line.sku] ?? 0) + line.quantity }),
    {},
  );
  const revenueCents = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceCents, 0);

  const file = join(folder, 'order-lines.csv');
  await mkdir(folder, { recursive: true });
  await writeFile(file, ['order,placed_at,sku,quantity,price', ...lines.map(csvLine)].join('\n') + '\n');
  return { file, lines: lines.length, revenueCents, unitsBySku };
}

function csvLine(line: Line): string {
  return [line.orderId, line.placedAt, line.sku, line.quantity, (line.unitPriceCents / 100).toFixed(2)].join(',');
}
