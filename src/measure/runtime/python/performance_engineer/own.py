"""Which files are those of the workspace."""

import functools
import os

FOREIGN = tuple(f"{os.sep}{name}{os.sep}" for name in ("site-packages", "dist-packages", ".performance", ".venv", "venv"))


@functools.lru_cache(maxsize=None)
def is_own(roots, file):
    """`roots` are the folders of the workspace, each with a separator at its end."""
    return file.startswith(roots) and not any(part in file for part in FOREIGN)
