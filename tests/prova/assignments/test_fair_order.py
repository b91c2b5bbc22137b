"""Laws of the order, over any population that hypothesis can think of."""

from collections import Counter, defaultdict
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from prova.assignments.fair_order import QueuedJob, Turns, fair_order

PARTIES = st.tuples(st.integers(1, 3), st.integers(1, 5), st.booleans())


@st.composite
def waiting_jobs(draw, kinds=(False, True)):
    parties = draw(st.lists(PARTIES.filter(lambda each: each[2] in kinds), max_size=24))
    return [
        QueuedJob(number=number, course=course, learner=learner, is_regrade=is_regrade)
        for number, (course, learner, is_regrade) in enumerate(parties)
    ]


@st.composite
def turns_had(draw):
    parties = draw(st.lists(PARTIES, unique=True, max_size=12))
    times = draw(st.permutations(range(len(parties))))
    return [
        Turns(
            course=course,
            learner=learner,
            is_regrade=is_regrade,
            under_way=draw(st.integers(0, 3)),
            last_at=at,
        )
        for (course, learner, is_regrade), at in zip(parties, times, strict=True)
    ]


def party(job):
    return job.course, job.learner, job.is_regrade


def after_handing_out(job, turns, at):
    """What the parties have had once this job is with the graders."""
    mine = next((each for each in turns if (each.course, each.learner, each.is_regrade) == party(job)), None)
    mine = mine or Turns(course=job.course, learner=job.learner, is_regrade=job.is_regrade)
    others = [each for each in turns if (each.course, each.learner, each.is_regrade) != party(job)]
    return [*others, replace(mine, under_way=mine.under_way + 1, last_at=at)]


@given(waiting_jobs(), turns_had(), st.randoms())
def test_everybody_is_in_it_once_and_it_depends_on_no_listing(jobs, turns, random):
    order = fair_order(jobs, turns)
    assert Counter(order) == Counter(jobs)
    assert fair_order(random.sample(jobs, len(jobs)), random.sample(turns, len(turns))) == order


@given(waiting_jobs(), turns_had())
def test_live_work_goes_before_regrades(jobs, turns):
    kinds = [job.is_regrade for job in fair_order(jobs, turns)]
    assert kinds == sorted(kinds)


@given(waiting_jobs(), turns_had())
def test_regrades_change_nothing_for_live_work(jobs, turns):
    live = [job for job in jobs if not job.is_regrade]
    assert fair_order(jobs, turns)[: len(live)] == fair_order(
        live, [each for each in turns if not each.is_regrade]
    )


@given(waiting_jobs(), turns_had())
def test_ones_own_jobs_keep_their_order(jobs, turns):
    lines = defaultdict(list)
    for job in fair_order(jobs, turns):
        lines[party(job)].append(job.number)
    assert all(numbers == sorted(numbers) for numbers in lines.values())


@given(waiting_jobs(), turns_had())
def test_the_order_foretells_itself(jobs, turns):
    """Handing out the first job changes nothing about the order of the others."""
    now = 1000
    order = fair_order(jobs, turns)
    while order:
        now += 1
        head, *rest = order
        turns = after_handing_out(head, turns, now)
        assert fair_order(rest, turns) == rest
        order = rest


@given(waiting_jobs(kinds=(False,)))
def test_before_ones_only_job_goes_at_most_one_of_each_classmate_and_few_of_other_courses(jobs):
    """With nothing under way. Of another course go at most as many as of one's own, give or take one."""
    order = fair_order(jobs)
    counts = Counter(map(party, jobs))
    for place, job in enumerate(order):
        if counts[party(job)] > 1:
            continue
        ahead = order[:place]
        classmates = Counter(each.learner for each in ahead if each.course == job.course)
        courses = Counter(each.course for each in ahead)
        assert all(count == 1 for count in classmates.values())
        assert all(count <= courses[job.course] + 1 for count in courses.values())


@given(waiting_jobs(kinds=(False,)), turns_had(), st.integers(1, 5))
def test_nobody_starves_with_any_number_of_graders(jobs, turns, graders):
    """A learner floods the line as fast as it moves, and gets no more than one job for each of the others'.

    Of jobs that take equally long. Who keeps a grader busy for longer lets others pass meanwhile.
    """
    flooder = Turns(course=1, learner=99)
    waiting = fair_order(jobs, [])
    under_way: list[QueuedJob] = []
    had = {(each.course, each.learner): each.last_at for each in turns if not each.is_regrade}
    number, now, served_flooder = len(jobs), 1000, 0
    while any(job.learner != flooder.learner for job in waiting):
        now += 1
        waiting.append(QueuedJob(number=number, course=1, learner=flooder.learner))
        number += 1
        if len(under_way) == graders:
            under_way.pop(0)
        counts = Counter((each.course, each.learner) for each in under_way)
        head = fair_order(waiting, [_turns(each, counts, had) for each in {*had, *counts}])[0]
        waiting.remove(head)
        under_way.append(head)
        had[head.course, head.learner] = now
        served_flooder += head.learner == flooder.learner
    assert served_flooder <= len(jobs) + 1


def _turns(each, counts, had):
    return Turns(
        course=each[0], learner=each[1], under_way=counts[each], last_at=had.get(each, float("-inf"))
    )


def test_a_single_grader_serves_the_newcomer_after_the_job_it_has():
    """With one job at a time nothing tells them apart but whose last turn is longer ago."""
    fifty = [QueuedJob(number=number, course=1, learner=1) for number in range(50)]
    newcomer = QueuedJob(number=50, course=1, learner=2)
    had = [Turns(course=1, learner=1, last_at=7.0)]
    assert fair_order([*fifty, newcomer], had)[0] == newcomer


def test_courses_take_turns_whatever_their_size():
    large = [QueuedJob(number=number, course=1, learner=number) for number in range(6)]
    small = [QueuedJob(number=number, course=2, learner=number) for number in (10, 11)]
    assert [job.course for job in fair_order(large + small)] == [1, 2, 1, 2, 1, 1, 1, 1]
