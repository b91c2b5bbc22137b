"""Drawing a new attempt's paper: what costs rows, not searches; within the caller's transaction."""

import secrets
from collections.abc import Iterable, Sequence

from django.db import connection

from prova.quizzes.drawing import SEED_BITS, Place, draw, draw_paper, item_seed, pages_of
from prova.quizzes.models import Attempt, AttemptItem, QuizItem
from questionbank.models import Variant


def write_paper(attempt: Attempt) -> Attempt:
    quiz = attempt.quiz
    attempt.seed = secrets.randbits(SEED_BITS)
    asked = drawn_items(list(quiz.items.select_related("section", "pool")), attempt.seed)
    attempt.max_score = sum(item.points for item in asked)
    attempt.save(force_insert=True)
    variants = _variants_by_version([item.version_id for item in asked])
    pages = pages_of([section_place(item) for item in asked], quiz.layout)
    _write_items(
        AttemptItem(
            attempt=attempt,
            quiz_item=item,
            section_id=item.section_id,
            version_id=item.version_id,
            variant_id=draw(variants[item.version_id], item_seed(attempt.seed, position)),
            position=position,
            page=page,
            seed=item_seed(attempt.seed, position),
            points=item.points,
        )
        for position, (item, page) in enumerate(zip(asked, pages, strict=True), start=1)
    )
    return attempt


#: What a new item says; the rest is as the table has it for one that nobody has touched.
_COLUMNS = {
    "attempt_id": "bigint",
    "quiz_item_id": "bigint",
    "section_id": "bigint",
    "version_id": "bigint",
    "variant_id": "bigint",
    "position": "smallint",
    "page": "smallint",
    "seed": "bigint",
    "points": "float8",
}


def _write_items(items: Iterable[AttemptItem]) -> None:
    """One statement whose text does not grow with the paper; bulk_create costs a fifth of a whole start."""
    rows = [[getattr(item, column) for column in _COLUMNS] for item in items]
    arrays = ", ".join(f"%s::{kind}[]" for kind in _COLUMNS.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO quizzes_attemptitem ({', '.join(_COLUMNS)}, is_flagged, language, pending)"
            f" SELECT new.*, false, '', '' FROM unnest({arrays}) AS new",
            [list(column) for column in zip(*rows, strict=True)],
        )


def drawn_items(items: Sequence[QuizItem], seed: int) -> list[QuizItem]:
    by_key = {item.pk: item for item in items}
    mixed = {section_place(item) for item in items if item.section and item.section.is_shuffled}
    return [by_key[place.key] for place in draw_paper(map(place_of, items), seed, mixed)]


def place_of(item: QuizItem) -> Place:
    return Place(
        key=item.pk,
        section=section_place(item),
        position=item.position,
        draws=item.pool.draws if item.pool else None,
        pin=item.pin,
    )


def section_place(item: QuizItem) -> int:
    return item.section.position if item.section else 0


def _variants_by_version(versions: Sequence[int]) -> dict[int, list[int]]:
    variants: dict[int, list[int]] = {version: [] for version in versions}
    rows = Variant.objects.filter(version__in=versions).order_by("number").values_list("version_id", "pk")
    for version, variant in rows:
        variants[version].append(variant)
    return variants
