import pytest
from django.contrib.auth.hashers import make_password
from rest_framework.authtoken.models import Token


@pytest.fixture
def token(lin) -> Token:
    return Token.objects.create(user=lin)


def test_a_new_password_ends_the_tokens(lin, token):
    lin.set_password("another long one")
    lin.save()
    assert not Token.objects.exists()


def test_so_does_taking_the_password_away(lin, token):
    lin.set_unusable_password()
    lin.save(update_fields=["password"])
    assert not Token.objects.exists()


def test_a_new_language_does_not(lin, token):
    lin.language = "pt-br"
    lin.save()
    assert Token.objects.get() == token


def test_neither_does_a_hash_that_is_renewed_at_a_sign_in(lin, token, settings):
    lin.password = make_password("the same", hasher="md5")
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    assert lin.check_password("the same")
    lin.refresh_from_db()
    assert lin.password.startswith("scrypt$")
    assert Token.objects.get() == token
