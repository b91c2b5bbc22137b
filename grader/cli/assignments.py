"""The exercises of one's courses, as the site lists them."""

from dataclasses import dataclass
from typing import Any

from grader.cli import credentials
from grader.cli.site import Site, Unreachable
from grader.cli.words import Problem, Voice
from grader.visible import visible


@dataclass(frozen=True)
class Assignment:
    number: int
    course: str
    slug: str
    exercise: str  #: slug of the package
    version: str
    title: str


def signed_in_site(voice: Voice) -> Site:
    """Problem: not signed in."""
    known = credentials.find()
    return Site(known.site, known.token, voice.language)


def assignments_of(site: Site) -> list[Assignment]:
    """Problem: the site does not give them."""
    try:
        return [_assignment(found) for found in site.pages("api/assignments/")]
    except Unreachable as lost:
        raise Problem("site_unreachable", site=site.address, text=str(lost)) from None
    except (KeyError, TypeError, ValueError):
        raise Problem("site_answer_strange", site=site.address) from None


def assignment_named(name: str, course: str | None, known: list[Assignment], voice: Voice) -> Assignment:
    """By its own name or by its exercise's. Problem: none, or several."""
    found = [one for one in known if name in {one.slug, one.exercise} and course in {None, one.course}]
    if not found:
        names = ", ".join(sorted({one.slug for one in known})) or voice.say("none_at_all")
        raise Problem("no_assignment", name=name, known=names)
    if len(found) > 1:
        exact = [one for one in found if one.slug == name]
        if len(exact) == 1:
            return exact[0]
        courses = ", ".join(sorted({one.course for one in found}))
        raise Problem("several_assignments", name=name, courses=courses)
    return found[0]


def _assignment(found: Any) -> Assignment:
    return Assignment(
        number=int(found["id"]),
        course=visible(found["course"]),
        slug=visible(found["slug"]),
        exercise=visible(found["exercise"]),
        version=str(found["exercise_version"]),
        title=visible(found["title"]),
    )
