"""Calls a driver's function again and again and writes what it took.

The driver defines `call(context)`, and where it needs them `set_up()`, `tear_down(context)`
and `OPTIONS`. The written times are those of the measured window only.
"""

import asyncio
import contextlib
import inspect
import json
import math
import runpy
import time

DEFAULTS = {"warm_up_calls": 20, "maximum_calls": 1000, "maximum_seconds": 3}
# Shorter calls are timed in batches, because reading the clock would be most of their time.
SHORTEST_SAMPLE_MS = 0.02


def run(driver_file, output_file, recording=contextlib.nullcontext):
    driver = runpy.run_path(driver_file)
    options = dict(DEFAULTS, **driver.get("OPTIONS", {}))
    seconds, maximum = options["maximum_seconds"], options["maximum_calls"]
    loop = asyncio.new_event_loop()
    context = driver["set_up"]() if "set_up" in driver else None

    call = driver["call"]
    first = call(context)
    is_async = inspect.isawaitable(first)
    if is_async:
        loop.run_until_complete(first)

    def sample(calls):
        """Milliseconds per call."""
        start = time.perf_counter_ns()
        for _ in range(calls):
            result = call(context)
            if is_async:
                loop.run_until_complete(result)
        return (time.perf_counter_ns() - start) / calls / 1e6

    last = repeat(lambda: sample(1), options["warm_up_calls"], seconds / 2)[-1]
    calls_per_sample = max(1, math.ceil(SHORTEST_SAMPLE_MS / max(last, 1e-6)))
    with recording():
        samples = repeat(lambda: sample(calls_per_sample), maximum, seconds)
    if "tear_down" in driver:
        driver["tear_down"](context)
    loop.close()
    with open(output_file, "w", encoding="utf-8") as file:
        json.dump({"version": 1, "callsPerSample": calls_per_sample, "samples": samples}, file)


def repeat(take, maximum, seconds):
    """At least one result, at most `maximum`, none begun after `seconds`."""
    deadline = time.perf_counter() + seconds
    results = [take()]
    while len(results) < maximum and time.perf_counter() < deadline:
        results.append(take())
    return results

