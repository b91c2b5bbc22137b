"""Makes the database ready to serve: `python -m prova.prepare [--demo | --no-content]`. Safe to repeat; one process,
because every start of Django costs a second."""

import argparse
import os
import sys
from collections.abc import Sequence

import django
from django.core.management import CommandError, call_command

CONTENT = ("load_bank", "load_exercises")
DEMO = (*CONTENT, "load_demo")


def prepare(loaders: Sequence[str]) -> None:
    call_command("migrate", verbosity=0)
    for command in loaders:
        print(f"== {command}", flush=True)
        call_command(command)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--demo", action="store_true", help="load the demo course and its people too")
    which.add_argument("--no-content", action="store_true", help="only bring the tables up to date")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prova.settings")
    django.setup()
    try:
        prepare(() if arguments.no_content else DEMO if arguments.demo else CONTENT)
    except CommandError as error:
        sys.exit(str(error))
