from __future__ import annotations

from collections import deque
from statistics import mean

KEPT_PER_ROUTE = 1_000


class Timings:
    """How long the latest requests of each route took, in milliseconds."""

    def __init__(self) -> None:
        self._durations: dict[str, deque[float]] = {}

    def record(self, route: str, duration_ms: float) -> None:
        durations = self._durations.setdefault(route, deque(maxlen=KEPT_PER_ROUTE))
        durations.append(duration_ms)

    def summary(self) -> list[dict]:
        return [
            {
                "route": route,
                "requests": len(durations),
                "average_ms": mean(durations),
                "slowest_ms": max(durations),
            }
            for route, durations in self._durations.items()
        ]
