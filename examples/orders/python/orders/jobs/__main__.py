"""python -m orders.jobs <job>"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from orders.db import APPLICATION, open_database
from orders.jobs.export_lines import export_order_lines
from orders.jobs.import_prices import import_prices
from orders.jobs.refresh_tracking import HttpCarrier, refresh_tracking

EXAMPLE = APPLICATION.parent
USAGE = """Usage: python -m orders.jobs <job>
  export [folder]          write all order lines to a CSV file (default: out)
  import-prices [file]     take over a price list (default: data/price-list.csv)
  refresh-tracking <url>   ask the carrier's service at this address about open shipments"""


def run(connection: sqlite3.Connection, job: str | None, argument: str | None) -> str | None:
    """Runs a job and says what it did, or returns None where there is no such job."""
    if job == "export":
        done = export_order_lines(connection, Path(argument or EXAMPLE / "out"))
        total = done["revenue_cents"] / 100
        return f"{done['lines']} order lines written to {done['file']}, {total:.2f} in total."
    if job == "import-prices":
        done = import_prices(connection, Path(argument or EXAMPLE / "data" / "price-list.csv"))
        unknown = len(done["unknown_skus"])
        return f"{done['updated']} prices updated, {unknown} unknown products skipped."
    if job == "refresh-tracking" and argument:
        arrived = asyncio.run(refresh_tracking(connection, HttpCarrier(argument)))
        return f"{arrived} orders have arrived."
    return None


def main(arguments: list[str]) -> int:
    job, argument = (arguments + [None, None])[:2]
    with closing(open_database()) as connection:
        message = run(connection, job, argument)
    if message is None:
        print(USAGE, file=sys.stderr)
        return 2
    print(message)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
