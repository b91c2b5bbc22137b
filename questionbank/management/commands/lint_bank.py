"""Checks every question, of the files or of the database; exit code 1 when something must be corrected."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from questionbank.bank import Bank, DrawnBank, DrawnQuestion, draw_bank, read_bank
from questionbank.formats.yaml_file import LocatedQuestion
from questionbank.questions import definition_of, latest_versions, variant_of


class Command(BaseCommand):
    help = "Check the questions: structure, keys, variants, languages. Exit code 1 on errors."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--directory", type=Path, default=settings.QUESTIONS_DIR, help="folder of *.yaml files"
        )
        parser.add_argument("--report", action="store_true", help="also print the table question x language")
        parser.add_argument(
            "--coverage", action="store_true", help="also print the table topic x level x type x language"
        )
        parser.add_argument(
            "--database", action="store_true", help="what is published, not the files; also what the web made"
        )
        parser.add_argument("--quiet", action="store_true", help="leave the warnings out")

    def handle(self, *args: Any, **options: Any) -> None:
        from questionbank.linting import errors_in, lint
        from questionbank.linting.coverage import coverage
        from questionbank.linting.program_runs import unproved_outputs
        from questionbank.linting.report import language_matrix
        from questionbank.linting.subject import Subject

        bank, drawn = published_bank() if options["database"] else self._of_files(options["directory"])
        subjects = [Subject(question) for question in drawn.questions]
        findings = [*lint(bank, drawn, settings.BANK_LANGUAGES), *unproved_outputs(subjects)]
        errors = errors_in(findings)
        for finding in errors if options["quiet"] else findings:
            self.stdout.write(str(finding))
        if options["report"]:
            self.stdout.write("\n".join(language_matrix(bank, drawn, findings, settings.BANK_LANGUAGES)))
        if options["coverage"]:
            self.stdout.write("\n".join(coverage(_covered(bank, drawn), settings.BANK_LANGUAGES)))
        self.stdout.write(
            f"{len(bank.questions)} questions, {sum(len(each.variants) for each in drawn.questions)} variants: "
            f"{len(errors)} errors, {len(findings) - len(errors)} warnings"
        )
        if errors:
            raise SystemExit(1)

    @staticmethod
    def _of_files(folder: Path) -> tuple[Bank, DrawnBank]:
        # generators load the reference library; the web process must never get here by an import
        from questionbank.generators import all_generators

        bank = read_bank(folder, shown_from=Path.cwd())
        return bank, draw_bank(bank, all_generators())


def _covered(bank: Bank, drawn: DrawnBank) -> list[Any]:
    from questionbank.linting.coverage import Covered

    variants = {each.located.definition.id: len(each.variants) for each in drawn.questions}
    return [Covered(each.definition, variants.get(each.definition.id, 0)) for each in bank.questions]


def published_bank() -> tuple[Bank, DrawnBank]:
    """The newest version of every question with its stored variants; a finding names the version as its file."""
    drawn = []
    for version in latest_versions().prefetch_related("variants"):
        definition = definition_of(version)
        file = Path(f"{version.question.slug}@{version.number}")
        variants = sorted(version.variants.all(), key=lambda variant: variant.number)
        located = LocatedQuestion(definition, file, {}, sound=True)
        drawn.append(DrawnQuestion(located, tuple(map(variant_of, variants))))
    return Bank(tuple(each.located for each in drawn), ()), DrawnBank(tuple(drawn), ())
