"""Reads a folder that export_content wrote, or an author: all of it or nothing."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from prova.accounts.models import User
from prova.courses.content.transfer import CourseImport
from questionbank.content_files.folder import FolderProblem, read_folder
from questionbank.content_files.importing import BadContent, apply_bank_content, read_bank_content
from questionbank.drawing_process import DrawingFailed


class Command(BaseCommand):
    help = (
        "Read a folder of questions, pictures, tags, collections, courses, quizzes and assignments. Nothing is imported "
        "while anything is wrong; every problem is listed with its file and line. Safe to repeat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument(
            "--overwrite", action="store_true", help="also over what was changed here since it was exported"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and change nothing"
        )
        parser.add_argument(
            "--owner", metavar="USERNAME", help="of new collections; else the first superuser"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        owner = self._owner(options["owner"])
        try:
            with transaction.atomic():
                counts, said = self._import(options["directory"], owner, overwrite=options["overwrite"])
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except BadContent as problem:
            raise CommandError(
                f"Nothing was imported: {len(problem.findings)} problems.\n{problem}"
            ) from None
        except (FolderProblem, DrawingFailed) as problem:
            raise CommandError(f"Nothing was imported: {problem}") from None
        for sentence in said:
            self.stdout.write(sentence)
        for what in sorted(counts):
            self.stdout.write(f"{what}: {counts[what]}")
        if options["dry_run"]:
            self.stdout.write("Nothing was changed: this was a dry run.")

    def _import(
        self, directory: Path, owner: User | None, *, overwrite: bool
    ) -> tuple[Counter[str], list[str]]:
        folder = read_folder(directory)
        content = read_bank_content(folder)
        counts, said = apply_bank_content(content, overwrite=overwrite, owner=owner)
        courses = CourseImport(overwrite=overwrite)
        courses.apply(folder)
        if courses.findings:
            raise BadContent(courses.findings)
        return counts + courses.counts, [*said, *courses.said]

    def _owner(self, username: str | None) -> User | None:
        if not username:
            return User.objects.filter(is_superuser=True).order_by("pk").first()
        try:
            return User.objects.get(username=username)
        except User.DoesNotExist:
            raise CommandError(f"there is no user “{username}”") from None
