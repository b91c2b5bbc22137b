"""Every request asks the database who it is from: whoever may no longer be signed in is out with the next one."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone


def end_session(lin, client):
    Session.objects.all().delete()


def expire(lin, client):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def change_password(lin, client):
    lin.set_password("another one, and longer")
    lin.save()


def deactivate(lin, client):
    lin.is_active = False
    lin.save()


def delete(lin, client):
    lin.delete()


def tamper(lin, client):
    session = Session.objects.get()
    session.session_data = session.session_data[:-1] + ("A" if session.session_data[-1] != "A" else "B")
    session.save()


def forge_key(lin, client):
    client.cookies["sessionid"] = "' OR 1=1 --"


def is_in(client) -> bool:
    return client.get("/").status_code == 200


@pytest.mark.parametrize(
    "lose", [end_session, expire, change_password, deactivate, delete, tamper, forge_key]
)
def test_whoever_may_no_longer_be_signed_in_is_out_at_once(lin, signed_in, lose):
    client = signed_in(lin)
    assert is_in(client)
    lose(lin, client)
    assert not is_in(client)


def test_what_a_session_keeps_comes_back(lin, signed_in):
    client = signed_in(lin)
    session = client.session
    session["seen"] = "a thing"
    session.save()
    assert is_in(client)
    assert client.session["seen"] == "a thing"
