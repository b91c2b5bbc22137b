"""Between quizzes in the database and definitions in files."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from prova.courses.models import Course
from prova.gradebook.policies import Counts
from prova.quizzes.actions.publish import publish_quiz
from prova.quizzes.actions.structure import places_of
from prova.quizzes.authoring_refusals import QuizNotReady
from prova.quizzes.definition import (
    Asked,
    AskedPool,
    AskedQuestion,
    BadDefinition,
    QuizDefinition,
    SectionDefinition,
)
from prova.quizzes.models import Pool, Quiz, QuizItem, Section
from questionbank.questions import latest_versions
from questionbank.selection import Selection

_RULES = (
    "opens_at",
    "start_until",
    "closes_at",
    "closing_cuts",
    "feedback_policy",
    "layout",
    "is_one_way",
    "networks",
    "languages",
    "guessing_penalty",
    "marks_blind",
)


@transaction.atomic
def define_quiz(course: Course, definition: QuizDefinition) -> Quiz:
    """Make the quiz say what the definition says, with the newest version of each question; safe to repeat.

    Attempts keep the versions they began with. Where a password is needed and none is set here, the quiz stays a draft
    until an instructor sets one. Raises BadDefinition for what cannot be published, for example a question that is not
    in the bank, and for a quiz that is open without the password it needs.
    """
    _refuse_open(course, definition)
    quiz, _is_new = Quiz.objects.update_or_create(
        course=course, slug=definition.slug, defaults=_fields(definition)
    )
    _set_places(quiz, definition)
    if definition.needs_password:
        return _with_password(quiz)
    if not definition.is_published:
        Quiz.objects.filter(pk=quiz.pk).update(is_published=False)
        quiz.refresh_from_db()
        return quiz
    return _published(quiz)


def _published(quiz: Quiz) -> Quiz:
    try:
        return publish_quiz(quiz.pk)
    except QuizNotReady as refusal:
        raise BadDefinition(f"quiz {quiz.slug}: {' '.join(refusal.reasons)}") from None


def _refuse_open(course: Course, definition: QuizDefinition) -> None:
    is_open = Quiz.objects.filter(course=course, slug=definition.slug, is_published=True, password="")
    if definition.needs_password and is_open.exists():
        raise BadDefinition(
            f"quiz {definition.slug}: needs a password, but is published here without one; set it in the quiz's rules first"
        )


def _with_password(quiz: Quiz) -> Quiz:
    """Published or not as it was: a file neither opens such a quiz nor closes it."""
    if quiz.is_published:
        return _published(quiz)
    quiz.awaits_password = not quiz.password
    quiz.save(update_fields=["awaits_password"])
    return quiz


def definition_of(quiz: Quiz) -> QuizDefinition:
    """All that a file can say: that there is a password, never which; what single learners are granted stays here."""
    needs_password = bool(quiz.password) or quiz.awaits_password
    rules: dict[str, Any] = {name: getattr(quiz, name) for name in _RULES}
    rules["networks"], rules["languages"] = tuple(quiz.networks), tuple(quiz.languages)
    asked: dict[int | None, list[Asked]] = {}
    for place in places_of(quiz):
        asked.setdefault(place.section_id, []).append(_asked(place))
    sections = [
        SectionDefinition(
            titles=section.titles,
            instructions=section.instructions,
            is_shuffled=section.is_shuffled,
            asks=tuple(asked.get(section.pk, ())),
        )
        for section in quiz.sections.all()
    ]
    return QuizDefinition(
        slug=quiz.slug,
        titles=quiz.titles,
        descriptions=quiz.descriptions,
        time_limit_s=quiz.time_limit_s,
        attempts_allowed=quiz.attempts_allowed,
        counts=Counts(quiz.counts),
        asks=tuple(asked.get(None, ())),
        sections=tuple(sections),
        tells=tuple(name for name in ("score", "key", "explanations") if getattr(quiz, f"tells_{name}")),
        needs_password=needs_password,
        is_published=quiz.is_published or needs_password,
        **rules,
    )


def _asked(place: QuizItem | Pool) -> Asked:
    if isinstance(place, Pool):
        source = Selection.from_json(place.source)
        return AskedPool(source=source, draws=place.draws, points=place.points, pin=place.pin)
    return AskedQuestion(slug=place.question.slug, points=place.points, pin=place.pin)


def _fields(definition: QuizDefinition) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "titles": dict(definition.titles),
        "descriptions": dict(definition.descriptions),
        "time_limit_s": definition.time_limit_s,
        "attempts_allowed": definition.attempts_allowed,
        "counts": definition.counts.value,
    }
    said = {name: getattr(definition, name) for name in _RULES if getattr(definition, name) is not None}
    fields |= {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}
    if definition.tells is not None:
        fields |= {f"tells_{name}": name in definition.tells for name in ("score", "key", "explanations")}
    return fields


def _set_places(quiz: Quiz, definition: QuizDefinition) -> None:
    versions = {version.question.slug: version for version in latest_versions(definition.slugs)}
    if missing := [slug for slug in definition.slugs if slug not in versions]:
        raise BadDefinition(f"quiz {quiz.slug}: not in the question bank: {', '.join(missing)}")
    quiz.items.filter(pool__isnull=True).exclude(question__slug__in=definition.slugs).delete()
    sections = _set_sections(quiz, definition.sections)
    position = 0
    pools: list[int] = []
    for section, asks in zip((None, *sections), _asks(definition), strict=True):
        for asked in asks:
            position += 1
            place: dict[str, Any] = {
                "section": section,
                "position": position,
                "points": asked.points,
                "pin": asked.pin,
            }
            if isinstance(asked, AskedPool):
                values = {**place, "draws": asked.draws, "source": asked.source.to_json()}
                pools.append(_set_pool(quiz, len(pools), values).pk)
            else:
                version = versions[asked.slug]
                values = {**place, "version": version, "pool": None, "place_in_pool": 0}
                QuizItem.objects.update_or_create(quiz=quiz, question=version.question, defaults=values)
    quiz.pools.exclude(pk__in=pools).delete()


def _asks(definition: QuizDefinition) -> Sequence[Sequence[Asked]]:
    return [definition.asks, *(section.asks for section in definition.sections)]


def _set_pool(quiz: Quiz, index: int, values: dict[str, Any]) -> Pool:
    """The pools that are there are used again, in their order."""
    there = list(quiz.pools.order_by("pk")[index : index + 1])
    pool = there[0] if there else Pool(quiz=quiz)
    for field, value in values.items():
        setattr(pool, field, value)
    pool.save()
    return pool


def _set_sections(quiz: Quiz, definitions: Sequence[SectionDefinition]) -> list[Section]:
    quiz.sections.filter(position__gt=len(definitions)).delete()
    sections = []
    for position, each in enumerate(definitions, start=1):
        values = {
            "titles": dict(each.titles),
            "instructions": dict(each.instructions),
            "is_shuffled": each.is_shuffled,
        }
        sections.append(Section.objects.update_or_create(quiz=quiz, position=position, defaults=values)[0])
    return sections
