from __future__ import annotations

import sqlite3


class UnknownProduct(Exception):
    pass


def list_orders(connection: sqlite3.Connection, page: int, page_size: int) -> list[dict]:
    """One page of orders with their items, newest first. Pages count from 1."""
    orders = connection.execute(
        """
        SELECT o.id, c.name AS customer, o.status, o.placed_at
        FROM orders o JOIN customers c ON c.id = o.customer_id
        ORDER BY o.placed_at DESC, o.id DESC
        LIMIT ? OFFSET ?
        """,
        (page_size, (page - 1) * page_size),
    ).fetchall()

    listed = []
    for order in orders:
        items = items_of(connection, order["id"])
        listed.append({**dict(order), "items": items, "total_cents": total_of(items)})
    return listed


def items_of(connection: sqlite3.Connection, order_id: int) -> list[dict]:
    rows = connection.execute(
        """
        SELECT i.product_id, p.name, i.quantity, i.unit_price_cents
        FROM order_items i JOIN products p ON p.id = i.product_id
        WHERE i.order_id = ?
        """,
        (order_id,),
    )
    return [dict(row) for row in rows]


def find_order(connection: sqlite3.Connection, order_id: int) -> dict | None:
    row = connection.execute(
        """
        SELECT o.id, c.name AS customer, o.status, o.placed_at
        FROM orders o JOIN customers c ON c.id = o.customer_id
        WHERE o.id = ?
        """,
        (order_id,),
    ).fetchone()
    if row is None:
        return None
    items = items_of(connection, order_id)
    return {**dict(row), "items": items, "total_cents": total_of(items)}


def list_customer_orders(
    connection: sqlite3.Connection, customer_id: int, before_id: int, limit: int
) -> list[dict]:
    """A customer's orders before `before_id`, newest first, without their items."""
    rows = connection.execute(
        """
        SELECT id, status, placed_at
        FROM orders
        WHERE customer_id = ? AND id < ?
        ORDER BY id DESC
        LIMIT ?
        """,
        (customer_id, before_id, limit),
    )
    return [dict(row) for row in rows]


def create_order(
    connection: sqlite3.Connection, customer_id: int, items: list[dict], placed_at: str
) -> int:
    """Stores an order at today's prices and returns its id."""
    prices = prices_of(connection, [item["product_id"] for item in items])
    with connection:
        order_id = connection.execute(
            "INSERT INTO orders (customer_id, status, placed_at) VALUES (?, 'open', ?)",
            (customer_id, placed_at),
        ).lastrowid
        connection.executemany(
            """
            INSERT INTO order_items (order_id, product_id, quantity, unit_price_cents)
            VALUES (?, ?, ?, ?)
            """,
            [
                (order_id, item["product_id"], item["quantity"], prices[item["product_id"]])
                for item in items
            ],
        )
    return order_id


def prices_of(connection: sqlite3.Connection, product_ids: list[int]) -> dict[int, int]:
    marks = ", ".join("?" for _ in product_ids)
    rows = connection.execute(
        f"SELECT id, price_cents FROM products WHERE id IN ({marks})", product_ids
    )
    prices = {row["id"]: row["price_cents"] for row in rows}
    missing = set(product_ids) - prices.keys()
    if missing:
        raise UnknownProduct(f"There is no product {min(missing)}.")
    return prices


def total_of(items: list[dict]) -> int:
    return sum(item["quantity"] * item["unit_price_cents"] for item in items)
