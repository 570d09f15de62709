"""Sums up operations, and splits the time between them so that no moment counts twice.

The file it writes is that of Node's recorder (trace/recorder.cjs). Times in milliseconds.
"""

import contextlib
import functools
import gc
import json
import os
import random
import sys
import threading
from threading import get_ident
from time import perf_counter, thread_time

from ..own import is_own

# Where two kinds of operation are waited for at once, the wait is charged to the first of these.
WAITED_FOR = ("database", "network", "file")
# The caller, and who called that: a query in a helper is then known by the loop around the helper, too.
KEPT_FRAMES = 5
# Durations kept of each entry: enough for a p95.
KEPT_DURATIONS = 512
# A program that builds each statement anew would otherwise fill the memory.
MOST_ENTRIES = 5000
# Turning small things into text is not worth an entry; its time still counts.
SHORTEST_SERIALISATION_MS = 0.2


# Looking for the caller costs more than a fast query, so after the first ones only every so many are looked at.
ALWAYS_LOOKED_AT = 32
LOOKED_AT_EVERY = 16
# Seconds. In less, nothing can have been waited for that matters.
SHORTEST_WAIT = 0.0005


class Entry:
    __slots__ = ("count", "total", "longest", "durations")

    def __init__(self):
        self.count = 0
        self.total = 0.0
        self.longest = 0.0
        self.durations = []

    def add(self, ms):
        self.count += 1
        self.total += ms
        if ms > self.longest:
            self.longest = ms
        if self.count <= KEPT_DURATIONS:
            self.durations.append(ms)
        elif random.random() < KEPT_DURATIONS / self.count:
            self.durations[self.count % KEPT_DURATIONS] = ms


class Inside(threading.local):
    any = False


class Shape:
    """An operation without its values, with its entries by the places it was called at."""

    __slots__ = ("seen", "last", "entries")

    def __init__(self):
        self.seen = 0
        self.last = None
        self.entries = {}

    def entry_at(self, places):
        entry = self.entries.get(places)
        if entry is None:
            if len(self.entries) >= MOST_ENTRIES:
                return self.last
            entry = self.entries[places] = Entry()
        self.last = entry
        return entry


class Recorder:
    def __init__(self):
        self.roots = tuple(json.loads(os.environ.get("PERFORMANCE_ENGINEER_ROOTS", "[]")))
        self.main = get_ident()
        # Operations inside of a recorded one are part of it; each thread has its own.
        self.inside = Inside()
        self.gc_started = None
        self.begin()
        # Nothing is recorded before somebody says so: imports are no part of the driven path.
        self.is_active = False
        gc.callbacks.append(self.collected)

    def begin(self, calls=None):
        """Begins a window; what came before is forgotten."""
        self.calls = calls
        self.shapes = {}
        self.sync = {"database": 0.0, "network": 0.0, "file": 0.0, "serialisation": 0.0}
        self.waited = {"database": 0.0, "network": 0.0, "file": 0.0, "nothing": 0.0}
        self.outstanding = {"database": 0, "network": 0, "file": 0}
        self.garbage = 0.0
        self.wall = 0.0
        self.resume()

    def resume(self):
        self.resumed = self.last_end = perf_counter()
        self.last_blocked = self.blocked()
        self.is_active = True

    def end(self):
        """Ends the window, or a stretch of it: `resume` begins the next one."""
        self.flush_blocked()
        self.wall += perf_counter() - self.resumed
        self.is_active = False

    @contextlib.contextmanager
    def recording(self):
        if self.wall:
            self.resume()
        else:
            self.begin()
        try:
            yield
        finally:
            self.end()

    @staticmethod
    def blocked():
        """Seconds in which this thread did not run, so far."""
        return perf_counter() - thread_time()

    def flush_blocked(self):
        """Charges the time without work since the last look to what was waited for."""
        blocked = self.blocked()
        waited_for = next((name for name in WAITED_FOR if self.outstanding[name] > 0), "nothing")
        self.waited[waited_for] += max(0.0, blocked - self.last_blocked) * 1000
        self.last_blocked = blocked

    def collected(self, phase, _info):
        if phase == "start":
            self.gc_started = perf_counter()
        elif self.gc_started is not None and self.is_active:
            self.garbage += (perf_counter() - self.gc_started) * 1000

    def call(self, category, library, shape_of, function, args, kwargs):
        """Runs a call that blocks until it has its result."""
        inside = self.inside
        if not self.is_active or inside.any:
            return function(*args, **kwargs)
        inside.any = True
        is_main = get_ident() == self.main
        start = perf_counter()
        if is_main and start - self.last_end > SHORTEST_WAIT:
            self.flush_blocked()
        try:
            return function(*args, **kwargs)
        finally:
            end = perf_counter()
            ms = (end - start) * 1000
            inside.any = False
            if is_main:
                self.ended_in(category, start, end)
            if category != "serialisation" or ms >= SHORTEST_SERIALISATION_MS:
                shape = self.shape_of(category, library, shape_of(*args, **kwargs))
                seen = shape.seen = shape.seen + 1
                if seen <= ALWAYS_LOOKED_AT or seen % LOOKED_AT_EVERY == 0:
                    shape.entry_at(self.places()).add(ms)
                else:
                    shape.last.add(ms)

    def uncounted(self, category, function, *args):
        """As `call`, for what is a part of another operation: its time counts, and it does not."""
        inside = self.inside
        if not self.is_active or inside.any or get_ident() != self.main:
            return function(*args)
        inside.any = True
        start = perf_counter()
        if start - self.last_end > SHORTEST_WAIT:
            self.flush_blocked()
        try:
            return function(*args)
        finally:
            inside.any = False
            self.ended_in(category, start, perf_counter())

    def ended_in(self, category, start, end):
        """What an operation waited for is in its own time already. Asking for it costs as much as a fast query."""
        self.sync[category] += (end - start) * 1000
        self.last_end = end
        if end - start > SHORTEST_WAIT:
            self.last_blocked = self.blocked()

    def shape_of(self, category, library, text):
        key = (category, library, text)
        shape = self.shapes.get(key)
        if shape is None:
            if len(self.shapes) >= MOST_ENTRIES:
                key = (category, library, "(others)")
            shape = self.shapes.setdefault(key, Shape())
        return shape

    async def call_async(self, category, library, shape_of, function, args, kwargs):
        """Runs a call that is awaited, so that others go on meanwhile."""
        if not self.is_active:
            return await function(*args, **kwargs)
        places = self.places()
        self.flush_blocked()
        self.outstanding[category] += 1
        start = perf_counter()
        try:
            return await function(*args, **kwargs)
        finally:
            self.flush_blocked()
            self.outstanding[category] -= 1
            shape = self.shape_of(category, library, shape_of(*args, **kwargs))
            shape.entry_at(places).add((perf_counter() - start) * 1000)

    def places(self):
        """The frames of the workspace on the stack, innermost first."""
        frame = sys._getframe(2)
        found = ()
        while frame is not None:
            code = frame.f_code
            if is_own(self.roots, code.co_filename):
                found += ((code.co_filename, frame.f_lineno),)
                if len(found) == KEPT_FRAMES:
                    break
            frame = frame.f_back
        return found

    def write(self, output):
        with open(os.path.join(output, f"trace.{os.getpid()}.0.json"), "w", encoding="utf-8") as file:
            json.dump(self.to_json(), file)

    def to_json(self):
        if self.is_active:
            self.end()
        operations = [
            {
                "category": category,
                "library": library,
                "shape": text,
                "places": [{"script": script, "line": line, "column": 1} for script, line in places],
                "count": entry.count,
                "totalMs": entry.total,
                "maxMs": entry.longest,
                "durations": entry.durations,
            }
            for (category, library, text), shape in self.shapes.items()
            for places, entry in shape.entries.items()
        ]
        return {
            "version": 1,
            "wallMs": self.wall * 1000,
            **({} if self.calls is None else {"calls": self.calls}),
            "sync": self.sync,
            "waited": self.waited,
            "garbage": self.garbage,
            "operations": operations,
        }


recorder = Recorder()


def wrap(owner, name, category, library, shape_of):
    """Replaces a function or method by one that records it. `shape_of` gets its arguments."""
    original = getattr(owner, name, None)
    if original is None or hasattr(original, "performance_engineer"):
        return

    @functools.wraps(original)
    def recorded(*args, **kwargs):
        return recorder.call(category, library, shape_of, original, args, kwargs)

    recorded.performance_engineer = True
    setattr(owner, name, recorded)


def wrap_async(owner, name, category, library, shape_of):
    """As `wrap`, for a coroutine function."""
    original = getattr(owner, name, None)
    if original is None or hasattr(original, "performance_engineer"):
        return

    @functools.wraps(original)
    async def recorded(*args, **kwargs):
        return await recorder.call_async(category, library, shape_of, original, args, kwargs)

    recorded.performance_engineer = True
    setattr(owner, name, recorded)
