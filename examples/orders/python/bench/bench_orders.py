"""Measures the endpoints in this process, without HTTP, on the prepared database.

    python bench/bench_orders.py [--samples N] [--json FILE]

Prints the percentiles as JSON. --json writes the raw samples, in the order they were taken:
    {"benchmarks": [{"name", "file", "function", "unit": "ms", "samples": [...]}]}
`name` is the route; `file` (relative to the example's folder) and `function` say where the route's
work is done.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Callable
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from orders.app import App  # noqa: E402
from orders.db import open_database  # noqa: E402

WARM_UP_CALLS = 2
SEARCHES = ["kettle", "walnut", "striped wool", "lamp 019", "no such thing"]


@dataclass
class Benchmark:
    name: str
    file: str
    function: str
    samples: int
    """How many samples are taken unless --samples says otherwise."""
    url: Callable[[int], str]
    """The request of the given turn, so that the inputs vary."""


BENCHMARKS = [
    Benchmark(
        "GET /api/orders", "python/orders/orders.py", "list_orders", 20, lambda turn: "/api/orders"
    ),
    Benchmark(
        "GET /api/products/search",
        "python/orders/products.py",
        "search_products",
        100,
        lambda turn: f"/api/products/search?q={quote(SEARCHES[turn % len(SEARCHES)])}",
    ),
    Benchmark(
        "GET /api/orders/:id",
        "python/orders/orders.py",
        "find_order",
        100,
        lambda turn: f"/api/orders/{1 + turn * 7}",
    ),
]


def measure(app: App, benchmark: Benchmark, count: int) -> list[float]:
    samples = []
    for turn in range(-WARM_UP_CALLS, count):
        url = benchmark.url(abs(turn))
        started = time.perf_counter_ns()
        reply = app.handle("GET", url)
        duration = (time.perf_counter_ns() - started) / 1e6
        if reply.status != 200:
            raise RuntimeError(f"GET {url} answered {reply.status}.")
        if turn >= 0:
            samples.append(duration)
    return samples


def percentile(samples: list[float], percent: float) -> float:
    """The nearest-rank percentile: always a value that was measured."""
    return sorted(samples)[max(0, math.ceil(percent / 100 * len(samples)) - 1)]


def summary(name: str, samples: list[float]) -> dict:
    points = {"p50": 50, "p95": 95, "p99": 99, "max": 100}
    figures = {key: round(percentile(samples, percent), 3) for key, percent in points.items()}
    return {"name": name, "unit": "ms", "samples": len(samples), **figures}


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("a whole number above 0 is needed")
    return number


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures the endpoints of the orders example.")
    parser.add_argument("--samples", type=positive, help="samples of each endpoint")
    parser.add_argument("--json", type=Path, help="file for the raw samples")
    options = parser.parse_args()

    with closing(open_database()) as connection:
        app = App(connection)
        results = [
            {
                "name": benchmark.name,
                "file": benchmark.file,
                "function": benchmark.function,
                "unit": "ms",
                "samples": measure(app, benchmark, options.samples or benchmark.samples),
            }
            for benchmark in BENCHMARKS
        ]
    print(json.dumps({"benchmarks": [summary(r["name"], r["samples"]) for r in results]}, indent=2))
    if options.json:
        options.json.write_text(json.dumps({"benchmarks": results}) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
