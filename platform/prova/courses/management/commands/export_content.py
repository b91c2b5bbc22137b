"""Writes the bank and the courses as files that live in git."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import QuerySet

from prova.courses.content.transfer import course_files, what_stays
from prova.courses.models import Course
from questionbank.content_files.export import bank_files
from questionbank.content_files.folder import FolderProblem, write_folder


class Command(BaseCommand):
    help = (
        "Write questions, pictures, tags, collections, courses, quizzes and assignments into a folder. The same "
        "content is the same bytes. It holds every key, so keep it where learners cannot read it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument(
            "--course", action="append", default=[], metavar="SLUG", help="only this one; may be repeated"
        )

    @staticmethod
    def _files(courses: QuerySet[Course]) -> dict[str, bytes]:
        """Of one moment of the database, whoever publishes meanwhile."""
        is_first = not connection.in_atomic_block
        with transaction.atomic():
            if is_first:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            return bank_files() | course_files(courses)

    def handle(self, *args: Any, **options: Any) -> None:
        courses = Course.objects.all()
        if options["course"]:
            courses = courses.filter(slug__in=options["course"])
            unknown = set(options["course"]) - set(courses.values_list("slug", flat=True))
            if unknown:
                raise CommandError(f"there is no course {', '.join(sorted(unknown))}")
        try:
            files = self._files(courses)
            write_folder(options["directory"], files)
        except FolderProblem as problem:
            raise CommandError(str(problem)) from None
        size = sum(map(len, files.values()))
        self.stdout.write(f"{len(files)} files, {size} bytes, in {options['directory']}.")
        for sentence in what_stays(courses):
            self.stdout.write(sentence)
