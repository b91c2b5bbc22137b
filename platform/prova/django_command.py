"""Django's own command line, in this process, once the embedded mode has prepared the environment."""

import os
from collections.abc import Sequence

from django.core.management import execute_from_command_line


def run(arguments: Sequence[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prova.settings")
    execute_from_command_line(["manage.py", *arguments])
