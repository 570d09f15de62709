from __future__ import annotations

import sqlite3


def search_products(connection: sqlite3.Connection, query: str, limit: int = 20) -> list[dict]:
    rows = connection.execute(
        """
        SELECT id, sku, name, category, price_cents, stock
        FROM products
        WHERE LOWER(name) LIKE ?
        ORDER BY id
        LIMIT ?
        """,
        (f"%{query.lower()}%", limit),
    )
    return [dict(row) for row in rows]


def find_product_by_sku(connection: sqlite3.Connection, sku: str) -> dict | None:
    row = connection.execute(
        "SELECT id, sku, name, category, price_cents, stock FROM products WHERE sku = ?", (sku,)
    ).fetchone()
    return None if row is None else dict(row)
