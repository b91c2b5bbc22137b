"""An exam goes on while parts of the site are killed under it. Twenty kills: `python -m benchmarks.exam --kill 20`."""

import urllib.request

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
    site.kill("web")
    with urllib.request.urlopen(f"{site.url}/accounts/sign-in/", timeout=30) as answer:
        assert answer.status == 200
