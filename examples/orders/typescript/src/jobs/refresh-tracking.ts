import type { Db } from '../db.ts';

export interface Carrier {
  statusOf(trackingNumber: string): Promise<string>;
}

interface Shipment {
  id: number;
  trackingNumber: string;
}

/** Asks the carrier about everything on its way and marks what has arrived. Returns how many orders that were. */
export async function refreshTracking(db: Db, carrier: Carrier): Promise<number> {
  const shipments = db
    .prepare(`SELECT id, tracking_number AS trackingNumber FROM orders WHERE status = 'shipped'`)
    .all() as Shipment[];

  const arrived: number[] = [];
  for (const shipment of shipments) {
    const status = await carrier.statusOf(shipment.trackingNumber);
    if (status === 'delivered') arrived.push(shipment.id);
  }
  markDelivered(db, arrived);
  return arrived.length;
}

function markDelivered(db: Db, orderIds: number[]): void {
  db.prepare(`UPDATE orders SET status = 'delivered' WHERE id IN (SELECT value FROM json_each(?))`).run(
    JSON.stringify(orderIds),
  );
}

/** The carrier's tracking service over HTTP. */
export function httpCarrier(baseUrl: string): Carrier {
  return {
    async statusOf(trackingNumber) {
      const url = new URL(`shipments/${encodeURIComponent(trackingNumber)}`, baseUrl);
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
      if (!response.ok) throw new Error(`The carrier answered ${response.status} for ${trackingNumber}.`);
      const shipment = (await response.json()) as { status: string };
      return shipment.status;
    },
  };
}
