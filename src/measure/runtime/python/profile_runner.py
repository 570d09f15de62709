"""Runs a program and records it, and writes what was recorded to a folder.

    profile_runner.py OUTPUT RECORDER file PROGRAM [ARGUMENT...]
    profile_runner.py OUTPUT RECORDER unittest [ARGUMENT...]
    profile_runner.py OUTPUT RECORDER pytest [ARGUMENT...]
    profile_runner.py OUTPUT RECORDER drive DRIVER [TASK]
    profile_runner.py OUTPUT time drive DRIVER [TASK]      without any recorder
    profile_runner.py OUTPUT grow drive DRIVER TASK FILE   without any recorder

RECORDER is one of: `profile`, which is cProfile and a line sampler; `trace`, the queries, requests and files;
`counts`, how often lines run; `memory`, what is allocated and kept.
A task is JSON: see performance_engineer/driver.py. The program's exit code is kept, and what was recorded is written also when it fails.
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

sys.dont_write_bytecode = WRITES_NONE


def main():
    output, mode, kind, arguments = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
    if mode == "time":
        drive.run(arguments[0], os.path.join(output, "drive.json"), task_of(arguments))
        end()
    if mode == "grow":
        grow.run(arguments[0], os.path.join(output, arguments[2]), task_of(arguments))
        end()
    recorder = RECORDERS[mode](output)
    try:
        code = RUNNERS[kind](recorder, arguments)
    finally:
        recorder.write()
    if kind == "drive":
        end()
    sys.exit(code)


def end():
    """Pools and threads that the subject of a driver has left behind would keep the process from ending."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def profile(output):
    from performance_engineer.profile import Profile

    return Profile(output)


def trace(output):
    from performance_engineer.trace import Trace

    return Trace(output)


def counts(output):
    from performance_engineer.counts import Counts

    return Counts(output)


def memory(output):
    from performance_engineer.memory import Memory

    return Memory(output)


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
        with open(os.path.join(recorder.output, "problem.json"), "w", encoding="utf-8") as file:
            json.dump({"missingModule": "pytest"}, file)
        raise

    sys.path[0] = os.getcwd()
    return int(pytest.main(arguments, plugins=[recording_plugin(pytest, recorder)]))


def run_driver(recorder, arguments):
    recorder.drive(arguments[0], task_of(arguments))


def task_of(arguments):
    return json.loads(arguments[1]) if len(arguments) > 1 else {}


RECORDERS = {"profile": profile, "trace": trace, "counts": counts, "memory": memory}
RUNNERS = {"file": run_file, "unittest": run_unittest, "pytest": run_pytest, "drive": run_driver}

if __name__ == "__main__":
    main()
