from django.contrib.auth.hashers import make_password
from prova.accounts.models import User
from prova.settings import PASSWORD_HASHERS


def test_a_password_is_kept_as_argon2id_with_the_figures_of_owasp(settings):
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    assert make_password("a long one").startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_password_from_before_still_signs_in_and_is_renewed(settings, lin):
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    User.objects.filter(pk=lin.pk).update(password=make_password("the same", hasher="pbkdf2_sha256"))
    lin.refresh_from_db()
    assert lin.check_password("the same")
    lin.refresh_from_db()
    assert lin.password.startswith("argon2$")
    assert lin.check_password("the same")
    assert not lin.check_password("another")
