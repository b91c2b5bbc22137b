"""Passwords guessed elsewhere than on the sign-in page, and under many names."""

import uuid

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from prova.accounts import throttle
from prova.accounts.models import User

from tests.people import PASSWORD

TRIES = 12


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def staff(db) -> User:
    return User.objects.create(username="root", password=make_password(PASSWORD), is_staff=True)


def test_a_password_of_staff_is_not_guessed_on_the_admin_s_own_page(staff):
    client, page = Client(), reverse("admin:login")

    for _ in range(TRIES):
        client.post(page, {"username": "root", "password": uuid.uuid4()})
    client.post(page, {"username": "root", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_a_password_of_staff_still_opens_the_admin(staff):
    client = Client()

    client.post(reverse("admin:login"), {"username": "root", "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(staff.pk)


def test_a_learner_s_password_does_not_open_the_admin(lin):
    client = Client()

    client.post(reverse("admin:login"), {"username": "lin", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_a_password_is_not_guessed_for_a_token(lin):
    def ask(password: str, number: int) -> int:
        pretended = {"x-forwarded-for": f"10.0.0.{number}"}
        form = {"username": "lin", "password": password}
        return Client().post(reverse("api_token"), form, headers=pretended).status_code

    assert ask(PASSWORD, 100) == 200
    assert {ask(uuid.uuid4().hex, number) for number in range(TRIES)} == {400, 429}
    assert ask(PASSWORD, 101) == 429


def test_one_password_is_not_tried_on_a_thousand_people(db):
    allowed = [throttle.begin_try(f"person{number}", "198.51.100.7") for number in range(120)]
    assert allowed == [True] * throttle.TRIES_FROM_ADDRESS + [False] * 20
    assert throttle.begin_try("person119", "198.51.100.8")


def test_refused_tries_do_not_make_the_class_wait_longer(db):
    for number in range(150):
        throttle.begin_try(f"person{number}", "198.51.100.7")
    assert throttle.SignInTry.objects.count() == throttle.TRIES_FROM_ADDRESS


def test_a_whole_class_signs_in_from_one_address(db):
    for number in range(3 * throttle.TRIES_FROM_ADDRESS):
        assert throttle.begin_try(f"person{number}", "198.51.100.7")
        throttle.forgive(f"person{number}", "198.51.100.7")


def test_behind_the_proxy_it_is_the_learner_s_address_that_counts(client, lin, settings):
    settings.TRUSTED_PROXIES = 1

    def sign_in(password: str, forwarded: str) -> int:
        form = {"username": "lin", "password": password}
        return client.post(
            reverse("accounts:login"), form, headers={"x-forwarded-for": forwarded}
        ).status_code

    for number in range(throttle.TRIES_PER_ADDRESS + 1):
        sign_in("guess", f"10.0.0.{number}, 198.51.100.7")
    assert sign_in(PASSWORD, "10.9.9.9, 198.51.100.7") == 200
    assert sign_in(PASSWORD, "198.51.100.8") == 302
