from django.http import HttpRequest, StreamingHttpResponse

from prova.courses.models import Course
from prova.teaching.access import instructors_only
from prova.teaching.grades import grades_of, header, rows, works_of
from prova.teaching.people import learners_of
from prova.teaching.spreadsheet import csv_stream


@instructors_only
def grades_csv(request: HttpRequest, course: Course) -> StreamingHttpResponse:
    """Everybody's grade for everything, as the gradebook holds it."""
    grades, learners = grades_of(course), learners_of(course)
    works = works_of(course, grades)
    return csv_stream(f"{course.slug}-grades.csv", header(works), rows(learners, works, grades))
