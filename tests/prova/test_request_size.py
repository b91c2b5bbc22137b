import pytest
from django.urls import reverse

TOO_MUCH = 3 * 1024**2 + 1


class NobodyReads:
    """A body that was announced; whoever reads from it fails the test."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def announce(client, path, length=TOO_MUCH, **headers):
    return client.generic(
        "POST", path, content_type="multipart/form-data; boundary=x", headers=headers,
        **{"wsgi.input": NobodyReads(), "CONTENT_LENGTH": str(length)},
    )  # fmt: skip


@pytest.mark.parametrize("name", ["accounts:login", "accounts:preferences", "home"])
def test_what_says_that_it_is_too_big_is_refused_unread(client, db, name):
    answer = announce(client, reverse(name))
    assert answer.status_code == 413
    assert "This is larger than 3 MiB" in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers


def test_it_is_refused_in_the_language_of_the_person(lin, signed_in):
    lin.language = "pt-br"
    lin.save()
    assert "Isto tem mais de 3 MiB" in announce(signed_in(lin), reverse("home")).content.decode()


def test_a_program_is_told_in_json(client, db):
    answer = announce(client, reverse("api_token"), **{"accept-language": "pt-BR"})
    assert (answer.status_code, answer.json()["code"]) == (413, "request_too_big")
    assert answer.json()["detail"].startswith("Isto tem mais de 3 MiB")


def test_a_length_that_is_no_number_is_none(client, db):
    assert announce(client, reverse("accounts:preferences"), "much").status_code != 413
