"""Calls a driver's function a known number of times, for recorders that count.

One call goes before, so that nothing is recorded of connecting.
"""

import json
import math

from .driver import Driver

# Shorter calls are repeated, so that there is enough to take shares of.
WANTED_MS = 200
MOST_CALLS = 20


def run(driver_file, output_file, task, recorder):
    driver = Driver(driver_file, task)
    context = driver.set_up()
    most = getattr(recorder, "MOST_CALLS", MOST_CALLS)
    calls = min(most, max(1, math.ceil(WANTED_MS / max(driver.time_calls(context, 1), 1e-6))))
    recorder.begin(calls)
    driver.time_calls(context, calls)
    recorder.end()
    driver.tear_down(context)
    driver.close()
    with open(output_file, "w", encoding="utf-8") as file:
        json.dump({"version": 1, "calls": calls}, file)
