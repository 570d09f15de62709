import json
import threading
from urllib.error import HTTPError
from urllib.request import urlopen

from orders.app import App
from orders.server import OrdersServer
from tests.support import DatabaseTestCase


class Server(DatabaseTestCase):
    def setUp(self):
        self.server = OrdersServer(App(self.database_with(12, 2)), port=0)
        thread = threading.Thread(target=self.server.serve_forever)
        thread.start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(thread.join)
        self.addCleanup(self.server.shutdown)

    def request(self, path, body=None):
        url = f"http://127.0.0.1:{self.server.server_port}{path}"
        try:
            with urlopen(url, data=body, timeout=10) as response:
                return response.status, json.load(response)
        except HTTPError as error:
            with error:
                return error.code, json.load(error)

    def test_lists_orders_by_page(self):
        status, body = self.request("/api/orders?page=2&page_size=5")
        self.assertEqual(status, 200)
        self.assertEqual([order["id"] for order in body["orders"]], [7, 6, 5, 4, 3])

    def test_searches_products_and_insists_on_a_query(self):
        self.assertEqual(len(self.request("/api/products/search?q=kettle")[1]["products"]), 10)
        self.assertEqual(self.request("/api/products/search")[0], 400)

    def test_knows_a_single_order_product_and_customer(self):
        self.assertEqual(len(self.request("/api/orders/3")[1]["items"]), 2)
        self.assertEqual(self.request("/api/products/SKU-4")[1]["price_cents"], 1004)
        self.assertEqual(len(self.request("/api/customers/1/orders")[1]["orders"]), 6)
        self.assertEqual(self.request("/api/orders/99")[0], 404)

    def test_takes_a_new_order_and_refuses_a_malformed_one(self):
        order = {"customer_id": 1, "items": [{"product_id": 1, "quantity": 1}]}
        self.assertEqual(self.request("/api/orders", json.dumps(order).encode())[0], 201)
        self.assertEqual(self.request("/api/orders", b'{"customer_id": 1, "items": []}')[0], 400)
        unknown = {"customer_id": 1, "items": [{"product_id": 77, "quantity": 1}]}
        self.assertEqual(self.request("/api/orders", json.dumps(unknown).encode())[0], 400)
        self.assertEqual(self.request("/api/orders", b"{")[0], 400)

    def test_reports_how_long_each_route_took(self):
        self.request("/api/orders")
        entries = self.request("/api/stats")[1]
        self.assertEqual([(e["route"], e["requests"]) for e in entries], [("GET /api/orders", 1)])
