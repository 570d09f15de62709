"""Runs something after a module was imported, whenever that is."""

import importlib.abc
import sys


def watch(actions):
    """`actions` by the full name of a module; each gets the module. Those that are imported already are done at once."""
    for name in [name for name in actions if name in sys.modules]:
        actions.pop(name)(sys.modules[name])
    sys.meta_path.insert(0, Finder(actions))


class Finder(importlib.abc.MetaPathFinder):
    def __init__(self, actions):
        self.actions = actions

    def find_spec(self, name, path=None, target=None):
        """Lets the other finders find it, and acts when their loader has executed it."""
        action = self.actions.pop(name, None)
        if action is None:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else getattr(finder, "find_spec", lambda *_: None)(name, path, target)
            if spec is not None:
                act_after(spec, action)
                return spec
        return None


def act_after(spec, action):
    execute = getattr(spec.loader, "exec_module", None)
    if execute is None:
        return

    def exec_module(module):
        execute(module)
        action(module)

    # A loader may serve several modules; this one serves one.
    spec.loader = OneModule(spec.loader, exec_module)


class OneModule:
    def __init__(self, loader, exec_module):
        self.loader = loader
        self.exec_module = exec_module

    def __getattr__(self, name):
        return getattr(self.loader, name)
