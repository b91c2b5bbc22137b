"""Publishes the question files; safe to repeat."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from questionbank.actions import Publication, is_published, publish_question
from questionbank.bank import Bank, DrawnBank, DrawnQuestion, draw_bank, read_bank
from questionbank.indexing import index_missing

SHOWN_ERRORS = 20


class Command(BaseCommand):
    help = "Publish every question whose text, key or variants changed. Nothing is published while lint finds errors."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--directory", type=Path, default=settings.QUESTIONS_DIR, help="folder of *.yaml files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # generators load the reference library; the web process must never get here by an import
        from questionbank.generators import all_generators

        bank = read_bank(options["directory"], shown_from=Path.cwd())
        drawn = draw_bank(bank, all_generators())
        # what is published was checked then; at most starts of the site nothing is new
        if bank.findings or drawn.findings or not all(self._is_published(each) for each in drawn.questions):
            self._refuse_errors(bank, drawn)
        with transaction.atomic():
            publications = [
                publish_question(each.located.definition, each.variants) for each in drawn.questions
            ]
        # of a site that is older than the index, or than its rules
        index_missing()
        self._tell(publications)

    @staticmethod
    def _is_published(drawn: DrawnQuestion) -> bool:
        return is_published(drawn.located.definition, drawn.variants)

    def _refuse_errors(self, bank: Bank, drawn: DrawnBank) -> None:
        from questionbank.linting import errors_in, lint

        errors = errors_in(lint(bank, drawn, settings.BANK_LANGUAGES))
        if errors:
            shown = "\n".join(map(str, errors[:SHOWN_ERRORS]))
            raise CommandError(
                f"Nothing was published: {len(errors)} errors in the question files. Correct them "
                f"(all of them: manage.py lint_bank).\n{shown}"
            )

    def _tell(self, publications: list[Publication]) -> None:
        new = [publication for publication in publications if publication.is_new]
        first = sum(publication.version.number == 1 for publication in new)
        for publication in new:
            for language in publication.perhaps_stale:
                self.stdout.write(
                    f"{publication.version}: the source text changed and {language} did not; read it once more"
                )
        self.stdout.write(
            f"Question bank: {len(publications)} questions, {first} new, {len(new) - first} changed, "
            f"{len(publications) - len(new)} unchanged."
        )
