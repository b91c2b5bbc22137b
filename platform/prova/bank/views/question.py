from typing import cast

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from prova.accounts.models import User
from prova.bank.figures import NONE, courses_taught_by, figures_in
from prova.bank.question_page import similar_to, uses_of, versions_of
from prova.courses.access import for_instructors
from prova.teaching.previews import Face, face_of, tolerance_text
from prova.teaching.questions import ItemType, Level, TextState, labels
from questionbank.collections import visible_to
from questionbank.linting.side_by_side import side_by_side
from questionbank.models import Collection, Question, QuestionVersion, Variant
from questionbank.questions import definition_of, item_of


@require_safe
@for_instructors
def question(request: HttpRequest, slug: str) -> HttpResponse:
    user = cast(User, request.user)
    shared = Prefetch("collections", visible_to(user), to_attr="shown_collections")
    found = get_object_or_404(
        Question.objects.select_related("card").prefetch_related("tags", shared),
        slug=slug,
        card__isnull=False,
    )
    versions = list(versions_of(found))
    version = _asked(versions, request.GET.get("version", ""))
    definition = definition_of(version)
    language = definition.language_for(request.GET.get("language") or get_language() or "en")
    faces = _faces(version, language)
    courses = courses_taught_by(user)
    context = {
        "tab": "questions",
        "question": found,
        "version": version,
        "versions": versions,
        "is_newest": version == versions[0],
        "definition": definition,
        "type_label": labels(ItemType).get(definition.type, definition.type),
        "level_label": labels(Level).get(definition.level, definition.level),
        "tolerance": tolerance_text(definition, get_language() or "en"),
        "texts": [(language, TextState(state)) for language, state in sorted(found.card.texts.items())],
        "written": sorted(definition.texts),
        "language": language,
        "faces": faces,
        "shown": _chosen(faces, request.GET.get("variant", "")),
        "figures": figures_in(courses, [found.pk]).get(found.pk, NONE),
        "uses": uses_of(found, courses),
        "similar": similar_to(found),
        "own_collections": Collection.objects.filter(owner=user),
    }
    return render(request, "bank/question.html", context)


def _faces(version: QuestionVersion, language: str) -> list[tuple[Variant, Face]]:
    return [
        (variant, face_of(item_of(version, variant), language))
        for variant in version.variants.order_by("number")
    ]


def _chosen(faces: list[tuple[Variant, Face]], number: str) -> tuple[Variant, Face]:
    """By its number from 1; the first where there is no such one."""
    at = int(number) - 1 if number.isdecimal() and len(number) < 6 else 0
    return faces[at] if 0 <= at < len(faces) else faces[0]


def _asked(versions: list[QuestionVersion], number: str) -> QuestionVersion:
    if not number:
        return versions[0]
    for version in versions:
        if str(version.number) == number:
            return version
    raise Http404(_("This question has no such version."))


@require_safe
@for_instructors
def language(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """One language beside the source."""
    found = get_object_or_404(Question.objects.select_related("card__version"), slug=slug, card__isnull=False)
    definition = definition_of(found.card.version)
    if language not in found.card.texts:
        raise Http404(_("This question is not asked for in that language."))
    compared = side_by_side(definition, language)
    context = {
        "tab": "languages",
        "question": found,
        "definition": definition,
        "language": language,
        "source": definition.source_language,
        "state": TextState(found.card.texts[language]),
        "others": [other for other in sorted(found.card.texts) if other != definition.source_language],
        "compared": compared,
        "differing": [place for place in compared.places if place.differs],
        "alike": [place for place in compared.places if not place.differs],
    }
    return render(request, "bank/language.html", context)
