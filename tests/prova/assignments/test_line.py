"""Who is sent to the graders next and how many, with the real database."""

import random
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prova.accounts.models import User
from prova.assignments.actions import publish_waiting, record_progress, record_report, sweep_once
from prova.assignments.broker import BrokerUnreachable
from prova.assignments.line import in_order, read_sent, read_waiting
from prova.assignments.models import OutboxMessage, State, Submission
from prova.assignments.place_in_line import position_of
from prova.assignments.waiting import waiting
from prova.assignments.window import AT_LEAST, PATIENCE_S, REGRADES_AT_LEAST

from tests import people
from tests.prova.assignments import samples
from tests.prova.assignments.slow_publisher import publishing_slowly


def fresh(submission):
    return Submission.with_shadows.select_related("exercise", "assignment").get(pk=submission.pk)


def learner(name):
    return User.objects.get_or_create(username=name)[0]


def hand_in(assignment, name, count=1, **fields):
    """Rows as `submit_solution` writes them, without its limits."""
    rows = [
        Submission.objects.create(
            assignment=assignment,
            exercise=assignment.exercise,
            learner=learner(name),
            source=samples.SOLUTION,
            seed=number,
            **fields,
        )
        for number in range(count)
    ]
    OutboxMessage.objects.bulk_create(OutboxMessage(submission=row, nonce=row.nonce) for row in rows)
    return rows


def shadows_of(assignment, name, count):
    originals = hand_in(assignment, name, count)
    for row in originals:
        record_report(samples.report_of(row))
    rows = [row for each in originals for row in hand_in(assignment, name, shadow_of=each)]
    OutboxMessage.objects.filter(submission__in=originals).delete()
    return rows


@pytest.fixture
def small_course(exercise):
    return samples.make_assignment(people.make_course("small"), exercise)


@pytest.fixture
def graders(queue):
    """Take what is in the broker, one after the other, and each end refills it; whose jobs they were, in order."""

    def work(rounds=1):
        names = []
        for _ in range(rounds):
            publish_waiting(queue.send)
            if not queue.jobs:
                break
            row = fresh(Submission.with_shadows.get(pk=queue.jobs.pop(0).submission_id))
            record_progress(samples.note_of(row))
            record_report(samples.report_of(row))
            names.append(row.learner.username)
        return names

    return work


# ---- the window


def test_the_broker_holds_a_few(assignment, queue):
    hand_in(assignment, "lin", 50)
    assert publish_waiting(queue.send) == AT_LEAST
    assert publish_waiting(queue.send) == 0


@pytest.mark.parametrize("sign", [samples.note_of, samples.report_of])
def test_a_job_that_starts_or_ends_makes_room_for_one(assignment, queue, sign):
    first = hand_in(assignment, "lin", 50)[0]
    publish_waiting(queue.send)
    message = sign(fresh(first))
    record_report(message) if "outcome" in message else record_progress(message)
    assert publish_waiting(queue.send) == 1


def test_quick_graders_get_more_at_once(assignment, queue):
    """A hundred in the last ten seconds is ten a second."""
    hand_in(assignment, "lin", 30)
    taken = hand_in(assignment, "ada", 100, state=State.GRADED, score=4.0, max_score=4.0, report={})
    now = timezone.now()
    Submission.objects.filter(pk__in=[row.pk for row in taken]).update(published_at=now, started_at=now)
    OutboxMessage.objects.filter(submission__in=taken).delete()
    assert publish_waiting(queue.send) == 10


def test_a_started_job_calls_for_the_next_one(
    assignment, queue, monkeypatch, django_capture_on_commit_callbacks
):
    calls = []
    monkeypatch.setattr("prova.assignments.actions.publish.publish_waiting", lambda: calls.append(1))
    (row,) = hand_in(assignment, "lin")
    for sign, record in ((samples.note_of, record_progress), (samples.report_of, record_report)):
        with django_capture_on_commit_callbacks(execute=True):
            record(sign(fresh(row)))
    assert len(calls) == 2


def test_a_broker_that_lost_everything_is_noticed_before_the_leases_end(assignment, queue):
    rows = hand_in(assignment, "lin", 20)
    publish_waiting(queue.send)
    queue.jobs.clear()
    later = timezone.now() + timedelta(seconds=PATIENCE_S)
    assert publish_waiting(queue.send, later) == 1
    Submission.objects.filter(pk__in=[row.pk for row in rows[:AT_LEAST]]).update(
        published_at=timezone.now() - timedelta(seconds=PATIENCE_S)
    )
    record_progress(samples.note_of(fresh(rows[AT_LEAST])))
    assert publish_waiting(queue.send) == AT_LEAST


# ---- the order


def test_who_has_fifty_in_line_delays_nobody(assignment, graders):
    hand_in(assignment, "eager", 50)
    first = graders(3)
    hand_in(assignment, "late")
    in_broker = AT_LEAST - 1
    assert first == ["eager"] * 3
    assert "late" in graders(in_broker + 2)


def test_learners_take_turns(assignment, graders):
    for name in ("a", "b", "c"):
        hand_in(assignment, name, 4)
    names = graders(12)
    assert all(set(names[start : start + 3]) == {"a", "b", "c"} for start in range(0, 12, 3))


def test_courses_take_turns_whatever_their_size(assignment, small_course, graders):
    for number in range(10):
        hand_in(assignment, f"large{number}")
    for number in range(3):
        hand_in(small_course, f"small{number}")
    assert sum(name.startswith("small") for name in graders(6)) == 3


def test_regrades_wait_for_live_work(assignment, queue, graders):
    shadows_of(assignment, "regraded", 10)
    assert publish_waiting(queue.send) == REGRADES_AT_LEAST
    hand_in(assignment, "live", 5)
    names = graders(REGRADES_AT_LEAST + 5)
    assert names == ["regraded"] * REGRADES_AT_LEAST + ["live"] * 5
    assert graders(100) == ["regraded"] * (10 - REGRADES_AT_LEAST)


def test_a_shadow_is_judged_with_the_source_and_the_seed_of_its_original(assignment, queue):
    (shadow,) = shadows_of(assignment, "lin", 1)
    Submission.objects.filter(pk=shadow.shadow_of_id).update(source="original", seed=77)
    publish_waiting(queue.send)
    (job,) = queue.jobs
    assert (job.submission_id, job.nonce) == (shadow.pk, str(shadow.nonce))
    assert (job.source, job.seed) == ("original", 77)


def test_the_place_in_line_is_kept(assignment, small_course, queue, graders):
    """Everybody is told a number; then they are served in the order of these numbers."""
    for number in range(9):
        hand_in(assignment, f"large{number % 4}", 1 + number % 3)
    hand_in(small_course, "small", 3)
    graders(2)
    publish_waiting(queue.send)
    open_ones = list(Submission.objects.filter(state=State.QUEUED))
    told = {position_of(row): row.learner.username for row in open_ones}
    assert sorted(told) == list(range(1, len(open_ones) + 1))
    assert [told[place] for place in sorted(told)] == graders(len(open_ones))


@pytest.mark.parametrize("seed", range(8))
def test_the_database_counts_the_order_in_which_jobs_are_sent(assignment, small_course, seed):
    """Any mixture of who waits, who has jobs under way and who had a turn lately."""
    draw, now = random.Random(seed), timezone.now()
    for _ in range(draw.randint(5, 25)):
        where = draw.choice([assignment, small_course])
        (row,) = hand_in(where, f"learner{draw.randint(0, 4)}")
        ago = timedelta(seconds=draw.randint(1, 90))
        state, published_at = draw.choice(
            [(State.QUEUED, None)] * 4 + [(State.QUEUED, now), (State.RUNNING, now), (State.GRADED, now)]
        )
        mark = {"score": 1.0, "max_score": 4.0, "report": {}} if state == State.GRADED else {}
        Submission.objects.filter(pk=row.pk).update(
            state=state, created_at=now - ago, published_at=published_at and now - ago / 2, **mark
        )
        if published_at:
            OutboxMessage.objects.filter(submission=row).update(sent_at=now)
        elif draw.random() < 0.2:
            OutboxMessage.objects.create(submission=row, nonce=row.nonce)
    sent = read_sent()
    in_broker = sum(not each.is_started for each in sent)
    line = in_order(read_waiting(now, regrades=False), sent)

    told = [position_of(Submission.objects.get(pk=each.job.number), now) for each in line]

    assert told == [in_broker + place for place in range(1, len(line) + 1)]


def test_who_is_not_in_the_line_stands_behind_it(assignment):
    hand_in(assignment, "eager", 3)
    (row,) = hand_in(assignment, "late")
    OutboxMessage.objects.filter(submission=row).update(due_at=timezone.now() + timedelta(hours=1))

    assert position_of(row) == 4


def test_the_page_is_told_the_same_number(assignment):
    hand_in(assignment, "eager", 10)
    (row,) = hand_in(assignment, "late")
    told = waiting(row)
    assert told is not None
    assert told.position == 2


# ---- several at once, and whoever dies


@pytest.mark.django_db(transaction=True)
def test_many_web_workers_at_once_send_each_job_once(assignment, queue):
    hand_in(assignment, "lin", 30)
    together = threading.Barrier(8)

    def publish():
        together.wait(10)
        try:
            publish_waiting(queue.send)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({job.submission_id for job in queue.jobs}) == len(queue.jobs) == AT_LEAST


@pytest.mark.django_db(transaction=True)
def test_who_finds_somebody_at_it_is_not_forgotten(assignment, queue):
    """The second job is stored after the first worker has looked, and its own worker leaves at the lock."""
    hand_in(assignment, "lin")
    with publishing_slowly(queue.send):
        hand_in(assignment, "ada")
        assert publish_waiting(queue.send) == 0
    assert len(queue.jobs) == 2


class Killed(BaseException):
    """No `except Exception` sees it, as nothing sees SIGKILL."""


@pytest.mark.parametrize("sent_before_death", range(AT_LEAST + 1))
def test_a_publisher_killed_at_any_job_takes_no_place_with_it(assignment, queue, sent_before_death):
    hand_in(assignment, "lin", 10)

    def dying_send(job):
        if len(queue.jobs) == sent_before_death:
            raise Killed
        queue.send(job)

    if sent_before_death < AT_LEAST:
        with pytest.raises(Killed):
            publish_waiting(dying_send)
        queue.jobs.clear()
        assert sweep_once(send=queue.send).published == AT_LEAST
    else:
        publish_waiting(dying_send)
    assert len({job.submission_id for job in queue.jobs}) == AT_LEAST


def test_what_was_sent_before_the_broker_went_away_is_written_down(assignment, queue):
    hand_in(assignment, "lin", 10)

    def failing_send(job):
        if len(queue.jobs) == 2:
            raise BrokerUnreachable("down")
        queue.send(job)

    with pytest.raises(BrokerUnreachable):
        publish_waiting(failing_send)
    assert Submission.objects.filter(published_at__isnull=False).count() == 2
    assert publish_waiting(queue.send) == AT_LEAST - 2
    assert len({job.submission_id for job in queue.jobs}) == AT_LEAST


def test_a_job_that_cannot_be_sent_holds_up_nobody(assignment, queue, caplog):
    bad = hand_in(assignment, "lin", 3)[0]

    def picky_send(job):
        if job.submission_id == bad.pk:
            raise TypeError("no such field")
        queue.send(job)

    assert publish_waiting(picky_send) == 2
    assert f"submission {bad.pk} could not be sent" in caplog.text
    assert fresh(bad).published_at is None
    assert publish_waiting(queue.send, timezone.now() + timedelta(hours=1)) == 1


def test_a_message_of_an_abandoned_try_takes_no_place(assignment, queue):
    rows = hand_in(assignment, "lin", AT_LEAST + 1)
    Submission.objects.filter(pk=rows[0].pk).update(nonce=uuid4())
    publish_waiting(queue.send)
    assert {job.submission_id for job in queue.jobs} == {row.pk for row in rows[1:]}


# ---- what it costs


def test_on_an_idle_site_little_is_asked_before_a_job_is_sent(assignment, lin):
    hand_in(assignment, "lin")
    with CaptureQueriesContext(connection) as queries:
        before = []
        publish_waiting(lambda job: before.append(len(queries)))
    real = [query for query in queries.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert before[0] <= 9
    assert len(real) <= 14


@pytest.mark.parametrize("count", [5, 60])
def test_the_queries_do_not_grow_with_the_line(assignment, queue, count, django_assert_num_queries):
    for number in range(count):
        hand_in(assignment, f"learner{number}", 2)
    publish_waiting(queue.send)
    last = Submission.objects.latest("pk")
    with django_assert_num_queries(1):
        position_of(last)
