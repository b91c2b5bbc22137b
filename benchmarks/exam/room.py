"""The exam on a real site: its students, its quiz, and what the database says afterwards."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import psycopg

from benchmarks.exam.connection import Connection, Request
from benchmarks.exam.plan import Plan, Sitting
from benchmarks.exam.processors import Sample, Use, sample, use
from benchmarks.exam.student import Student
from tests.site import Site

PASSWORD = "an exam of many"
QUESTIONS = 20

MAKE = """
from datetime import timedelta
from django.contrib.auth.hashers import make_password
from prova.accounts.models import User
from prova.courses.models import Course, Enrolment
from prova.gradebook.policies import Counts
from prova.quizzes.authoring import define_quiz
from prova.quizzes.definitions import read_quizzes
from pathlib import Path
course, _new = Course.objects.get_or_create(slug="exams", defaults={{"titles": {{"en": "Exams"}}}})
for quiz in read_quizzes(Path({file!r})):
    define_quiz(course, quiz)
password = make_password({password!r})
people = User.objects.bulk_create(User(username=name, password=password) for name in {names!r})
Enrolment.objects.bulk_create(Enrolment(course=course, user=person, role="learner") for person in people)
"""
#: of types that a program can answer at random, and that score themselves
CHOOSE = """
from questionbank.models import Question
types = ("single_choice", "multiple_choice", "numeric", "true_false", "matching")
for question in Question.objects.filter(item_type__in=types).order_by("?")[:{count}]:
    print("question", question.slug)
"""


@dataclass(frozen=True)
class Loss:
    """All of it should be 0."""

    answers: int
    attempts_not_submitted: int
    attempts_doubled: int
    grades_missing_or_doubled: int

    @property
    def any(self) -> bool:
        return any(vars(self).values())


@dataclass(frozen=True)
class Sat:
    """An exam that is over."""

    doors_open_at: float
    used: Mapping[str, Use]  #: by the name of the phase


class Room:
    """One exam after another on one site; every exam has a quiz and students of its own."""

    def __init__(self, site: Site) -> None:
        self._site = site
        listed = site.manage("shell", "-c", CHOOSE.format(count=QUESTIONS)).splitlines()
        self._questions = [line.split()[1] for line in listed if line.startswith("question ")]
        self._exams = 0

    def open(self, plan: Plan) -> list[Student]:
        self._exams += 1
        slug = f"exam-{self._exams}"
        names = {name: f"{slug}-{name}" for name in plan.names()}
        file = self._site.data / f"{slug}.yaml"
        file.write_text(_quiz_file(slug, self._questions, plan.seconds), encoding="utf-8")
        made = MAKE.format(file=str(file), password=PASSWORD, names=list(names.values()))
        self._site.manage("shell", "-c", made)
        return [self._student(sitting, names[sitting.student], slug) for sitting in plan.sittings()]

    def sit(self, students: Sequence[Student], plan: Plan | None = None) -> "Sat":
        """All of them at once. With the plan, the processors are looked at between its phases."""
        phases = plan.phases() if plan else []
        samples: list[Sample] = []
        doors_open_at = time.monotonic() + 0.5

        async def look(at_s: float) -> None:
            await asyncio.sleep(max(0.0, doors_open_at + at_s - time.monotonic()))
            samples.append(self.processors())

        async def all_of_them() -> None:
            moments = [0.0, *(phase.to_s for phase in phases)] if phases else []
            await asyncio.gather(*(student.sit(doors_open_at) for student in students), *map(look, moments))

        asyncio.run(all_of_them())
        used = {phase.name: use(*pair) for phase, pair in zip(phases, pairwise(samples), strict=True)}
        return Sat(doors_open_at, used)

    def processors(self) -> Sample:
        """Of the parts of the site that run now."""
        return sample(time.monotonic(), self._site.status().pids)

    def lost(self, students: Sequence[Student]) -> Loss:
        """Every answer that was confirmed, looked up in the database."""
        attempts = [student.attempt for student in students if student.attempt is not None]
        newest = self._newest_answers(attempts)
        return Loss(
            answers=sum(
                newest.get(int(item)) != answer
                for student in students
                for item, answer in student.confirmed.items()
            ),
            attempts_not_submitted=self._count(
                "select count(*) from quizzes_attempt where id = any(%s)"
                " and (submitted_at is null or score is null)",
                attempts,
            ),
            attempts_doubled=self._count(
                "select count(*) from (select quiz_id, learner_id from quizzes_attempt where (quiz_id, learner_id)"
                " in (select quiz_id, learner_id from quizzes_attempt where id = any(%s))"
                " group by 1, 2 having count(*) > 1) doubled",
                attempts,
            ),
            grades_missing_or_doubled=self._count(
                "select count(*) from (select a.id from quizzes_attempt a left join gradebook_gradebookentry g"
                " on g.learner_id = a.learner_id and g.quiz_id = a.quiz_id where a.id = any(%s)"
                " group by a.id having count(g.id) <> 1) wrong",
                attempts,
            ),
        )

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self._site.status().database_url, connect_timeout=5) as connection:
            return connection.execute(query, values).fetchall()

    def _newest_answers(self, attempts: list[int]) -> dict[int, list[str]]:
        found = self.rows(
            "select distinct on (r.attempt_item_id) r.attempt_item_id, r.raw from quizzes_response r"
            " join quizzes_attemptitem i on i.id = r.attempt_item_id where i.attempt_id = any(%s)"
            " order by r.attempt_item_id, r.id desc",
            attempts,
        )
        return dict(found)

    def _count(self, query: str, attempts: list[int]) -> int:
        return int(self.rows(query, attempts)[0][0])

    def _student(self, sitting: Sitting, name: str, slug: str) -> Student:
        where = urlsplit(self._site.url)
        connection = Connection(where.hostname or "", where.port or 80)
        own = Sitting(**{**vars(sitting), "student": name})
        return Student(own, connection, f"/courses/exams/quizzes/{slug}/", PASSWORD)


def requests_of(students: Sequence[Student]) -> list[Request]:
    return [request for student in students for request in student.connection.requests]


def _quiz_file(slug: str, questions: Sequence[str], seconds: float) -> str:
    asked = "\n".join(f"      - id: {question}" for question in questions)
    minutes = max(1, round(seconds / 60 + 5))
    return (
        f"quizzes:\n  - slug: {slug}\n    titles: {{en: Exam, pt-br: Prova}}\n"
        f"    time_limit_min: {minutes}\n    attempts: 1\n    questions:\n{asked}\n"
    )
