"""Traces what is allocated and still there, with tracemalloc, which slows a program down by up to seventeen times.

Writes `memory.<pid>.0.json`.
"""

import contextlib
import gc
import json
import os
import tracemalloc

from . import calls
from .own import is_own

# Enough to come from a library to the line of the workspace that called it.
FRAMES = 8
FOREIGN_ALLOCATIONS = [tracemalloc.Filter(False, tracemalloc.__file__), tracemalloc.Filter(False, "<frozen *>")]


class Memory:
    """A recorder for the runner."""

    # What is kept shows after a few calls, and each takes many times as long.
    MOST_CALLS = 3

    def __init__(self, output):
        self.output = output
        self.roots = tuple(json.loads(os.environ.get("PERFORMANCE_ENGINEER_ROOTS", "[]")))
        self.written = {"version": 1, "peakBytes": 0, "lines": []}

    def begin(self, count=None):
        if count is not None:
            self.written["calls"] = count
        gc.collect()
        tracemalloc.start(FRAMES)
        self.before = tracemalloc.take_snapshot()
        tracemalloc.reset_peak()
        self.at_begin = tracemalloc.get_traced_memory()[0]

    def end(self):
        _now, peak = tracemalloc.get_traced_memory()
        gc.collect()
        after = tracemalloc.take_snapshot()
        tracemalloc.stop()
        self.written["peakBytes"] = max(self.written["peakBytes"], peak - self.at_begin)
        changes = after.filter_traces(FOREIGN_ALLOCATIONS).compare_to(self.before.filter_traces(FOREIGN_ALLOCATIONS), "traceback")
        kept = {}
        for change in changes:
            place = self.own_place(change.traceback)
            if place is not None:
                kept[place] = kept.get(place, 0) + change.size_diff
        self.written["lines"] += [{"script": file, "line": line - 1, "bytes": size} for (file, line), size in kept.items() if size > 0]

    def own_place(self, traceback):
        """The innermost frame of the workspace; tracemalloc gives the outermost first."""
        return next(((frame.filename, frame.lineno) for frame in reversed(traceback) if is_own(self.roots, frame.filename)), None)

    @contextlib.contextmanager
    def recording(self):
        self.begin()
        try:
            yield
        finally:
            self.end()

    def drive(self, driver, task):
        calls.run(driver, os.path.join(self.output, "calls.json"), task, self)

    def write(self):
        with open(os.path.join(self.output, f"memory.{os.getpid()}.0.json"), "w", encoding="utf-8") as file:
            json.dump(self.written, file)
