"""A driver's file, ready to be called.

The driver defines `call(context, subject)`, and where it needs them `SUBJECT`, `set_up(size, subject)`,
`tear_down(context)` and `OPTIONS`. A task may replace the subject and options:
{"options"?: {...}, "subject"?: {"module": name, "exported": name}, "keepResult"?: true}.
"""

import asyncio
import importlib
import inspect
import runpy
import time

DEFAULTS = {"size": 100, "warm_up_calls": 20, "maximum_calls": 1000, "maximum_seconds": 3}


class Driver:
    def __init__(self, file, task):
        self.names = runpy.run_path(file)
        self.options = dict(DEFAULTS, **self.names.get("OPTIONS", {}))
        self.options.update(task.get("options", {}))
        self.subject = self.names.get("SUBJECT")
        if "subject" in task:
            module = importlib.import_module(task["subject"]["module"])
            self.subject = getattr(module, task["subject"]["exported"])
        self.loop = asyncio.new_event_loop()
        # Known from the first call on: asking each time would be most of a short call's time.
        self.is_async = None

    def set_up(self, size=None):
        if "set_up" not in self.names:
            return None
        return self.names["set_up"](self.options["size"] if size is None else size, self.subject)

    def call(self, context):
        result = self.names["call"](context, self.subject)
        if self.is_async is None:
            self.is_async = inspect.isawaitable(result)
        return self.loop.run_until_complete(result) if self.is_async else result

    def time_calls(self, context, calls):
        """Milliseconds per call."""
        call = self.call
        start = time.perf_counter_ns()
        for _ in range(calls):
            call(context)
        return (time.perf_counter_ns() - start) / calls / 1e6

    def tear_down(self, context):
        if "tear_down" in self.names:
            self.names["tear_down"](context)

    def close(self):
        self.loop.close()
