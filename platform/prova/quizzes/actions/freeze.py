"""Which questions the pools of a quiz may draw, and in which versions, written down; within the caller's transaction."""

from collections.abc import Iterator

from django.db import models

from prova.quizzes.models import Pool, Quiz, QuizItem
from questionbank.models import QuestionVersion
from questionbank.questions import latest_versions
from questionbank.selection import Selection, questions_in


def freeze_pools(quiz: Quiz) -> None:
    """A question belongs to one place, so that no paper asks it twice: to the one that names it most closely.

    Fixed questions come first, then pools of named questions, of a collection, of whatever fits; equals in their order.
    """
    wanted = dict(_wanted(quiz))
    now = {item.question_id: item for item in quiz.items.filter(pool__isnull=False)}
    QuizItem.objects.filter(pk__in=[item.pk for key, item in now.items() if key not in wanted]).delete()
    kept = {key: item for key, item in now.items() if key in wanted}
    for key, item in kept.items():
        for field, value in wanted[key].items():
            setattr(item, field, value)
    fields = ["version", "pool", "section", "position", "place_in_pool", "points", "pin"]
    QuizItem.objects.bulk_update(kept.values(), fields)
    new = [values for key, values in wanted.items() if key not in kept]
    QuizItem.objects.bulk_create(QuizItem(quiz=quiz, **values) for values in new)


def use_newest_versions(quiz: Quiz) -> None:
    """For attempts to come; those that have begun keep theirs."""
    items = list(quiz.items.filter(pool__isnull=True).select_related("question"))
    newest = {
        version.question_id: version for version in latest_versions([item.question.slug for item in items])
    }
    for item in items:
        item.version = newest[item.question_id]
    QuizItem.objects.bulk_update(items, ["version"])


def candidates_of(pool: Pool) -> list[str]:
    """Slugs of all questions of the bank that fit the pool now."""
    selection = Selection.from_json(pool.source)
    slugs = list(questions_in(selection).values_list("slug", flat=True))
    if selection.collection:  # in the collection's order
        return slugs
    return sorted(slugs)


def _wanted(quiz: Quiz) -> Iterator[tuple[int, dict[str, models.Model | int | float | str | None]]]:
    taken = set(quiz.items.filter(pool__isnull=True).values_list("question_id", flat=True))
    for pool in sorted(quiz.pools.select_related("section"), key=_breadth):
        versions: dict[str, QuestionVersion] = {
            version.question.slug: version for version in latest_versions(candidates_of(pool))
        }
        free = [version for _slug, version in sorted(versions.items()) if version.question_id not in taken]
        for place, version in enumerate(free, start=1):
            taken.add(version.question_id)
            yield (
                version.question_id,
                {
                    "question": version.question,
                    "version": version,
                    "pool": pool,
                    "section": pool.section,
                    "position": pool.position,
                    "place_in_pool": place,
                    "points": pool.points,
                    "pin": pool.pin,
                },
            )


def _breadth(pool: Pool) -> tuple[int, int]:
    selection = Selection.from_json(pool.source)
    if selection.slugs is not None:
        return 0, pool.position
    return (1 if selection.collection else 2), pool.position
