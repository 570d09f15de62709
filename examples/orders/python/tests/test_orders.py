from orders.orders import (
    UnknownProduct,
    create_order,
    find_order,
    list_customer_orders,
    list_orders,
)
from tests.support import DatabaseTestCase


class ListOrders(DatabaseTestCase):
    def test_gives_the_newest_orders_first_with_their_items_and_totals(self):
        newest, older = list_orders(self.database_with(30, 3), 1, 10)[:2]
        self.assertEqual(newest["id"], 30)
        self.assertEqual(older["id"], 29)
        self.assertEqual(newest["customer"], "Ada Abel")
        self.assertEqual(len(newest["items"]), 3)
        self.assertEqual(newest["total_cents"], 3 * 2 * 1000)

    def test_pages_without_overlap_or_gap(self):
        connection = self.database_with(25, 1)
        ids = [order["id"] for page in (1, 2, 3) for order in list_orders(connection, page, 10)]
        self.assertEqual(ids, list(range(25, 0, -1)))

    def test_fills_a_page_of_a_thousand_orders(self):
        orders = list_orders(self.database_with(1_200, 8), 1, 1_000)
        self.assertEqual(len(orders), 1_000)
        self.assertTrue(all(len(order["items"]) == 8 for order in orders))


class FindOrder(DatabaseTestCase):
    def test_agrees_with_the_listing(self):
        connection = self.database_with(5, 4)
        self.assertEqual(find_order(connection, 5), list_orders(connection, 1, 1)[0])

    def test_gives_nothing_for_an_unknown_order(self):
        self.assertIsNone(find_order(self.database_with(5, 4), 99))


class ListCustomerOrders(DatabaseTestCase):
    def test_continues_before_the_last_order_that_was_seen(self):
        orders = list_customer_orders(self.database_with(10, 1), 1, 8, 2)
        self.assertEqual([order["id"] for order in orders], [6, 4])


class CreateOrder(DatabaseTestCase):
    def test_stores_the_order_at_todays_prices(self):
        connection = self.database_with(1, 1)
        items = [{"product_id": 3, "quantity": 2}, {"product_id": 4, "quantity": 1}]
        order = find_order(connection, create_order(connection, 2, items, "2026-11-01T09:00:00Z"))
        self.assertEqual(order["status"], "open")
        self.assertEqual(order["total_cents"], 2 * 1003 + 1004)

    def test_stores_nothing_when_a_product_does_not_exist(self):
        connection = self.database_with(1, 1)
        with self.assertRaisesRegex(UnknownProduct, "no product 77"):
            create_order(connection, 1, [{"product_id": 77, "quantity": 1}], "2026-11-01T09:00:00Z")
        self.assertEqual(len(list_orders(connection, 1, 10)), 1)
