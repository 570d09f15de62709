def recording_plugin(pytest, recorder):
    """A pytest plugin that records the tests alone: not collection, imports or reports."""

    class RecordTests:
        @pytest.hookimpl(hookwrapper=True)
        def pytest_runtest_call(self, item):
            with recorder.recording():
                yield

        @pytest.hookimpl(tryfirst=True)
        def pytest_cmdline_main(self, config):
            """Tests that pytest-xdist hands to other processes would not be recorded."""
            if hasattr(config.option, "numprocesses"):
                config.option.numprocesses = 0
                config.option.dist = "no"
                config.option.tx = []

    return RecordTests()
