"""What a learner reads of each check: a mistake explained once, a formula only where it helps."""

import pytest
from prova.assignments.check_views import CheckView, check_view, seen_beside_others, with_same_reasons
from prova.assignments.verdict_texts import VerdictTexts

from grader.report import CheckResult, Message, ShownCall, Verdict
from tests.prova.assignments import samples

METADATA = samples.METADATA | {
    "references": {
        "checks.half_of_a_whole_number": {
            "formula": r"y = \frac{x}{2}",
            "source": {"en": "Euclid", "pt-br": "Euclides"},
        }
    }
}


def views(*checks: CheckResult, language: str = "en") -> tuple[CheckView, ...]:
    texts = VerdictTexts.of(METADATA, language)
    return with_same_reasons(checks, [check_view(check, texts) for check in checks])


def error(
    check: str, key: str = "missing_function", verdict: Verdict = Verdict.ERROR, **params
) -> CheckResult:
    message = Message(key=key, params=params)
    return samples.failed(name=check, verdict=verdict, message=message, slip=None, got=None, expected=None)


def same(*checks: CheckResult) -> list[str | None]:
    return [view.same_as.name if view.same_as else None for view in views(*checks)]


def test_one_mistake_is_explained_once_and_referred_to_later():
    line_7 = error("a", "name_unknown", name="np", line=7)
    line_9 = error("b", "name_unknown", name="np", line=9)
    assert same(line_7, samples.passed("x"), line_9) == [None, None, "a"]
    assert same(samples.failed(name="a"), samples.failed(name="b")) == [None, "a"]


def test_different_mistakes_are_both_explained():
    assert same(error("a", function="f"), error("b", function="g")) == [None, None]
    assert same(samples.failed(name="a"), samples.failed(name="b", slip="halved_twice")) == [None, None]
    assert same(samples.failed(name="a", slip=None), samples.failed(name="b", slip=None)) == [None, None]


def test_nothing_returned_is_one_mistake_per_function():
    def nothing(name: str, function: str) -> CheckResult:
        call = ShownCall(function=function, arguments=("1",), returned="None")
        return samples.failed(name=name, slip=None, message=Message(key="returned_nothing"), example=(call,))

    assert same(nothing("a", "f"), nothing("b", "g"), nothing("c", "f")) == [None, None, "a"]


@pytest.mark.parametrize("verdict", [Verdict.PASSED, Verdict.CARRIED, Verdict.PARTIAL, Verdict.NOT_RUN])
def test_what_did_not_fail_refers_to_nothing(verdict):
    told = error("a", verdict=verdict, function="f")
    assert same(told, told) == [None, None]


@pytest.mark.parametrize(("language", "source"), [("en", "Euclid"), ("pt-br", "Euclides")])
def test_a_wrong_value_comes_with_the_formula_as_mathml(language, source):
    (view,) = views(samples.failed(), language=language)
    assert "<mfrac>" in view.formula
    assert view.source == source


@pytest.mark.parametrize(
    "check",
    [
        error("half_of_a_whole_number", function="halve"),
        samples.failed(slip=None, message=Message(key="returned_nothing")),
        samples.failed(verdict=Verdict.CPU_LIMIT, slip=None),
        samples.failed(verdict=Verdict.CARRIED, points=3.0),
        samples.passed(),
    ],
    ids=["raised", "nothing", "slow", "carried", "passed"],
)
def test_no_formula_where_it_would_not_help(check):
    (view,) = views(check)
    assert (view.formula, view.source) == ("", "")


def test_what_is_right_given_another_mistake_says_so_and_shows_no_failure():
    message = Message(key="carried", params={"check": "half_of_anything"})
    (view,) = views(samples.failed(verdict=Verdict.CARRIED, points=3.0, message=message))
    assert view.passed
    assert "counted there" in view.sentence
    assert (view.slip, view.calls, view.got) == ("", (), ())


def test_an_unknown_name_is_one_mistake_wherever_it_is_used():
    def unknown(check: str, function: str, line: int) -> CheckResult:
        call = ShownCall(function=function, arguments=("1",))
        message = Message(key="name_unknown", params={"name": "np", "line": line})
        return samples.failed(name=check, verdict=Verdict.ERROR, slip=None, message=message, example=(call,))

    assert same(unknown("a", "f", 3), unknown("b", "g", 9)) == [None, "a"]


def test_the_same_exception_in_another_line_is_another_mistake():
    lines = [
        error(name, "student_error_line", kind="ValueError", text="x", line=line)
        for name, line in zip("abc", (3, 3, 4), strict=True)
    ]
    assert same(*lines) == [None, "a", None]


def test_a_message_of_the_author_is_said_once_whatever_its_numbers():
    told = [
        samples.failed(name=name, slip=None, message=Message(key="not_whole", params={"got": name}))
        for name in "ab"
    ]
    assert same(*told) == [None, "a"]


@pytest.mark.parametrize(
    ("visible", "key"), [(samples.passed(), "hidden_failed"), (samples.failed(), "hidden_failed_too")]
)
def test_a_hidden_check_sends_to_the_visible_ones_first(visible, key):
    hidden = samples.failed(
        name="half_of_anything", visible=False, message=Message(key="hidden_failed"), slip=None
    )
    assert seen_beside_others((visible, hidden))[1].message == Message(key=key)
