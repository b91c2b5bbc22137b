"""Checks every question file; exit code 1 when something must be corrected before publishing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from questionbank.bank import draw_bank, read_bank


class Command(BaseCommand):
    help = "Check the question files: structure, keys, variants, both languages. Exit code 1 on errors."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--directory", type=Path, default=settings.QUESTIONS_DIR, help="folder of *.yaml files"
        )
        parser.add_argument("--report", action="store_true", help="also print the table question x language")
        parser.add_argument("--quiet", action="store_true", help="leave the warnings out")

    def handle(self, *args: Any, **options: Any) -> None:
        # generators load the reference library; the web process must never get here by an import
        from questionbank.generators import all_generators
        from questionbank.linting import errors_in, lint
        from questionbank.linting.program_runs import unproved_outputs
        from questionbank.linting.report import language_matrix
        from questionbank.linting.subject import Subject

        bank = read_bank(options["directory"], shown_from=Path.cwd())
        drawn = draw_bank(bank, all_generators())
        subjects = [Subject(question) for question in drawn.questions]
        findings = [*lint(bank, drawn, settings.BANK_LANGUAGES), *unproved_outputs(subjects)]
        errors = errors_in(findings)
        for finding in errors if options["quiet"] else findings:
            self.stdout.write(str(finding))
        if options["report"]:
            self.stdout.write("\n".join(language_matrix(bank, drawn, findings, settings.BANK_LANGUAGES)))
        self.stdout.write(
            f"{len(bank.questions)} questions, {sum(len(each.variants) for each in drawn.questions)} variants: "
            f"{len(errors)} errors, {len(findings) - len(errors)} warnings"
        )
        if errors:
            raise SystemExit(1)
