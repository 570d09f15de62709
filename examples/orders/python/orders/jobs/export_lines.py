from __future__ import annotations

import sqlite3
from pathlib import Path

HEADER = "order,placed_at,sku,quantity,price"


def export_order_lines(connection: sqlite3.Connection, folder: Path) -> dict:
    """Writes every order line to `order-lines.csv` in `folder`, for the accountants."""
    rows = connection.execute(
        """
        SELECT i.order_id, o.placed_at, p.sku, i.quantity, i.unit_price_cents
        FROM order_items i
        JOIN orders o ON o.id = i.order_id
        JOIN products p ON p.id = i.product_id
        ORDER BY i.id
        """
    ).fetchall()

    lines: list[str] = []
    units_by_sku: dict[str, int] = {}
    revenue_cents = 0
    for row in rows:
        lines = lines + [csv_line(row)]
        units_by_sku[row["sku"]] = units_by_sku.get(row["sku"], 0) + row["quantity"]
        revenue_cents += row["quantity"] * row["unit_price_cents"]

    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "order-lines.csv"
    file.write_text("\n".join([HEADER] + lines) + "\n", encoding="utf-8")
    return {
        "file": file,
        "lines": len(lines),
        "revenue_cents": revenue_cents,
        "units_by_sku": units_by_sku,
    }


def csv_line(row: sqlite3.Row) -> str:
    price = f"{row['unit_price_cents'] / 100:.2f}"
    return f"{row['order_id']},{row['placed_at']},{row['sku']},{row['quantity']},{price}"
