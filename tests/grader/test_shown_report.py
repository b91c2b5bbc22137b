"""Every text of a report that may come from a submission, in a terminal: shown literally, and harmless."""

import dataclasses
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from grader.report import CheckResult, GradingReport, Message, Outcome, ShownCall, Verdict
from grader.shown_report import placed_report, visible_throughout
from grader.terminal import print_report
from grader.uploads.upload import Upload
from grader.visible import hidden_escaped, hides, shown_name, visible
from tests.grader.packages import gradable

NASTY = (
    "[red]x[/] {line} \x1b[2J\x1b]0;owned\x07\r\x08\x00\x9b\u202e\u2066\u200b\u2028\ud800\u3164</pre><script>"
)
PARAMS: dict[str, str | int | float] = {"kind": NASTY, "text": NASTY, "line": 3, "file": NASTY, "name": NASTY}


def nasty_report() -> GradingReport:
    check = CheckResult(
        name="doubles",
        points=0.0,
        max_points=2.0,
        verdict=Verdict.ERROR,
        visible=True,
        message=Message(key="student_error_line", params=PARAMS),
        example=(ShownCall(function=NASTY, arguments=(NASTY,), returned=NASTY),),
        got=NASTY,
        expected=NASTY,
        check_bug=NASTY,
    )
    return GradingReport(
        submission_id=0,
        nonce="",
        outcome=Outcome.GRADED,
        exercise="x",
        exercise_version="v",
        checks=(check, dataclasses.replace(check, name=NASTY)),
        printed=NASTY,
        notices=(Message(key="review_forbidden", params=PARAMS), Message(key=NASTY, params=PARAMS)),
    )


def shown(report: GradingReport, folder: Path, upload: Upload | None = None) -> str:
    out = StringIO()
    console = Console(file=out, width=400, color_system=None, highlight=False)
    print_report(report, gradable(folder).exercise, "en", console, upload)
    return out.getvalue()


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("load_error", [None, Message(key="load_error_line", params=PARAMS)])
def test_nothing_that_a_submission_says_steers_the_terminal(
    tmp_path: Path, outcome: Outcome, load_error: Message | None
) -> None:
    report = dataclasses.replace(nasty_report(), outcome=outcome, load_error=load_error, failure=NASTY)

    text = shown(
        report, tmp_path, Upload(source="", main=NASTY, notices=(Message(key="upload_main", params=PARAMS),))
    )

    assert not [character for character in text if hides(character)]
    assert text.count("[red]x[/] {line} ␛[2J␛]0;owned␇␍␈␀[U+009B][U+202E]") >= 5


def test_a_line_is_told_where_the_person_will_look_for_it(tmp_path: Path) -> None:
    params: dict[str, str | int | float] = {"kind": "E", "text": "t", "line": 7}
    wrong = dataclasses.replace(
        nasty_report().checks[0], message=Message(key="student_error_line", params=params)
    )
    report = dataclasses.replace(nasty_report(), checks=(wrong,), notices=(), printed="")

    assert "in line 2 of code cell 2:" in shown(report, tmp_path, Upload(source="", cells=(2, 6)))
    assert "in line 7 of a.py:" in shown(report, tmp_path, Upload(source="", main="a.py", modules={"b": ""}))
    assert "in line 7:" in shown(report, tmp_path, Upload(source="", main="a.py"))
    hidden = placed_report(dataclasses.replace(report, hidden_details=(wrong,)), cells=(2, 6)).hidden_details
    assert hidden[0].message is not None
    assert hidden[0].message.params["cell"] == 2


def test_every_kind_of_value_is_gone_through() -> None:
    value: Any = {"a\0": (NASTY, [1], Verdict.PASSED, None, 0.5), "b": Message(key="k", params={"p": NASTY})}

    seen = visible_throughout(value)

    assert not any(map(hides, repr(seen)))
    assert seen["a␀"][2] is Verdict.PASSED
    assert visible_throughout(nasty_report()).checks[0].verdict is Verdict.ERROR


def test_plain_text_of_any_language_stays_as_it_is() -> None:
    text = "σ = 1\tção 日本語 😀\n"

    assert visible(text) == text
    assert shown_name("a" * 100 + ".py") == "a" * 40 + "…" + "a" * 36 + ".py"
    assert shown_name("a\nb") == "a␊b"


@given(st.text())
def test_json_for_a_terminal_is_the_same_json(text: str) -> None:
    shown = hidden_escaped(json.dumps({text: NASTY}, ensure_ascii=False))

    assert json.loads(shown) == {text: NASTY}
    assert not any(map(hides, shown))
