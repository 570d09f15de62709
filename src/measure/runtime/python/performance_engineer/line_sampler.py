import os
import pathlib
import signal
from time import perf_counter

INTERVAL_SECONDS = 0.001
# Long programs are sampled more and more rarely, so that the samples fit in memory.
SAMPLES_UNTIL_SLOWER = 20_000


class LineSampler:
    """Samples the main thread's stack on a wall-clock timer, because cProfile knows no lines.

    The stacks become a V8 .cpuprofile, which VS Code's own viewer opens. Systems without
    interval timers (Windows) give no samples. A program that takes SIGALRM for itself ends
    the sampling and is not disturbed.
    """

    def __init__(self, own_folder):
        self.own_folder = own_folder
        self.interval = INTERVAL_SECONDS
        self.until_slower = SAMPLES_UNTIL_SLOWER
        self.samples = []
        self.previous_handler = None

    def start(self):
        if not hasattr(signal, "setitimer"):
            return
        self.previous_handler = signal.signal(signal.SIGALRM, self.sample)
        signal.siginterrupt(signal.SIGALRM, False)
        self.last = perf_counter()
        signal.setitimer(signal.ITIMER_REAL, self.interval, self.interval)

    def stop(self):
        if hasattr(signal, "setitimer") and signal.getsignal(signal.SIGALRM) == self.sample:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self.previous_handler)

    def sample(self, _signal, frame):
        """A sample weighs the time since the one before: signals wait while C code blocks.

        It runs under cProfile, which charges for every call; so it makes as few as it can.
        """
        if frame is None:
            return
        now = perf_counter()
        line = frame.f_lineno
        stack = ()
        while frame is not None:
            stack += (frame.f_code,)
            frame = frame.f_back
        self.samples += ((stack, line, now - self.last),)
        self.last = now
        self.until_slower -= 1
        if self.until_slower == 0:
            self.until_slower = SAMPLES_UNTIL_SLOWER
            self.interval *= 2
            signal.setitimer(signal.ITIMER_REAL, self.interval, self.interval)

    def cpu_profile(self):
        tree = Tree()
        for stack, line, seconds in self.samples:
            keys = self.program_frames(stack)
            if keys:
                tree.add(reversed(keys), line, round(seconds * 1e6))
        return tree.cpu_profile()

    def program_frames(self, stack):
        """Innermost first, without the runner's frames; empty for a sample taken while importing."""
        keys = []
        for code in stack:
            if code.co_filename.startswith("<frozen importlib"):
                return []
            if code.co_filename.startswith(self.own_folder):
                break
            keys.append((code.co_name, code.co_filename, code.co_firstlineno))
        return keys


class Tree:
    """A call tree in the shape of a V8 profile."""

    def __init__(self):
        self.nodes = []
        self.by_identity = {}
        self.samples = []
        self.deltas = []
        self.root = self.node_of(0, ("(root)", "", 1))

    def add(self, keys, line, microseconds):
        node = self.root
        for key in keys:
            node = self.node_of(node["id"], key)
        node["hitCount"] += 1
        node["ticks"][line] = node["ticks"].get(line, 0) + 1
        self.samples.append(node["id"])
        self.deltas.append(microseconds)

    def node_of(self, parent, key):
        node = self.by_identity.get((parent, key))
        if node is None:
            node = {"id": len(self.nodes) + 1, "frame": key, "hitCount": 0, "children": [], "ticks": {}}
            self.by_identity[parent, key] = node
            self.nodes.append(node)
            if parent:
                self.nodes[parent - 1]["children"].append(node["id"])
        return node

    def cpu_profile(self):
        return {
            "nodes": [v8_node(node) for node in self.nodes],
            "startTime": 0,
            "endTime": sum(self.deltas),
            "samples": self.samples,
            "timeDeltas": self.deltas,
        }


def v8_node(node):
    name, file, first_line = node["frame"]
    url = pathlib.Path(file).as_uri() if os.path.isabs(file) else file
    return {
        "id": node["id"],
        "callFrame": {
            "functionName": name,
            "scriptId": "0",
            "url": url,
            "lineNumber": first_line - 1,
            "columnNumber": 0,
        },
        "hitCount": node["hitCount"],
        "children": node["children"],
        "positionTicks": [{"line": line, "ticks": count} for line, count in node["ticks"].items()],
    }
