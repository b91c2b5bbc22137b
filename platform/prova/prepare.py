"""Makes the database ready to serve: `python -m prova.prepare [--demo]`. Safe to repeat; one process, because every
start of Django costs a second."""

import argparse
import os

import django
from django.core.management import call_command


def prepare(demo: bool) -> None:
    for command in ("migrate", "load_bank", "load_exercises", *(("load_demo",) if demo else ())):
        print(f"== {command}", flush=True)
        call_command(command, **({"verbosity": 0} if command == "migrate" else {}))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", action="store_true", help="load the demo courses and people, with known passwords")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prova.settings")
    django.setup()
    prepare(arguments.demo)
