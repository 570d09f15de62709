import contextlib
import cProfile
import json
import os
import pstats
import sys

from . import drive
from .line_sampler import LineSampler

RUNTIME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Profile:
    """Collects the calls (cProfile) and the lines (sampler) of one or more stretches of a program."""

    def __init__(self, output):
        self.output = output
        self.profile = cProfile.Profile()
        self.sampler = LineSampler(RUNTIME)

    @contextlib.contextmanager
    def recording(self):
        self.sampler.start()
        self.profile.enable()
        try:
            yield
        finally:
            self.profile.disable()
            self.sampler.stop()

    def drive(self, driver, task):
        drive.run(driver, os.path.join(self.output, "drive.json"), task, self.recording)

    def write(self):
        self.write_json("calls.json", dict(self.calls(), version=1, python=sys.version.split()[0]))
        profile = self.sampler.cpu_profile()
        if profile["samples"]:
            self.write_json("lines.cpuprofile", profile)

    def calls(self):
        """pstats' figures: times in seconds, `line` from 1; the sampler's own time is given apart."""
        self.profile.create_stats()
        if not self.profile.stats:
            return {"samplerSeconds": 0, "functions": []}
        functions = [
            {"file": file, "line": line, "name": name, "cc": cc, "nc": nc, "tt": tt, "ct": ct}
            for (file, line, name), (cc, nc, tt, ct, _callers) in pstats.Stats(self.profile).stats.items()
        ]
        return {
            "samplerSeconds": sum(function["tt"] for function in functions if self.is_own(function)),
            "functions": [function for function in functions if not self.is_own(function)],
        }

    def is_own(self, function):
        return function["file"].startswith(RUNTIME)

    def write_json(self, name, value):
        """A killed process leaves the whole file or none."""
        path = os.path.join(self.output, name)
        with open(path + ".part", "w", encoding="utf-8") as file:
            json.dump(value, file)
        os.replace(path + ".part", path)
