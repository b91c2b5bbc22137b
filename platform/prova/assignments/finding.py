"""An assignment by its address."""

from django.http import Http404
from django.utils.translation import gettext as _

from prova.assignments.models import Assignment
from prova.courses.models import Course, Role


def find_assignment(course: Course, role: Role, slug: str) -> Assignment:
    """Http404: there is none. Unpublished ones exist for instructors only."""
    found = Assignment.objects.select_related("exercise").filter(course=course, slug=slug).first()
    if found is None or not (found.is_published or role is Role.INSTRUCTOR):
        raise Http404(_("No such assignment."))
    return found
