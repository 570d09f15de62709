/** Replaces the first text by the second, which a person would type. */
export type Edit = readonly [from: string, to: string];

/** One scenario's function, how it is called, and what is typed to make it better. */
export interface Subject {
  readonly file: string;
  readonly functionName: string;
  /** What is filled in where the generated driver asks for arguments, with the imports that it takes. */
  readonly driver: readonly Edit[];
  /** The better code, where no quick fix writes it. */
  readonly rewrite: readonly Edit[];
}

export interface Application {
  readonly language: 'TypeScript' | 'Python';
  readonly listing: Subject;
  /** The title of the quick fix that reads the items with one query, where the finding has one. */
  readonly listingFix?: string;
  /** `orders` of ten lines each are exported, and then ten times as many. */
  readonly exporting: Subject & { readonly orders: number };
  readonly search: { readonly file: string; readonly at: string };
}

/** How many orders a page has, which is how many queries the slow listing sends beside its first. */
export const PAGE = 300;

export const APPLICATIONS: readonly Application[] = [
  {
    language: 'TypeScript',
    listing: {
      file: 'typescript/src/orders.ts',
      functionName: 'listOrders',
      driver: [
        ['import { listOrders', "import { openDatabase } from '../../typescript/src/db.ts';\nimport { fileURLToPath } from 'node:url';\nimport { listOrders"],
        ['undefined, // fill in: db: Db', "openDatabase(fileURLToPath(new URL('../../typescript/orders.db', import.meta.url))),"],
        ['size: 100, warmUpCalls: 20', `size: ${PAGE}, warmUpCalls: 2`],
      ],
      rewrite: [],
    },
    listingFix: 'Read orderItem rows for all of orders with one query',
    exporting: {
      file: 'typescript/src/jobs/export-lines.ts',
      functionName: 'exportOrderLines',
      orders: 1000,
      driver: [
        ['import { exportOrderLines', "import { databaseWith } from '../../typescript/test/support.ts';\nimport { fileURLToPath } from 'node:url';\nimport { exportOrderLines"],
        ['undefined, // fill in: db: Db', 'databaseWith(size, 10),'],
        ["'text '.repeat(size), // folder: string", "fileURLToPath(new URL('../exported', import.meta.url)),"],
        ['size: 100, warmUpCalls: 20, maximumCalls: 1000', 'size: 1000, warmUpCalls: 1, maximumCalls: 3'],
      ],
      rewrite: [
        ['import { mkdir, writeFile }', 'import { mkdir, open }'],
        ['  const lines = db\n', "  await mkdir(folder, { recursive: true });\n  const file = join(folder, 'order-lines.csv');\n  const out = await open(file, 'w');\n  const lines = db\n"],
        ['.all() as Line[];', '.iterate() as Iterable<Line>;'],
        [
          `  const unitsBySku = lines.reduce<Record<string, number>>(
    (units, line) => ({ ...units, [line.sku]: (units[line.sku] ?? 0) + line.quantity }),
    {},
  );
  const revenueCents = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceCents, 0);

  const file = join(folder, 'order-lines.csv');
  await mkdir(folder, { recursive: true });
  await writeFile(file, ['order,placed_at,sku,quantity,price', ...lines.map(csvLine)].join('\\n') + '\\n');
  return { file, lines: lines.length, revenueCents, unitsBySku };`,
          `  const unitsBySku: Record<string, number> = {};
  let revenueCents = 0;
  let count = 0;
  let text = 'order,placed_at,sku,quantity,price\\n';
  for (const line of lines) {
    unitsBySku[line.sku] = (unitsBySku[line.sku] ?? 0) + line.quantity;
    revenueCents += line.quantity * line.unitPriceCents;
    count += 1;
    text += csvLine(line) + '\\n';
    if (text.length < 65_536) continue;
    await out.write(text);
    text = '';
  }
  await out.write(text);
  await out.close();
  return { file, lines: count, revenueCents, unitsBySku };`,
        ],
      ],
    },
    search: { file: 'typescript/src/products.ts', at: 'SELECT id, sku' },
  },
  {
    language: 'Python',
    listing: {
      file: 'python/orders/orders.py',
      functionName: 'list_orders',
      driver: [
        ['from orders.orders import', 'from pathlib import Path\n\nfrom orders.db import open_database\nfrom orders.orders import'],
        ['None, # fill in: connection: sqlite3.Connection', 'open_database(Path(__file__).parents[2] / "python" / "orders.db"),'],
        ['"size": 100, "warm_up_calls": 20', `"size": ${PAGE}, "warm_up_calls": 2`],
      ],
      rewrite: [
        ['    listed = []\n', '    items_by_order = items_of_all(connection, [order["id"] for order in orders])\n    listed = []\n'],
        ['        items = items_of(connection, order["id"])\n', '        items = items_by_order.get(order["id"], [])\n'],
        [
          'def items_of(',
          `def items_of_all(connection: sqlite3.Connection, order_ids: list[int]) -> dict[int, list[dict]]:
    marks = ", ".join("?" for _ in order_ids)
    rows = connection.execute(
        f"""
        SELECT i.order_id, i.product_id, p.name, i.quantity, i.unit_price_cents
        FROM order_items i JOIN products p ON p.id = i.product_id
        WHERE i.order_id IN ({marks})
        """,
        order_ids,
    )
    by_order: dict[int, list[dict]] = {}
    for row in rows:
        item = dict(row)
        by_order.setdefault(item.pop("order_id"), []).append(item)
    return by_order


def items_of(`,
        ],
      ],
    },
    exporting: {
      file: 'python/orders/jobs/export_lines.py',
      functionName: 'export_order_lines',
      // The list is copied for each line: more would take minutes.
      orders: 200,
      driver: [
        ['from orders.jobs.export_lines import', 'from pathlib import Path\n\nfrom orders.db import open_empty_database\nfrom tests.support import fill\nfrom orders.jobs.export_lines import'],
        ['    return {\n', '    connection = open_empty_database()\n    fill(connection, size, 10)\n    return {\n'],
        ['None, # fill in: connection: sqlite3.Connection', 'connection,'],
        ['None, # fill in: folder: Path', 'Path(__file__).parents[1] / "exported",'],
        ['"size": 100, "warm_up_calls": 20, "maximum_calls": 1000', '"size": 200, "warm_up_calls": 1, "maximum_calls": 3'],
      ],
      rewrite: [
        ['    ).fetchall()\n\n    lines: list[str] = []\n', '    )\n\n    folder.mkdir(parents=True, exist_ok=True)\n    file = folder / "order-lines.csv"\n    lines = 0\n'],
        [
          `    for row in rows:
        lines = lines + [csv_line(row)]
        units_by_sku[row["sku"]] = units_by_sku.get(row["sku"], 0) + row["quantity"]
        revenue_cents += row["quantity"] * row["unit_price_cents"]

    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "order-lines.csv"
    file.write_text("\\n".join([HEADER] + lines) + "\\n", encoding="utf-8")
`,
          `    with file.open("w", encoding="utf-8") as out:
        out.write(HEADER + "\\n")
        for row in rows:
            out.write(csv_line(row) + "\\n")
            lines += 1
            units_by_sku[row["sku"]] = units_by_sku.get(row["sku"], 0) + row["quantity"]
            revenue_cents += row["quantity"] * row["unit_price_cents"]

`,
        ],
        ['"lines": len(lines),', '"lines": lines,'],
      ],
    },
    search: { file: 'python/orders/products.py', at: 'SELECT id, sku' },
  },
];

/** @throws Error where a text to replace is not there: the demo or the driver has changed. */
export function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce((whole, [from, to]) => {
    if (!whole.includes(from)) throw new Error(`"${from}" is not in\n${whole}`);
    return whole.replace(from, () => to);
  }, text);
}
