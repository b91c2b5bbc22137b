"""Publishes the question files; safe to repeat."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from questionbank.actions import is_published
from questionbank.asset_actions import store_files_of
from questionbank.bank import Bank, DrawnBank, DrawnQuestion, draw_bank, read_bank
from questionbank.findings import Finding
from questionbank.indexing import index_missing
from questionbank.loading import Loaded, LoadOutcome, publish_from_file

SHOWN_ERRORS = 20


class Command(BaseCommand):
    help = "Publish every question whose text, key or variants changed. Nothing is published while lint finds errors."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--directory", type=Path, default=settings.QUESTIONS_DIR, help="folder of *.yaml files"
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="publish files also over what was written on the web since",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # generators load the reference library; the web process must never get here by an import
        from questionbank.generators import all_generators

        bank = read_bank(options["directory"], shown_from=Path.cwd())
        drawn = draw_bank(bank, all_generators())
        findings = self._checked(bank, drawn)
        with transaction.atomic():
            store_files_of(
                (each.located.definition for each in drawn.questions),
                options["directory"].resolve().parent / "images",
            )
            loaded = [
                publish_from_file(each.located.definition, each.variants, overwrite=options["overwrite"])
                for each in drawn.questions
            ]
            self._refuse_errors(findings())  # takes back what was published meanwhile
        # of a site that is older than the index, or than its rules
        index_missing()
        self._tell(loaded)

    def _checked(self, bank: Bank, drawn: DrawnBank) -> Callable[[], list[Finding]]:
        from questionbank.linting.beside import lint_beside

        # what is published was checked then; at most starts of the site nothing is new
        is_new = bank.findings or drawn.findings or not all(map(self._is_published, drawn.questions))
        return lint_beside(bank, drawn, settings.BANK_LANGUAGES) if is_new else list

    @staticmethod
    def _is_published(drawn: DrawnQuestion) -> bool:
        return is_published(drawn.located.definition, drawn.variants)

    def _refuse_errors(self, findings: list[Finding]) -> None:
        from questionbank.linting import errors_in

        errors = errors_in(findings)
        if errors:
            shown = "\n".join(map(str, errors[:SHOWN_ERRORS]))
            raise CommandError(
                f"Nothing was published: {len(errors)} errors in the question files. Correct them "
                f"(all of them: manage.py lint_bank).\n{shown}"
            )

    def _tell(self, loaded: list[Loaded]) -> None:
        for sentence in filter(None, map(str, loaded)):
            self.stdout.write(sentence)
        counts = Counter(each.outcome for each in loaded)
        always = (LoadOutcome.NEW, LoadOutcome.CHANGED, LoadOutcome.UNCHANGED)
        said = [
            f"{counts[outcome]} {outcome}" for outcome in LoadOutcome if outcome in always or counts[outcome]
        ]
        self.stdout.write(f"Question bank: {len(loaded)} questions, {', '.join(said)}.")
