from __future__ import annotations

import sqlite3
import time
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from orders.routes import ROUTES, Call, Reply
from orders.timings import Timings


class App:
    """The application without a transport: the server, the tests and the benchmark all call `handle`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._timings = Timings()

    def handle(self, method: str, url: str, body: Any = None) -> Reply:
        """Answers a request for a path and query, such as "/api/orders?page=2"."""
        parts = urlsplit(url)
        if method == "GET" and parts.path == "/api/stats":
            return Reply(200, self._timings.summary())

        for route in ROUTES:
            match = route.pattern.fullmatch(parts.path) if route.method == method else None
            if match is None:
                continue
            call = Call(self._connection, match.groups(), dict(parse_qsl(parts.query)), body)
            started = time.perf_counter()
            try:
                return route.handler(call)
            finally:
                self._timings.record(route.name, (time.perf_counter() - started) * 1000)
        return Reply(404, {"error": f"Nothing answers {method} {parts.path}."})
