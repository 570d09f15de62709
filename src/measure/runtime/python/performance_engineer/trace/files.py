"""Files that are opened. What is read from them afterwards is waiting, or work of the application."""

import builtins
import io
import os

from .recorder import recorder


def shape_of(file, mode="r", *_args, **_kwargs):
    extension = os.path.splitext(os.fsdecode(file))[1] if isinstance(file, (str, bytes, os.PathLike)) else ""
    return f"open {mode} *{extension}" if extension else f"open {mode}"


def record():
    original = builtins.open

    def recorded(file, *args, **kwargs):
        # Files that no code of the workspace is on the way to are opened by imports and libraries.
        if not recorder.places():
            return original(file, *args, **kwargs)
        return recorder.call("file", "open", shape_of, original, (file, *args), kwargs)

    builtins.open = io.open = recorded
