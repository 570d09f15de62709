import asyncio
import tempfile
from pathlib import Path

from orders.jobs.export_lines import export_order_lines
from orders.jobs.import_prices import import_prices
from orders.jobs.refresh_tracking import refresh_tracking
from orders.orders import list_orders
from orders.products import find_product_by_sku
from tests.support import DatabaseTestCase


class InTemporaryFolder(DatabaseTestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)


class ExportOrderLines(InTemporaryFolder):
    def test_writes_each_line_and_sums_up(self):
        done = export_order_lines(self.database_with(20, 5), self.folder)
        written = done["file"].read_text(encoding="utf-8").splitlines()
        self.assertEqual(len(written), 101)
        self.assertEqual(written[1], "1,2026-01-01T00:01:00Z,SKU-1,2,10.00")
        self.assertEqual(done["lines"], 100)
        self.assertEqual(done["revenue_cents"], 100 * 2 * 1000)
        self.assertEqual(done["units_by_sku"]["SKU-3"], 20)


class ImportPrices(InTemporaryFolder):
    def test_updates_what_it_knows_and_names_the_rest(self):
        connection = self.database_with(1, 1)
        file = self.folder / "prices.csv"
        file.write_text("sku,price\nSKU-2,12.34\nSKU-99,1.00\n\nSKU-5,0.29\n", encoding="utf-8")
        self.assertEqual(import_prices(connection, file), {"updated": 2, "unknown_skus": ["SKU-99"]})
        self.assertEqual(find_product_by_sku(connection, "SKU-2")["price_cents"], 1234)
        self.assertEqual(find_product_by_sku(connection, "SKU-5")["price_cents"], 29)


class DeliversOne:
    async def status_of(self, tracking_number):
        return "delivered" if tracking_number == "TRK2" else "on its way"


class RefreshTracking(DatabaseTestCase):
    def test_marks_what_the_carrier_has_delivered(self):
        connection = self.database_with(4, 1)
        self.assertEqual(asyncio.run(refresh_tracking(connection, DeliversOne())), 1)
        statuses = [order["status"] for order in list_orders(connection, 1, 10)]
        self.assertEqual(statuses, ["shipped", "shipped", "delivered", "shipped"])
