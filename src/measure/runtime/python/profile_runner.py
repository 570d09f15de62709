"""Runs a program under cProfile and a line sampler, and writes both to a folder.

    profile_runner.py OUTPUT file PROGRAM [ARGUMENT...]
    profile_runner.py OUTPUT unittest [ARGUMENT...]
    profile_runner.py OUTPUT pytest [ARGUMENT...]
    profile_runner.py OUTPUT drive DRIVER [TASK]
    profile_runner.py OUTPUT time DRIVER [TASK]      without any profiler
    profile_runner.py OUTPUT grow DRIVER TASK FILE   without any profiler

A task is JSON: see performance_engineer/driver.py.

The program's exit code is kept, and the profile is written also when it fails.
"""

import json
import os
import runpy
import sys

# The folder of this file may be read-only, and is no place for compiled files.
WRITES_NONE = sys.dont_write_bytecode
sys.dont_write_bytecode = True
from performance_engineer import drive, grow  # noqa: E402
from performance_engineer.pytest_recording import recording_plugin  # noqa: E402
from performance_engineer.recorder import Recorder  # noqa: E402

sys.dont_write_bytecode = WRITES_NONE


def main():
    output, kind, arguments = sys.argv[1], sys.argv[2], sys.argv[3:]
    if kind == "time":
        drive.run(arguments[0], os.path.join(output, "drive.json"), task_of(arguments))
        return
    if kind == "grow":
        grow.run(arguments[0], os.path.join(output, arguments[2]), task_of(arguments))
        return
    recorder = Recorder(output)
    try:
        code = RUNNERS[kind](recorder, arguments)
    finally:
        recorder.write()
    sys.exit(code)


def run_file(recorder, arguments):
    program = os.path.abspath(arguments[0])
    sys.argv = arguments
    sys.path[0] = os.path.dirname(program)
    with recorder.recording():
        runpy.run_path(program, run_name="__main__")


def run_unittest(recorder, arguments):
    """Tests are loaded before the recording begins: imports are no part of the driven path."""
    import unittest

    class RecordingRunner(unittest.TextTestRunner):
        def run(self, test):
            with recorder.recording():
                return super().run(test)

    sys.path[0] = os.getcwd()
    unittest.main(module=None, argv=["unittest"] + arguments, testRunner=RecordingRunner)


def run_pytest(recorder, arguments):
    try:
        import pytest
    except ModuleNotFoundError:
        recorder.write_json("problem.json", {"missingModule": "pytest"})
        raise

    sys.path[0] = os.getcwd()
    return int(pytest.main(arguments, plugins=[recording_plugin(pytest, recorder)]))


def run_driver(recorder, arguments):
    drive.run(arguments[0], os.path.join(recorder.output, "drive.json"), task_of(arguments), recorder.recording)


def task_of(arguments):
    return json.loads(arguments[1]) if len(arguments) > 1 else {}


RUNNERS = {"file": run_file, "unittest": run_unittest, "pytest": run_pytest, "drive": run_driver}

if __name__ == "__main__":
    main()
