import unittest

from orders.products import find_product_by_sku, search_products
from orders.timings import Timings
from tests.support import DatabaseTestCase


class SearchProducts(DatabaseTestCase):
    def test_finds_words_in_the_middle_of_a_name_whatever_their_case(self):
        products = search_products(self.database_with(1, 1), "KETTLE 1")
        self.assertEqual([product["name"] for product in products], ["Steel Kettle 1", "Steel Kettle 10"])

    def test_stops_at_the_limit(self):
        self.assertEqual(len(search_products(self.database_with(1, 1), "steel", 4)), 4)


class FindProductBySku(DatabaseTestCase):
    def test_finds_one_product(self):
        self.assertEqual(find_product_by_sku(self.database_with(1, 1), "SKU-7")["price_cents"], 1007)


class TimingsTest(unittest.TestCase):
    def test_keeps_the_latest_thousand_requests_of_a_route(self):
        timings = Timings()
        for duration in range(1_500):
            timings.record("GET /", duration)
        self.assertEqual(
            timings.summary(),
            [{"route": "GET /", "requests": 1_000, "average_ms": 999.5, "slowest_ms": 1_499}],
        )
