from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from prova.assignments.models import State, Submission
from prova.courses.models import Enrolment
from prova.regrades.actions import start_regrade
from prova.regrades.models import Regrade, RegradeState

from tests.prova.assignments import samples
from tests.prova.regrades.conftest import fresh, judge

WRONG = (samples.failed(), samples.HIDDEN_PASSED)
OVERVIEW_QUERIES = 7
PAGE_QUERIES = 8
#: session, person, submission, sentence of the regrade
NOTICE_QUERIES = 4


def text(response):
    return response.content.decode()


def address(name, *args):
    return reverse(f"regrades:{name}", args=["edge", *args])


@pytest.fixture
def regrade(assignment, ada, hand_in, newer):
    hand_in("up", *WRONG)
    hand_in("down")
    newer()
    return start_regrade(assignment, ada, note="A check was <too> strict.")


@pytest.fixture
def judged(regrade):
    judge(regrade, down=WRONG)
    return regrade


def test_an_instructor_starts_watches_and_decides(as_ada, assignment, hand_in, newer, ada):
    submission = hand_in("lin", *WRONG)
    newer()
    assert "1 of them with an older version" in text(as_ada.get(address("regrades")))
    response = as_ada.post(
        address("start"), {"assignment": "halving", "scope": "all", "note": "Corrected."}, follow=True
    )
    assert "0 of 1 submission judged" in text(response)
    regrade = Regrade.objects.get()
    judge(regrade)
    page = text(as_ada.get(address("regrade", regrade.pk)))
    assert "1 mark changes" in page
    assert "+75.0" in page
    assert "Half of a whole number" in page
    response = as_ada.post(address("live", regrade.pk), follow=True)
    assert "1 mark is live." in text(response)
    assert fresh(submission).score == 4.0
    assert "Ada Lovelace" in text(as_ada.get(address("regrades")))


def test_while_it_is_judged_the_page_asks_again_and_then_reloads(as_ada, regrade):
    assert 'hx-trigger="every 2s"' in text(as_ada.get(address("regrade", regrade.pk)))
    assert "0 of 2" in text(as_ada.get(address("progress", regrade.pk)))
    judge(regrade)
    assert as_ada.get(address("progress", regrade.pk))["HX-Refresh"] == "true"
    assert "hx-trigger" not in text(as_ada.get(address("regrade", regrade.pk)))


def test_what_cannot_be_done_is_explained_on_the_page(as_ada, regrade):
    response = as_ada.post(address("live", regrade.pk))
    assert response.status_code == 422
    assert "still being judged" in text(response)
    response = as_ada.post(address("start"), {"assignment": "halving", "note": "precious"})
    assert response.status_code == 422
    assert "open already" in text(response)


def test_a_discarded_one_stays_on_record(as_ada, judged):
    response = as_ada.post(address("discard", judged.pk), follow=True)
    assert "No mark has changed" in text(response)
    assert "Discarded" in text(as_ada.get(address("regrade", judged.pk)))


def test_failures_of_ours_can_be_judged_again(as_ada, regrade):
    Submission.with_shadows.filter(shadow_of__isnull=False).update(state=State.SYSTEM_ERROR)
    assert "2 submissions could not be judged" in text(as_ada.get(address("regrade", regrade.pk)))
    as_ada.post(address("again", regrade.pk))
    assert Submission.with_shadows.filter(shadow_of__isnull=False, state=State.QUEUED).count() == 2


def test_in_portuguese(as_ada, ada, judged):
    ada.language = "pt-br"
    ada.save()
    page = text(as_ada.get(address("regrade", judged.pk)))
    for words in (
        "2 notas mudam",
        "Quem muda",
        "Colocar estas notas em vigor",
        "75,0",
        "Metade de um inteiro",
    ):
        assert words in page
    for words in ("Who changes", "Make these"):
        assert words not in page


@pytest.mark.parametrize("name", ["regrades", "regrade", "progress", "start", "live", "discard", "again"])
def test_it_is_for_instructors_of_the_course_only(signed_in, lin, sam, client, judged, name):
    where = address(name) if name in {"regrades", "start"} else address(name, judged.pk)
    ask = "get" if name in {"regrades", "regrade", "progress"} else "post"
    assert getattr(signed_in(lin), ask)(where).status_code == 403
    assert getattr(signed_in(sam), ask)(where).status_code == 404
    assert getattr(client, ask)(where).status_code == 302
    judged.refresh_from_db()
    assert judged.state == RegradeState.OPEN


def test_a_regrade_of_another_course_does_not_exist_here(as_ada, ada, judged):
    from tests import people

    other = people.make_course("other")
    Enrolment.objects.create(course=other, user=ada, role="instructor")
    assert as_ada.get(reverse("regrades:regrade", args=["other", judged.pk])).status_code == 404


@pytest.mark.parametrize("form", [{}, {"assignment": "nothing"}])
def test_an_unknown_assignment_is_not_found(as_ada, course, form):
    assert as_ada.post(address("start"), form).status_code == 404


# ---- what learners see


def test_before_it_is_live_a_learner_notices_nothing(signed_in, judged):
    row = Submission.objects.get(learner__username="down")
    page = text(signed_in(row.learner).get(reverse("assignments:submission", args=[row.pk])))
    assert "regrade" not in page
    assert "4 / 4" in " ".join(page.split()) or "Full marks" in page


def test_a_learner_reads_that_the_mark_was_changed_and_why(as_ada, signed_in, judged):
    as_ada.post(address("live", judged.pk))
    row = Submission.objects.get(learner__username="down")
    page = text(signed_in(row.learner).get(reverse("assignments:submission", args=[row.pk])))
    assert "changed by a regrade" in page
    assert "from 4 / 4 to 1 / 4" in page
    assert "A check was &lt;too&gt; strict." in page


def test_home_tells_the_news(as_ada, signed_in, judged):
    row = Submission.objects.get(learner__username="up")
    browser = signed_in(row.learner)
    assert "changed by a regrade" not in text(browser.get(reverse("home")))
    as_ada.post(address("live", judged.pk))
    assert "changed by a regrade" in text(browser.get(reverse("home")))


def test_shadows_are_on_no_page(as_ada, signed_in, judged):
    shadow = Submission.with_shadows.filter(shadow_of__isnull=False).first()
    assert shadow is not None
    for name in ("submission", "verdict", "source", "api_submission"):
        where = reverse(f"assignments:{name}", args=[shadow.pk])
        assert signed_in(shadow.learner).get(where).status_code == 404
    assert as_ada.get(reverse("teaching:submission", args=["edge", shadow.pk])).status_code == 404
    listed = as_ada.get(reverse("teaching:submissions", args=["edge"])).context["page"]
    assert shadow not in list(listed)


# ---- the same from a terminal


def command(*words):
    out = StringIO()
    call_command("regrade", *words, stdout=out)
    return out.getvalue()


def test_the_command_starts_shows_and_decides(ada, hand_in, newer):
    submission = hand_in("lin", *WRONG)
    newer()
    assert "1 submissions to judge" in command("start", "edge", "halving", "--by", "ada", "--note", "Why.")
    regrade = Regrade.objects.get()
    judge(regrade)
    assert "1/4 -> 4/4" in command("show", str(regrade.pk))
    assert "1 marks are live" in command("live", str(regrade.pk), "--by", "ada")
    assert fresh(submission).score == 4.0


def test_the_command_explains_what_it_refuses(ada, lin, judged):
    with pytest.raises(CommandError, match="no instructor"):
        command("live", str(judged.pk), "--by", "lin")
    with pytest.raises(CommandError, match="open already"):
        command("start", "edge", "halving", "--by", "ada")
    with pytest.raises(CommandError, match="No such regrade"):
        command("show", "999")
    assert "discarded" in command("discard", str(judged.pk), "--by", "ada")


# ---- what it costs


def test_the_queries_do_not_grow_with_the_class(
    as_ada, assignment, ada, hand_in, newer, django_assert_num_queries
):
    for number in range(2):
        hand_in(f"learner{number}", *WRONG)
    newer()
    for count in (2, 12):
        for number in range(2, count):
            submission = hand_in(f"learner{number}", *WRONG)
            Submission.objects.filter(pk=submission.pk).update(
                exercise=Submission.objects.earliest("pk").exercise
            )
        regrade = start_regrade(assignment, ada)
        judge(regrade)
        with django_assert_num_queries(PAGE_QUERIES):
            as_ada.get(address("regrade", regrade.pk))
        with django_assert_num_queries(OVERVIEW_QUERIES):
            as_ada.get(address("regrades"))
        as_ada.post(address("discard", regrade.pk))


def test_assignments_without_marks_are_named_at_the_end(as_ada, assignment, newer):
    shown = text(as_ada.get(address("regrades")))
    assert "1 assignment without graded submissions" in shown
    assert "Start a regrade" not in shown


def test_a_notice_costs_one_query_where_there_is_one(as_ada, signed_in, judged, django_assert_num_queries):
    row = Submission.objects.get(learner__username="up")
    browser, where = signed_in(row.learner), reverse("assignments:verdict", args=[row.pk])
    with django_assert_num_queries(NOTICE_QUERIES - 1):
        browser.get(where)
    as_ada.post(address("live", judged.pk))
    with django_assert_num_queries(NOTICE_QUERIES):
        browser.get(where)
