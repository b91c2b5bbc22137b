from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from prova.courses.access import (
    find_course,
    for_instructors,
    is_instructor_somewhere,
    require_instructor_somewhere,
    require_role,
    role_in,
)
from prova.courses.models import Role


def test_everybody_has_the_role_of_their_enrolment(course, ada, lin, sam):
    assert role_in(ada, course) is Role.INSTRUCTOR
    assert role_in(lin, course) is Role.LEARNER
    assert role_in(sam, course) is None
    assert role_in(AnonymousUser(), course) is None


def test_to_a_stranger_the_course_does_not_exist(course, sam):
    for nobody in (sam, AnonymousUser()):
        with pytest.raises(Http404):
            require_role(nobody, course)
        with pytest.raises(Http404):
            find_course(nobody, course.slug)


def test_an_instructors_page_is_forbidden_to_learners(course, lin):
    with pytest.raises(PermissionDenied):
        require_role(lin, course, Role.INSTRUCTOR)
    with pytest.raises(PermissionDenied):
        find_course(lin, course.slug, Role.INSTRUCTOR)


def test_being_staff_of_the_site_is_not_a_role_in_a_course(course, sam):
    sam.is_staff = sam.is_superuser = True
    sam.save()
    assert role_in(sam, course) is None


def test_the_course_page_is_for_its_people(course, ada, lin, sam, signed_in):
    url = reverse("courses:course", args=[course.slug])
    assert [signed_in(person).get(url).status_code for person in (ada, lin, sam)] == [200, 200, 404]


def test_a_page_that_does_not_exist_says_so_in_the_person_s_language(lin, signed_in):
    lin.language = "pt-br"
    lin.save()
    response = signed_in(lin).get("/courses/nothing-here/")
    assert response.status_code == 404
    assert "Esta página não existe" in response.content.decode()


def test_whoever_teaches_a_course_may_author_and_nobody_else(course, ada, lin, sam):
    assert is_instructor_somewhere(ada)
    require_instructor_somewhere(ada)
    sam.is_staff = sam.is_superuser = True
    sam.save()
    for nobody in (lin, sam, AnonymousUser()):
        assert not is_instructor_somewhere(nobody)
        with pytest.raises(Http404):
            require_instructor_somewhere(nobody)


def test_a_page_for_instructors_sends_strangers_to_sign_in_and_hides_itself_from_learners(
    course, ada, lin, rf
):
    page: Any = for_instructors(lambda request, name: HttpResponse(name))
    request = rf.get("/bank/")
    request.user = ada
    assert page(request, name="here").content == b"here"
    request.user = AnonymousUser()
    assert page(request, name="here").status_code == 302
    request.user = lin
    with pytest.raises(Http404):
        page(request, name="here")
