import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone
from prova.accounts.models import AccessToken
from prova.accounts.tokens import (
    LIFETIME,
    MOST_PER_HOUR,
    MOST_PER_PERSON,
    TooManyTokens,
    issue,
    note_use,
    token_of,
)
from rest_framework.test import APIClient


@pytest.fixture
def token(lin) -> AccessToken:
    issue(lin, "test")
    return AccessToken.objects.get()


def test_a_new_password_ends_the_tokens(lin, token):
    lin.set_password("another long one")
    lin.save()
    assert not AccessToken.objects.exists()


def test_so_does_taking_the_password_away(lin, token):
    lin.set_unusable_password()
    lin.save(update_fields=["password"])
    assert not AccessToken.objects.exists()


def test_a_new_language_does_not(lin, token):
    lin.language = "pt-br"
    lin.save()
    assert AccessToken.objects.get() == token


def test_neither_does_a_hash_that_is_renewed_at_a_sign_in(lin, token, settings):
    lin.password = make_password("the same", hasher="md5")
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    assert lin.check_password("the same")
    lin.refresh_from_db()
    assert lin.password.startswith("scrypt$")
    assert AccessToken.objects.get() == token


def test_what_is_kept_signs_nobody_in(lin):
    key = issue(lin, "laptop")
    kept = AccessToken.objects.get()
    assert token_of(key) == kept
    assert key not in {str(value) for value in vars(kept).values()}
    assert token_of(kept.digest) is None


def test_an_ended_token_and_one_of_a_person_who_left_open_nothing(lin):
    key = issue(lin, "laptop")
    AccessToken.objects.update(expires_at=timezone.now())
    assert token_of(key) is None
    AccessToken.objects.update(expires_at=timezone.now() + LIFETIME)
    lin.is_active = False
    lin.save()
    assert token_of(key) is None


def test_who_has_many_loses_the_one_that_was_used_least_lately(lin):
    long_ago = timezone.now() - timedelta(days=2)
    for number in range(MOST_PER_PERSON):
        issue(lin, str(number))
        AccessToken.objects.filter(name=str(number)).update(
            created_at=long_ago, last_used_at=long_ago + timedelta(minutes=(number - 3) % MOST_PER_PERSON)
        )
    issue(lin, "new")
    names = set(AccessToken.objects.values_list("name", flat=True))
    assert len(names) == MOST_PER_PERSON
    assert "3" not in names
    assert "new" in names


def test_a_loop_that_makes_tokens_is_stopped(lin):
    for number in range(MOST_PER_HOUR):
        issue(lin, str(number))
    with pytest.raises(TooManyTokens):
        issue(lin, "one more")


def test_use_is_noted_to_the_hour(lin):
    issue(lin, "laptop")
    yesterday = timezone.now() - timedelta(days=1)
    AccessToken.objects.update(last_used_at=yesterday)
    note_use(AccessToken.objects.get())
    assert AccessToken.objects.get().last_used_at > yesterday


def test_the_page_shows_a_key_once_and_ends_a_token(client, lin):
    client.force_login(lin)
    page = client.post("/accounts/tokens/", {"name": "my laptop"})
    (key,) = re.findall(r"prova_[\w-]{40,}", page.content.decode())
    assert token_of(key) == AccessToken.objects.get(user=lin)
    assert "no-store" in page["Cache-Control"]
    again = client.get("/accounts/tokens/").content.decode()
    assert "my laptop" in again
    assert key not in again
    client.post(f"/accounts/tokens/{AccessToken.objects.get().pk}/end/")
    assert token_of(key) is None


def test_nobody_ends_the_token_of_another(client, lin, ada):
    key = issue(lin, "laptop")
    client.force_login(ada)
    assert client.post(f"/accounts/tokens/{AccessToken.objects.get().pk}/end/").status_code == 404
    assert token_of(key)


def test_a_program_ends_its_own_token(lin):
    key = issue(lin, "laptop")
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Token {key}")
    assert program.get("/api/assignments/").status_code == 200
    assert program.delete("/api/token/").status_code == 204
    assert program.get("/api/assignments/").status_code == 401


def test_keys_that_lay_readable_in_a_table_go_on_working_and_the_table_goes(lin):
    take_over = import_module("prova.accounts.migrations.0003_access_tokens").TAKE_OVER
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE authtoken_token (key varchar(40), created timestamptz, user_id bigint)")
        cursor.execute("INSERT INTO authtoken_token VALUES ('abc', now(), %s)", [lin.pk])
        cursor.execute(take_over)
        cursor.execute(take_over)
    assert token_of("abc") == AccessToken.objects.get(user=lin)
    assert "authtoken_token" not in connection.introspection.table_names()


def test_an_operator_sees_tokens_without_their_keys_and_can_end_them(admin_client, lin):
    key = issue(lin, "laptop")
    token = AccessToken.objects.get()
    page = admin_client.get(f"/admin/accounts/accesstoken/{token.pk}/change/").content.decode()
    assert "laptop" in page
    assert key not in page
    assert token.digest not in page
    assert admin_client.get("/admin/accounts/accesstoken/add/").status_code == 403
    admin_client.post(f"/admin/accounts/accesstoken/{token.pk}/delete/", {"post": "yes"})
    assert token_of(key) is None
