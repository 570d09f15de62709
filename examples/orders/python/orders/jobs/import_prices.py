from __future__ import annotations

import sqlite3
from pathlib import Path


def import_prices(connection: sqlite3.Connection, file: Path) -> dict:
    """Takes over a supplier's price list: a CSV file with the columns sku and price."""
    text = file.read_text(encoding="utf-8")
    price_lines = text.splitlines()[1:]
    known_skus = [row["sku"] for row in connection.execute("SELECT sku FROM products")]

    unknown_skus = []
    updated = 0
    for line in price_lines:
        if not line.strip():
            continue
        sku, price = line.strip().split(",")
        if sku not in known_skus:
            unknown_skus.append(sku)
            continue
        connection.execute(
            "UPDATE products SET price_cents = ? WHERE sku = ?", (round(float(price) * 100), sku)
        )
        connection.commit()
        updated += 1
    return {"updated": updated, "unknown_skus": unknown_skus}
