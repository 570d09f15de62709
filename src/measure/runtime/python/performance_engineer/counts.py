"""Counts how often functions and lines of the workspace run, and how large the collections are that it was asked about.

Counting slows a program down by up to thirty times, so no time of such a run means anything.
Writes `counts.<pid>.0.json` in the form of Node's recorder, with lines in place of blocks.
"""

import collections
import contextlib
import json
import os
import sys
import threading

from . import calls
from .own import is_own

# Sizes kept of each collection: enough for a median.
KEPT = 1000
# Asking a lazy collection for its length may run a query, and so change what is measured.
SIZED = (list, tuple, set, frozenset, dict, str, bytes, bytearray, collections.deque)


class Counts:
    """A recorder for the runner."""

    def __init__(self, output):
        self.output = output
        self.roots = tuple(json.loads(os.environ.get("PERFORMANCE_ENGINEER_ROOTS", "[]")))
        self.probes = collections.defaultdict(list)
        for probe in json.loads(os.environ.get("PERFORMANCE_ENGINEER_PROBES", "[]")):
            self.probes[probe["file"], probe["line"] + 1].append((probe["id"], compile(probe["expression"], "<size>", "eval")))
        self.forget()

    def forget(self):
        self.window = None
        self.functions = collections.Counter()
        self.lines = collections.Counter()
        self.sizes = {}

    def begin(self, count=None):
        self.forget()
        self.window = count
        self.resume()

    def resume(self):
        threading.settrace(self.enter)
        sys.settrace(self.enter)

    def end(self):
        sys.settrace(None)
        threading.settrace(None)

    @contextlib.contextmanager
    def recording(self):
        self.resume()
        try:
            yield
        finally:
            self.end()

    def drive(self, driver, task):
        calls.run(driver, os.path.join(self.output, "calls.json"), task, self)

    def enter(self, frame, event, _argument):
        """Called for each function that begins; what it answers is called for the function's lines."""
        code = frame.f_code
        if event != "call" or not is_own(self.roots, code.co_filename):
            return None
        self.functions[code] += 1
        return self.count_line

    def count_line(self, frame, event, _argument):
        if event == "line":
            place = (frame.f_code.co_filename, frame.f_lineno)
            self.lines[place] += 1
            if place in self.probes:
                self.probe(place, frame)
        return self.count_line

    def probe(self, place, frame):
        for name, expression in self.probes[place]:
            try:
                value = eval(expression, frame.f_globals, frame.f_locals)
            except Exception:
                # A name that is not bound yet has no size.
                continue
            if isinstance(value, SIZED):
                seen = self.sizes.setdefault(name, {"id": name, "count": 0, "largest": 0, "kept": []})
                seen["count"] += 1
                seen["largest"] = max(seen["largest"], len(value))
                if len(seen["kept"]) < KEPT:
                    seen["kept"].append(len(value))

    def write(self):
        with open(os.path.join(self.output, f"counts.{os.getpid()}.0.json"), "w", encoding="utf-8") as file:
            json.dump(self.to_json(), file)

    def to_json(self):
        scripts = collections.defaultdict(lambda: {"functions": [], "lines": []})
        for code, count in self.functions.items():
            # A comprehension is a function to Python and part of one to people.
            if not code.co_name.startswith("<"):
                scripts[code.co_filename]["functions"].append({"name": code.co_name, "start": [code.co_firstlineno - 1, 0], "count": count})
        for (file, line), count in self.lines.items():
            scripts[file]["lines"].append([line - 1, count])
        return {
            "version": 1,
            **({} if self.window is None else {"calls": self.window}),
            "scripts": [dict(script=file, **counts) for file, counts in scripts.items()],
            "sizes": list(self.sizes.values()),
        }
