"""Calls a driver's function again and again and writes what it took.

The written times are those of the measured window only.
"""

import contextlib
import json
import math
import time

from .driver import Driver
from .plain_result import plain_result

# Shorter calls are timed in batches, because reading the clock would be most of their time.
SHORTEST_SAMPLE_MS = 0.02


def run(driver_file, output_file, task, recording=contextlib.nullcontext):
    driver = Driver(driver_file, task)
    options = driver.options
    seconds, maximum = options["maximum_seconds"], options["maximum_calls"]
    context = driver.set_up()
    written = {"version": 1}
    if task.get("keepResult"):
        written["result"] = plain_result(driver.call(context))

    last = repeat(lambda: driver.time_calls(context, 1), options["warm_up_calls"], seconds / 2)[-1]
    calls_per_sample = max(1, math.ceil(SHORTEST_SAMPLE_MS / max(last, 1e-6)))
    with recording():
        samples = repeat(lambda: driver.time_calls(context, calls_per_sample), maximum, seconds)
    driver.tear_down(context)
    driver.close()
    written.update(callsPerSample=calls_per_sample, samples=samples)
    with open(output_file, "w", encoding="utf-8") as file:
        json.dump(written, file)


def repeat(take, maximum, seconds):
    """At least one result, at most `maximum`, none begun after `seconds`."""
    deadline = time.perf_counter() + seconds
    results = [take()]
    while len(results) < maximum and time.perf_counter() < deadline:
        results.append(take())
    return results
