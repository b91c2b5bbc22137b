from django.urls import reverse
from prova.accounts import throttle

from tests.people import PASSWORD


def sign_in(client, username="lin", password=PASSWORD, **extra):
    return client.post(reverse("accounts:login"), {"username": username, "password": password}, **extra)


def test_the_right_password_opens_the_home_page(client, lin):
    response = sign_in(client)
    assert response.status_code == 302
    assert response.url == reverse("home")
    assert client.get(response.url).status_code == 200


def test_pages_send_an_unknown_visitor_to_the_sign_in_page(client):
    response = client.get(reverse("home"))
    assert response.url == f"{reverse('accounts:login')}?next=/"


def test_a_wrong_password_is_refused_in_plain_words(client, lin):
    response = sign_in(client, password="guess")
    assert "do not belong together" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_after_six_wrong_tries_even_the_right_password_has_to_wait(client, lin):
    for _ in range(throttle.TRIES_PER_ADDRESS):
        sign_in(client, password="guess")
    response = sign_in(client)
    assert "Too many tries" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_waiting_is_asked_of_that_address_only(client, lin):
    for _ in range(throttle.TRIES_PER_ADDRESS + 1):
        sign_in(client, password="guess", REMOTE_ADDR="198.51.100.7")
    assert sign_in(client, REMOTE_ADDR="198.51.100.8").status_code == 302


def test_many_addresses_together_are_slowed_down_too(client, lin):
    for number in range(throttle.TRIES_PER_PERSON):
        sign_in(client, password="guess", REMOTE_ADDR=f"198.51.100.{number}")
    assert "Too many tries" in sign_in(client, REMOTE_ADDR="203.0.113.1").content.decode()


def test_upper_case_does_not_buy_more_tries(client, lin):
    for name in ("lin", "LIN", "Lin", " lin", "lIN", "liN"):
        sign_in(client, username=name, password="guess")
    assert "Too many tries" in sign_in(client).content.decode()


def test_a_right_password_forgives_the_wrong_ones_before(client, lin):
    for _ in range(throttle.TRIES_PER_ADDRESS - 1):
        sign_in(client, password="guess")
    sign_in(client)
    client.logout()
    for _ in range(throttle.TRIES_PER_ADDRESS - 1):
        sign_in(client, password="guess")
    assert sign_in(client).status_code == 302


def test_what_was_typed_as_a_name_cannot_be_read_in_the_table(client, db):
    sign_in(client, username="my secret password", password="x")
    (tried,) = throttle.SignInTry.objects.all()
    assert "secret" not in tried.person
