import { fileURLToPath } from 'node:url';
import { openDatabase, type Db } from '../db.ts';
import { exportOrderLines } from './export-lines.ts';
import { importPrices } from './import-prices.ts';
import { httpCarrier, refreshTracking } from './refresh-tracking.ts';

const USAGE = `Usage: run.ts <job>
  export [folder]          write all order lines to a CSV file (default: out)
  import-prices [file]     take over a price list (default: data/price-list.csv)
  refresh-tracking <url>   ask the carrier's service at this address about open shipments`;

const inExample = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

async function run(db: Db, job: string | undefined, argument: string | undefined): Promise<string> {
  if (job === 'export') {
    const { file, lines, revenueCents } = await exportOrderLines(db, argument ?? inExample('out'));
    return `${lines} order lines written to ${file}, ${(revenueCents / 100).toFixed(2)} in total.`;
  }
  if (job === 'import-prices') {
    const { updated, unknownSkus } = await importPrices(db, argument ?? inExample('data/price-list.csv'));
    return `${updated} prices updated, ${unknownSkus.length} unknown products skipped.`;
  }
  if (job === 'refresh-tracking' && argument) {
    return `${await refreshTracking(db, httpCarrier(argument))} orders have arrived.`;
  }
  process.exitCode = 2;
  return USAGE;
}

const db = openDatabase(inExample('typescript/orders.db'));
console.log(await run(db, process.argv[2], process.argv[3]));
db.close();
