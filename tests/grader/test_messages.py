import re

import pytest

from grader.exercise import EXERCISES_FOLDER, find_exercises, read_exercise
from grader.messages import LANGUAGES, explain, general_messages, text_in
from grader.report import Message, Verdict

PARAMETER = re.compile(r"\{([a-z_]+)\}")


@pytest.mark.parametrize("key", general_messages())
def test_every_message_is_there_in_both_languages_with_the_same_parameters(key: str) -> None:
    texts = general_messages()[key]

    assert set(texts) == set(LANGUAGES)
    assert set(PARAMETER.findall(texts["en"])) == set(PARAMETER.findall(texts["pt-br"]))
    assert texts["en"] != texts["pt-br"]


@pytest.mark.parametrize("folder", find_exercises(), ids=lambda folder: folder.name)
def test_the_messages_of_every_exercise_have_the_same_parameters_in_both_languages(folder: object) -> None:
    for key, texts in read_exercise(str(folder)).messages.items():
        assert set(PARAMETER.findall(texts["en"])) == set(PARAMETER.findall(texts["pt-br"])), key


@pytest.mark.parametrize(
    "verdict", sorted(set(Verdict) - {"passed", "partial", "wrong_answer", "error", "not_run"})
)
def test_every_verdict_that_ends_a_session_has_a_message_of_its_own(verdict: str) -> None:
    assert verdict in general_messages()


def test_numbers_are_written_the_way_the_language_writes_them() -> None:
    message = Message(key="wall_limit", params={"limit_s": 2.5})

    assert "2.5 s" in explain(message, "en")
    assert "2,5 s" in explain(message, "pt-br")


def test_an_exercise_may_say_it_better() -> None:
    own = {"wrong_value": {"en": "Look at 2^{b} again, not {got}.", "pt-br": "…"}}

    assert (
        explain(Message(key="wrong_value", params={"got": "3"}), "en", own) == "Look at 2^{b} again, not 3."
    )


def test_a_check_is_named_by_its_title() -> None:
    titles = {"checks.rounds": {"en": "It rounds", "pt-br": "Arredonda"}}
    message = Message(key="carried", params={"check": "rounds"})

    assert "“Arredonda”" in explain(message, "pt-BR", titles)


def test_what_learners_write_is_never_a_template() -> None:
    message = Message(
        key="student_error", params={"kind": "ValueError", "text": "{kind} {0} {text.__class__}"}
    )

    assert "ValueError: {kind} {0} {text.__class__}." in explain(message, "en")


def test_an_unknown_key_is_still_readable() -> None:
    assert explain(Message(key="some_new_slip"), "en") == "some new slip"


@pytest.mark.parametrize(("language", "expected"), [("pt", "p"), ("pt-BR", "p"), ("en-gb", "e"), ("de", "e")])
def test_a_language_falls_back_to_its_relatives_and_then_to_english(language: str, expected: str) -> None:
    assert text_in({"en": "e", "pt-br": "p"}, language) == expected


def test_places_that_know_the_general_messages_find_them() -> None:
    """Every key that the grader's code mentions in quotes as a message exists."""
    folder = EXERCISES_FOLDER.parents[2] / "grader"
    mentioned = {
        key
        for file in folder.glob("*.py")
        for key in re.findall(r'(?:key=|WrongAnswer\(|_wrong\()"([a-z_]+)"', file.read_text(encoding="utf-8"))
    }

    assert len(mentioned) > 15
    assert mentioned <= set(general_messages())
