import sqlite3
import unittest

from orders.db import open_empty_database


class DatabaseTestCase(unittest.TestCase):
    def database_with(self, orders: int, lines_per_order: int) -> sqlite3.Connection:
        """A database in memory that is closed after the test.

        Ten products, two customers, and `orders` orders of `lines_per_order` lines each.
        """
        connection = open_empty_database()
        self.addCleanup(connection.close)
        fill(connection, orders, lines_per_order)
        return connection


def fill(connection: sqlite3.Connection, orders: int, lines_per_order: int) -> None:
    with connection:
        connection.executemany(
            "INSERT INTO customers VALUES (?, ?, ?, ?)",
            [(1, "Ada Abel", "ada@example.com", "Ghent"), (2, "Chen Costa", "chen@example.com", "Lyon")],
        )
        connection.executemany(
            "INSERT INTO products VALUES (?, ?, ?, 'kitchen', ?, 5)",
            [(n, f"SKU-{n}", f"Steel Kettle {n}", 1000 + n) for n in range(1, 11)],
        )
        connection.executemany(
            "INSERT INTO orders VALUES (?, ?, 'shipped', ?, ?)",
            [
                (n, 1 + n % 2, f"2026-01-{1 + n // 1440:02d}T{n // 60 % 24:02d}:{n % 60:02d}:00Z", f"TRK{n}")
                for n in range(1, orders + 1)
            ],
        )
        connection.executemany(
            "INSERT INTO order_items VALUES (?, ?, ?, 2, 1000)",
            [
                (n + 1, 1 + n // lines_per_order, 1 + n % 10)
                for n in range(orders * lines_per_order)
            ],
        )
