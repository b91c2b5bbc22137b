"""Writes every question file in its one canonical form; with --check, says which are not. Exit code 1 then."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from questionbank.formats.canonical import canonical


class Command(BaseCommand):
    help = "Write the question files in their canonical form (same content, same hashes). --check only looks."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--directory", type=Path, default=settings.QUESTIONS_DIR, help="folder of *.yaml files"
        )
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit code 1 where files differ"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        faulty = changed = 0
        files = sorted(options["directory"].glob("*.yaml"))
        for file in files:
            before = file.read_text(encoding="utf-8")
            written = canonical(before, file)
            faulty += written.text is None
            for finding in written.findings:
                self.stdout.write(str(finding))
            if written.text is not None and written.text != before:
                changed += 1
                self.stdout.write(
                    f"{file}: {'would be written anew' if options['check'] else 'written anew'}"
                )
                if not options["check"]:
                    file.write_text(written.text, encoding="utf-8")
        done = "to be written anew" if options["check"] else "written anew"
        canonical_already = len(files) - changed - faulty
        self.stdout.write(
            f"{len(files)} files: {canonical_already} canonical already, {changed} {done}, {faulty} faulty and not touched."
        )
        if faulty or (changed and options["check"]):
            raise SystemExit(1)
