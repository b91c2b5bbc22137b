"""A course to try Prova with: people, quizzes, coding assignments. Safe to repeat. Not for a real site."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from prova.accounts.models import User
from prova.assignments.demo import create_demo_assignments
from prova.assignments.models import Exercise
from prova.courses.models import Course, Enrolment, Role
from prova.quizzes.authoring import define_quiz
from prova.quizzes.definitions import BadDefinition, read_quizzes

COURSE = {
    "slug": "edge-deep-learning",
    "titles": {"en": "Deep learning at the edge", "pt-br": "Aprendizado profundo na borda"},
    "descriptions": {
        "en": "Make networks small and fast: pruning, quantization, coding, and what they cost on a real device.",
        "pt-br": "Redes pequenas e rápidas: poda, quantização, codificação e o que custam em um dispositivo real.",
    },
}
#: (user name, first name, last name, role); everybody can read these passwords, so they are for trying only
PEOPLE = (
    ("ada", "Ada", "Moreira", Role.INSTRUCTOR),
    ("lin", "Lin", "Chen", Role.LEARNER),
    ("maria", "Maria", "Souza", Role.LEARNER),
    ("joao", "João", "Pereira", Role.LEARNER),
)


def demo_password(username: str) -> str:
    return f"{username}-demo"


class Command(BaseCommand):
    help = "Load the demo course: four people, the quizzes of the content folder, its assignments. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                course = self._course()
                self._people(course)
                self._work(course)
        except (BadDefinition, OSError) as error:
            raise CommandError(str(error)) from None
        except Exercise.DoesNotExist:
            raise CommandError(
                "an exercise of the demo is not loaded: run `manage.py load_exercises` first"
            ) from None
        for username, _first, _last, role in PEOPLE:
            self.stdout.write(f"login: {username} {demo_password(username)} {role.value}")

    def _course(self) -> Course:
        texts = {"titles": COURSE["titles"], "descriptions": COURSE["descriptions"]}
        course, _is_new = Course.objects.update_or_create(slug=COURSE["slug"], defaults=texts)
        return course

    def _people(self, course: Course) -> None:
        for username, first, last, role in PEOPLE:
            user, is_new = User.objects.get_or_create(
                username=username, defaults={"first_name": first, "last_name": last}
            )
            if is_new:
                user.set_password(demo_password(username))
                user.save(update_fields=["password"])
            Enrolment.objects.get_or_create(course=course, user=user, defaults={"role": role})

    def _work(self, course: Course) -> None:
        for definition in read_quizzes(settings.QUIZZES_FILE):
            define_quiz(course, definition)
        create_demo_assignments(course)
