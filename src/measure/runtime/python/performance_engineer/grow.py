"""Calls a driver's function with larger and larger sizes.

Writes one line of JSON for each size as soon as it is known, like grow.mjs: a size that never ends
costs only itself. The task has {"growth": {"sizes": [...]}} or
{"growth": {"start", "largest", "longestCallMs", "mostBytes"}}.
"""

import json
import math
import statistics
import sys
import time

from .driver import Driver

try:
    import resource
except ImportError:  # Windows
    resource = None

WARM_UP_SECONDS = 0.1
# How long each size is measured, unless a single call takes longer.
SIZE_SECONDS = 0.06
FEWEST_SAMPLES = 3
# A sample shorter than this is made of several calls, because reading the clock would be most of its time.
SHORTEST_SAMPLE_MS = 0.05
# More than n^3 on a doubled size: from there on sizes grow by small steps.
STEEP = 9
SMALL_STEP = 1 / 16


def run(driver_file, output_file, task):
    with open(output_file, "w", encoding="utf-8") as output:
        growth = Growth(Driver(driver_file, task), output)
        wanted = task["growth"]
        growth.write({"end": growth.measure_all(wanted["sizes"]) if "sizes" in wanted else growth.explore(**wanted)})


class Growth:
    def __init__(self, driver, output):
        self.driver = driver
        self.output = output
        self.is_warm = False

    def measure_all(self, sizes):
        for size in sizes:
            self.measure(size)
        return "size"

    def explore(self, start, largest, longestCallMs=math.inf, mostBytes=math.inf):
        """Doubles the size until the next one would take too long or too much memory. Returns why it stopped."""
        size, previous, is_steep = start, None, False
        while size <= largest:
            point = self.measure(size)
            # A machine that is busy with something else looks steep, too, but not twice.
            if not is_steep and ratio_of(point, previous) > STEEP and point["fastest"] < longestCallMs / 2:
                point = self.measure(size)
            if point["bytes"] > mostBytes / 2:
                return "memory"
            fastest, ratio = point["fastest"], ratio_of(point, previous)
            is_steep = is_steep or ratio > STEEP
            following = size + max(1, round(size * SMALL_STEP)) if is_steep else size * 2
            # What takes a small step grows by its part of the last one.
            part = (following - size) / (size - previous["n"]) if is_steep and previous else 1
            if fastest * max(ratio, 1) ** part > longestCallMs or fastest > longestCallMs / 2:
                return "time"
            previous, size = point, following
        return "size"

    def measure(self, size):
        # Said first, so that whoever stops this knows at which size it hangs.
        self.write({"begins": size})
        driver = self.driver
        context = driver.set_up(size)
        calls = max(1, math.ceil(SHORTEST_SAMPLE_MS / max(self.warm_up(context), 1e-6)))
        samples = []
        end = time.perf_counter() + SIZE_SECONDS
        while len(samples) < FEWEST_SAMPLES or time.perf_counter() < end:
            samples.append(driver.time_calls(context, calls))
            if samples[0] > SIZE_SECONDS * 1000 * FEWEST_SAMPLES:
                break
        driver.tear_down(context)
        point = {"n": size, "ms": statistics.median(samples), "fastest": min(samples), "bytes": memory_bytes()}
        self.write(point)
        return point

    def warm_up(self, context):
        """Returns the last call's milliseconds."""
        end = time.perf_counter() + (SIZE_SECONDS / 4 if self.is_warm else WARM_UP_SECONDS)
        self.is_warm = True
        while True:
            last = self.driver.time_calls(context, 1)
            if time.perf_counter() >= end:
                return last

    def write(self, line):
        self.output.write(json.dumps(line) + "\n")
        self.output.flush()


def ratio_of(point, previous):
    """How much longer a call takes than at the size before, where it takes long enough to tell."""
    if previous is None or point["fastest"] <= SHORTEST_SAMPLE_MS:
        return 1
    return point["fastest"] / previous["fastest"]


def memory_bytes():
    """The most the process has had so far; 0 where the system does not say."""
    if resource is None:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
