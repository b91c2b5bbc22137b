"""An exam goes on while parts of the site are killed under it. Twenty kills: `python -m benchmarks.exam --kill 20`."""

import http.client
import time
import urllib.error
import urllib.request
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from benchmarks.exam.faults import Faults
from benchmarks.exam.plan import Plan
from benchmarks.exam.room import Room
from tests.site import Site

pytestmark = [pytest.mark.processes]


def test_no_confirmed_answer_is_lost_and_no_attempt_is_stuck_when_parts_of_the_site_are_killed(site: Site):
    room = Room(site)
    plan = Plan(students=6, seconds=14, sign_in_within_s=2, start_within_s=2, pause_s=1, submit_within_s=3)
    students = room.open(plan)
    with Faults(site, times=3, seconds=9, seed=5, delay_s=3) as faults:
        room.sit(students)
    site.recover()
    assert len(faults.killed) == 3
    assert not [student.gave_up for student in students if student.gave_up]
    assert sum(student.confirmations for student in students) > 30
    assert not room.lost(students).any


def test_whoever_asks_while_the_web_server_is_started_again_waits_a_moment_and_is_answered(site: Site):
    where = urlsplit(site.url)
    with site.nothing_comes_back():
        site.kill_with_children("web")
        asking = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
        asking.request("GET", "/accounts/sign-in/")
    with closing(asking):
        assert asking.getresponse().status == 200


def test_a_page_of_a_site_without_database_says_at_once_to_try_again_and_soon_that_helps(site: Site):
    page = urllib.request.Request(
        f"{site.url}/accounts/sign-in/", headers={"Cookie": "sessionid=of-a-learner"}
    )
    with site.nothing_comes_back():
        site.kill_with_children("postgres")
        began = time.monotonic()
        with pytest.raises(urllib.error.HTTPError, match="503") as told:
            urllib.request.urlopen(page, timeout=30)
        assert time.monotonic() - began < 5  # a machine that has other work too
        assert b"One moment, please" in told.value.read()
    site.recover()
    with urllib.request.urlopen(page, timeout=30) as answer:
        assert answer.status == 200
