"""Turning data into text and back."""

import json

from .recorder import wrap


def record():
    for name in ("dumps", "loads", "dump", "load"):
        wrap(json, name, "serialisation", "json", lambda *_args, name=name, **_kwargs: f"json.{name}")
