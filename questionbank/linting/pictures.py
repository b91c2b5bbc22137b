"""Pictures: each has words for who does not see it, can be drawn in every variant, and is shown; regions can be hit."""

from collections.abc import Iterator

from questionbank.findings import Finding, Severity
from questionbank.images.shown import ShownPictures
from questionbank.items import bind
from questionbank.items.hotspot import Hotspot
from questionbank.items.hotspot_areas import Area
from questionbank.linting.subject import Subject, named, texts_in
from questionbank.rendering import RenderingProblem, parts_of
from questionbank.rendering.embedding import SCHEME

#: In units of a view box 400 wide: a finger covers about twice as much on a phone.
LEAST_SIDE = 14


def images_without_words(subject: Subject) -> Iterator[Finding]:
    """Every language says at every place what a picture shows."""
    spots = subject.question.hotspot
    for language, text in subject.question.texts.items():
        declared = {name: image.alt for name, image in text.images.items()}
        if spots and not declared.get(spots.picture):
            yield subject.finding(
                "alt",
                f"images, {spots.picture}: “alt” is missing; say what the picture shows to who does not see it",
                *("texts", language, "images", spots.picture),
            )
        for place, written in texts_in(text):
            for target, alt in parts_of(written).pictures:
                if not alt.strip() and not declared.get(target.removeprefix(SCHEME)):
                    yield subject.finding(
                        "alt",
                        f"{named(place)}: a picture without words; write ![what it shows]({target})",
                        *("texts", language, *place),
                    )


def drawable_images(subject: Subject) -> Iterator[Finding]:
    for image in subject.question.images:
        problem = _first_problem(subject, image.id)
        if problem:
            yield subject.finding("image", f"image {image.id}: {problem}", "images", image.id)


def _first_problem(subject: Subject, image: str) -> str:
    for number, variant in enumerate(subject.variants):
        for language in subject.question.texts:
            try:
                ShownPictures(subject.question, variant, language).figure(image, "")
            except RenderingProblem as problem:
                return f"variant {number}, {language}: {problem}"
    return ""


def unshown_images(subject: Subject) -> Iterator[Finding]:
    question = subject.question
    for language, text in question.texts.items():
        shown = {target for _, written in texts_in(text) for target, _ in parts_of(written).pictures}
        for image in question.images:
            is_marked = question.hotspot is not None and question.hotspot.picture == image.id
            if not is_marked and f"{SCHEME}{image.id}" not in shown:
                yield subject.finding(
                    "image",
                    f"image {image.id} is shown nowhere in {language}; write ![…](image:{image.id}), or leave it out",
                    *("images", image.id),
                )


def regions_to_be_hit(subject: Subject) -> Iterator[Finding]:
    for variant in subject.variants:
        item = bind(subject.question, variant)
        if not isinstance(item, Hotspot):
            return
        try:
            found = next(_region_problems(item), None)
        except RenderingProblem as problem:
            found = str(problem)
        if found:
            yield subject.finding("region", found, "hotspot", "regions")
            return


def _region_problems(item: Hotspot) -> Iterator[str]:
    areas = item.areas
    for place, area in enumerate(areas):
        for other in areas[:place]:
            if _meet(area, other):
                yield f"regions {other.region} and {area.region} overlap: a point there means both; draw them apart"
    if item.score(item.right_response()).fraction < 1:
        yield "a right region is so thin that its middle, rounded, lies beside it; make it wider"


def _meet(area: Area, other: Area) -> bool:
    return area.holds(other.inner) or other.holds(area.inner)


def small_regions(subject: Subject) -> Iterator[Finding]:
    for variant in subject.variants[:1]:
        item = bind(subject.question, variant)
        if not isinstance(item, Hotspot):
            return
        try:
            small = [area.region for area in item.areas if area.correct and area.least_side < LEAST_SIDE]
        except RenderingProblem:
            return  # reported by the rule about regions
        if small:
            yield subject.finding(
                "region",
                f"{', '.join(small)}: hard to hit with a finger; make it wider if a wider one is as right",
                *("hotspot", "regions"),
                severity=Severity.WARNING,
            )
