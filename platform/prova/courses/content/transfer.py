"""Courses from the database to files and back. Inside a transaction of the caller's."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from prova.assignments.models import Assignment, Exercise
from prova.courses.content.course_file import (
    WrittenAssignment,
    WrittenCourse,
    read_course,
    write_course,
    written_assignment,
    written_course,
)
from prova.courses.models import Course
from prova.quizzes.authoring import define_quiz, definition_of
from prova.quizzes.definitions import BadDefinition, QuizDefinition, parse_quizzes, write_quizzes
from prova.quizzes.models import Accommodation, Quiz
from questionbank.content_files.folder import ReadFolder
from questionbank.findings import Finding


def course_files(courses: QuerySet[Course]) -> dict[str, bytes]:
    files = {}
    for course in courses.order_by("slug"):
        home = f"courses/{course.slug}"
        files[f"{home}/course.yaml"] = write_course(written_course(course))
        quizzes = [definition_of(quiz) for quiz in Quiz.objects.filter(course=course).order_by("pk")]
        files[f"{home}/quizzes.yaml"] = write_quizzes(quizzes)
    return {path: text.encode() for path, text in files.items()}


def what_stays(courses: QuerySet[Course]) -> list[str]:
    """What somebody who moves courses to another site has to take there by hand, in sentences."""
    quizzes = Quiz.objects.filter(course__in=courses)
    locked = quizzes.exclude(password="").order_by("slug").values_list("slug", flat=True)
    granted = Accommodation.objects.filter(quiz__in=quizzes).count()
    said = [f"The passwords of these quizzes stay here: {', '.join(locked)}."] if locked else []
    return said + ([f"What single learners are granted stays here ({granted})."] if granted else [])


class CourseImport:
    """Finds everything that is wrong before it is told; what it wrote until then the caller rolls back."""

    def __init__(self, *, overwrite: bool) -> None:
        self.overwrite = overwrite
        self.counts: Counter[str] = Counter()
        self.findings: list[Finding] = []
        #: sentences for who imports
        self.said: list[str] = []

    def apply(self, folder: ReadFolder) -> None:
        for path, content in folder.under("courses", "/course.yaml"):
            file = Path(path)
            written, findings = read_course(content.decode("utf-8", "replace"), file)
            self.findings += findings
            if written is None or findings:
                continue
            course = self._course(written, file)
            for assignment in written.assignments:
                self._assignment(course, assignment, file)
            quizzes = file.with_name("quizzes.yaml")
            if quizzes.as_posix() in folder.files:
                self._quizzes(course, folder.files[quizzes.as_posix()].decode("utf-8", "replace"), quizzes)

    def _course(self, written: WrittenCourse, file: Path) -> Course:
        said = {"titles": dict(written.titles), "descriptions": dict(written.descriptions)}
        course, is_new = Course.objects.get_or_create(slug=written.slug, defaults=said)
        same = (course.titles, course.descriptions) == (said["titles"], said["descriptions"])
        if self._may_write(
            is_new, same, "courses", f"the course “{written.slug}”", Finding(file, 1, "course", "")
        ):
            Course.objects.filter(pk=course.pk).update(**said)
        return course

    def _may_write(self, is_new: bool, same: bool, kind: str, what: str, at: Finding) -> bool:
        outcome = "new" if is_new else "unchanged" if same else "changed"
        self.counts[f"{kind} {outcome}"] += 1
        if outcome == "changed" and not self.overwrite:
            message = (
                f"{what} says something else here; import with --overwrite, or leave it out of the folder"
            )
            self.findings.append(Finding(at.file, at.line, at.rule, message))
            return False
        return outcome == "changed"

    def _assignment(self, course: Course, written: WrittenAssignment, file: Path) -> None:
        exercise = Exercise.objects.filter(slug=written.exercise).order_by("-pk").first()
        at = Finding(file, written.line, "assignment", "")
        if exercise is None:
            message = f"the exercise “{written.exercise}” is not loaded; run manage.py load_exercises first"
            self.findings.append(Finding(file, written.line, at.rule, message))
            return
        values = {"exercise_slug": exercise.slug, "titles": dict(written.titles), **written.settings}
        there, is_new = Assignment.objects.get_or_create(
            course=course, slug=written.slug, defaults={**values, "exercise": exercise}
        )
        same = written_assignment(there) == written
        if self._may_write(is_new, same, "assignments", f"the assignment “{written.slug}”", at):
            moved = {} if there.exercise_slug == exercise.slug else {"exercise": exercise}
            Assignment.objects.filter(pk=there.pk).update(**values, **moved)

    def _quizzes(self, course: Course, text: str, file: Path) -> None:
        try:
            definitions = parse_quizzes(text, file.name)
        except BadDefinition as problem:
            self.findings.append(Finding(file, 1, "quiz", str(problem)))
            return
        for definition in definitions:
            self._quiz(course, definition, Finding(file, _line_of(text, definition.slug), "quiz", ""))

    def _quiz(self, course: Course, definition: QuizDefinition, at: Finding) -> None:
        there = Quiz.objects.filter(course=course, slug=definition.slug).first()
        same = there is not None and _says_the_same(there, definition)
        may_write = self._may_write(there is None, same, "quizzes", f"the quiz “{definition.slug}”", at)
        if there is not None and not may_write:
            return
        try:
            if there is not None:
                _back_to_defaults(there)
            quiz = define_quiz(course, definition)
            if quiz.awaits_password:
                self.said.append(
                    f"the quiz “{quiz.slug}” of “{course.slug}” needs a password, which no file holds: it stays a draft until "
                    "an instructor sets one in its rules and publishes it"
                )
        except BadDefinition as problem:
            self.findings.append(Finding(at.file, at.line, at.rule, str(problem)))


#: What a definition may leave unsaid, and define_quiz would leave as it was. Networks and the password are not here: a
#: file that is silent about them does not open a quiz.
_UNSAID = (
    *("opens_at", "start_until", "closes_at", "closing_cuts", "feedback_policy", "layout", "is_one_way"),
    *("languages", "guessing_penalty", "marks_blind", "tells_score", "tells_key", "tells_explanations"),
)


def _back_to_defaults(quiz: Quiz) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(**_defaults())


def _defaults() -> dict[str, Any]:
    return {name: Quiz._meta.get_field(name).get_default() for name in _UNSAID}  # type: ignore[union-attr]


def _says_the_same(there: Quiz, definition: QuizDefinition) -> bool:
    """Of what the file leaves unsaid, the default is meant; who may start stays as it is."""
    here, plain = definition_of(there), _defaults()
    tells = tuple(name for name in ("score", "key", "explanations") if plain.pop(f"tells_{name}"))
    meant = {**plain, "tells": tells, "languages": tuple(plain["languages"]), "networks": here.networks}
    unsaid = {name: value for name, value in meant.items() if getattr(definition, name) is None}
    if here.needs_password and not definition.needs_password:
        unsaid |= {"needs_password": True, "is_published": True}
    return write_quizzes([here]) == write_quizzes([replace(definition, **unsaid)])


def _line_of(text: str, slug: str) -> int:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip().removeprefix("- ") == f"slug: {slug}":
            return number
    return 1
