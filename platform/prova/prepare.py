"""Makes the database ready to serve: `python -m prova.prepare [--demo | --no-content]`. Safe to repeat; one process,
because every start of Django costs a second."""

import argparse
import os
import sys
from collections.abc import Sequence

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError, connection
from psycopg.errors import InsufficientPrivilege

from prova.embedded.refusal import REFUSED, Refusal

CONTENT = ("load_bank", "load_exercises")
DEMO = (*CONTENT, "load_demo")


def prepare(loaders: Sequence[str]) -> None:
    """Raises Refusal, CommandError."""
    migrate()
    for command in loaders:
        print(f"== {command}", flush=True)
        call_command(command)


def migrate() -> None:
    """Raises Refusal where the operator's database does not let Prova in, or make its tables."""
    try:
        connection.ensure_connection()
        call_command("migrate", verbosity=0)
    except (OperationalError, ProgrammingError) as error:
        if isinstance(error, ProgrammingError) and not isinstance(error.__cause__, InsufficientPrivilege):
            raise
        what = str(error).partition("\n")[0].removeprefix("connection failed: ")
        raise Refusal(
            f"The database that DATABASE_URL names cannot be used ({what}): start it, let its user in and make tables, "
            "or correct DATABASE_URL; without DATABASE_URL, `manage.py up` starts a database of its own."
        ) from None


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--demo", action="store_true", help="load the demo course and its people too")
    which.add_argument("--no-content", action="store_true", help="only bring the tables up to date")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prova.settings")
    try:
        django.setup()
        prepare(() if chosen.no_content else DEMO if chosen.demo else CONTENT)
    except (Refusal, ImproperlyConfigured) as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(REFUSED)
    except CommandError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv[1:])
