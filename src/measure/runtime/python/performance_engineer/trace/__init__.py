"""Records what leaves the process (queries, requests, files) and what it costs to turn data into text and back."""

import os

from .. import calls
from . import databases, files, post_import, requests, serialisation
from .recorder import recorder

__all__ = ["Trace"]


class Trace:
    """A recorder for the runner: of stretches of a program, or of a known number of calls."""

    def __init__(self, output):
        self.output = output
        files.record()
        serialisation.record()
        post_import.watch({**databases.MODULES, **requests.MODULES})

    def recording(self):
        return recorder.recording()

    def drive(self, driver, task):
        calls.run(driver, os.path.join(self.output, "calls.json"), task, recorder)

    def write(self):
        recorder.write(self.output)
