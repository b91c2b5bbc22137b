"""Debian's browser for the browser tests: it is installed with the system, not with the Python packages."""

import shutil

from prova.embedded.verification import CHROMIUM_NAMES


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
