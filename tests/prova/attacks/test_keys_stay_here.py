"""Everything a learner's browser is sent before feedback is allowed, of every type: none of it tells what is right."""

import re
from typing import Any

import pytest
from django.urls import reverse
from prova.quizzes.actions import start_attempt, submit_attempt
from prova.quizzes.actions.settings import change_quiz
from prova.quizzes.models import AttemptItem

from questionbank.items import ITEM_TYPES
from questionbank.questions import item_of
from tests.prova.attacks.marked_secrets import MARK, quiz_of_all_types


@pytest.fixture
def quiz(course):
    return quiz_of_all_types(course)


@pytest.fixture
def attempt(quiz, lin):
    return start_attempt(quiz, lin)


@pytest.fixture
def items(attempt):
    return list(attempt.items.select_related("version", "variant"))


@pytest.fixture
def client(lin, signed_in):
    return signed_in(lin)


def url(name: str, *parts: object) -> str:
    return reverse(f"quizzes:{name}", args=parts)


def fields_of(item: AttemptItem, raw: list[str]) -> dict[str, list[str]]:
    """What a browser sends: “x1=0.25” is the field item-7.x1."""
    form: dict[str, list[str]] = {}
    for text in raw:
        part, sign, value = text.partition("=")
        is_part = sign and re.fullmatch(r"[a-z]\d+", part)
        name = f"item-{item.pk}.{part}" if is_part else f"item-{item.pk}"
        form.setdefault(name, []).append(value if is_part else text)
    return form


def right_raw(item: AttemptItem) -> list[str]:
    bound: Any = item_of(item.version, item.variant)
    right = bound.right_response()
    match bound.type:
        case "single_choice" | "multiple_choice":
            return [bound.token(each) for each in bound.question.options if each.id in right["chosen"]]
        case "true_false" | "matching" | "ordering":
            return [bound.value(row, choice) for row, choice in right["rows"].items()]
        case "gaps":
            names = list(bound.gaps)
            return [
                f"g{names.index(name) + 1}="
                + (bound.gaps[name].token(answer["choice"]) if "choice" in answer else str(answer["text"]))
                for name, answer in right["gaps"].items()
            ]
        case "hotspot":
            return bound.answer_of(right, "en")
    return [str(right.get("text", right.get("source", right.get("output", ""))))]


def wrong_raw(item: AttemptItem) -> list[str]:
    """Of the same shape as the right answer."""
    bound: Any = item_of(item.version, item.variant)
    match bound.type:
        case "single_choice":
            return [bound.token(each) for each in bound.question.options if not each.correct][:1]
        case "multiple_choice":
            return [bound.token(each) for each in bound.question.options if not each.correct][:2]
        case "true_false" | "matching" | "ordering":
            right = bound.right_response()["rows"]
            turned = [*list(right.values())[1:], *list(right.values())[:1]]
            return [bound.value(row, choice) for row, choice in zip(right, turned, strict=True)]
        case "gaps":
            return [text if text.startswith("g4") else f"{text[:3]}7" for text in right_raw(item)]
        case "hotspot":
            return ["x1=0.01", "y1=1", "x2=0.02", "y2=2"]
        case "numeric":
            return ["3.12"]
    return ["something else"]


def test_every_type_is_asked(items):
    assert {item.version.content["type"] for item in items} == set(ITEM_TYPES)


def test_no_answer_before_feedback_tells_more_than_the_question(client, quiz, attempt, items):
    said: dict[str, str] = {}

    def keep(what: str, answer) -> None:
        said[what] = (answer.content.decode() + str(answer.headers)).lower()

    for language in ("en", "pt-br"):
        keep("paper", client.get(url("attempt", attempt.pk), headers={"Accept-Language": language}))
    for item in items:
        kind = item.version.content["type"]
        for raw in (["??"], wrong_raw(item), right_raw(item)):
            form = {**({} if kind in ("free_text", "code") and MARK in raw[0] else fields_of(item, raw))}
            keep(f"{kind} saved", client.post(url("save", attempt.pk, item.pk), form))
        keep(f"{kind} clash", client.post(url("save", attempt.pk, item.pk), {"base": "0", **form}))
        keep(
            f"{kind} language",
            client.post(url("item_language", attempt.pk, item.pk), {"language": "pt-br", **form}),
        )
        keep(f"{kind} flag", client.post(url("flag", attempt.pk, item.pk), {"is_flagged": "on"}))
        keep(f"{kind} check", client.post(url("check", attempt.pk, item.pk)))
        keep(f"{kind} hint", client.post(url("hint", attempt.pk, item.pk), {"number": "2"}))
        keep(f"{kind} trial", client.get(reverse("marking:trial", args=[item.pk])))
        keep(f"{kind} state", client.get(reverse("marking:code_state", args=[item.pk])))
    keep("answered paper", client.get(url("attempt", attempt.pk)))
    keep("time", client.get(url("time", attempt.pk)))
    keep("submit", client.get(url("submit", attempt.pk)))
    keep("before", client.get(url("quiz", quiz.course.slug, quiz.slug)))
    keep("no result yet", client.get(url("result", attempt.pk), follow=True))
    typed = {"short_answer", "gaps", "code_reading"}  # an answer is shown to who typed it
    telling = {
        what
        for what, text in said.items()
        if MARK in (text if what.split()[0] not in {*typed, "answered", "no"} else _without_typed(text))
    }
    assert not telling


POLICIES: list[dict[str, Any]] = [
    {"feedback_policy": "never"},
    {"feedback_policy": "after_close"},
    {"tells_key": False, "tells_explanations": False},
    {"tells_key": False, "tells_explanations": False, "tells_score": False},
]


@pytest.mark.parametrize("policy", POLICIES, ids=[" ".join(policy) for policy in POLICIES])
def test_no_result_tells_what_its_policy_withholds(client, quiz, attempt, items, policy):
    for item in items:
        client.post(url("save", attempt.pk, item.pk), fields_of(item, wrong_raw(item)))
    change_quiz(quiz.pk, policy)
    submit_attempt(attempt.pk)
    for page in (url("result", attempt.pk), url("quiz", quiz.course.slug, quiz.slug), reverse("home")):
        assert MARK not in client.get(page).content.decode().lower()


def test_where_only_the_key_is_told_nothing_explains_it(client, quiz, attempt, items):
    for item in items:
        client.post(url("save", attempt.pk, item.pk), fields_of(item, wrong_raw(item)))
    change_quiz(quiz.pk, {"tells_explanations": False})
    submit_attempt(attempt.pk)
    hotspot = next(item for item in items if item.version.content["type"] == "hotspot")
    told = client.get(url("result", attempt.pk)).content.decode()
    regions = item_of(hotspot.version, hotspot.variant).question.texts["en"].regions.values()
    assert not [text for text in regions if text in told]


def test_where_neither_score_nor_key_is_told_no_card_says_how_it_went(client, quiz, attempt, items):
    for item in items:
        client.post(url("save", attempt.pk, item.pk), fields_of(item, right_raw(item)))
    change_quiz(quiz.pk, {"tells_key": False, "tells_score": False, "feedback_policy": "at_once"})
    for item in items:
        client.post(url("check", attempt.pk, item.pk))
    taking = client.get(url("attempt", attempt.pk)).content.decode()
    submit_attempt(attempt.pk)
    result = client.get(url("result", attempt.pk)).content.decode()
    for page in (taking, result):
        assert "question--result" in page
        assert not re.findall(r"question--(?:right|wrong|partly)|badge--(?:good|bad)|>Right<", page)


def test_a_right_save_is_answered_like_a_wrong_one(client, attempt, items):
    told: dict[str, list[tuple[int, str]]] = {}
    for item in items:
        kind = item.version.content["type"]
        for raw in (wrong_raw(item), right_raw(item)):
            answer = client.post(url("save", attempt.pk, item.pk), fields_of(item, raw))
            text = re.sub(r'value="[^"]*"|\d+', "", answer.content.decode())
            told.setdefault(kind, []).append((answer.status_code, text))
    assert not [kind for kind, (wrong, right) in told.items() if wrong != right]


def _without_typed(text: str) -> str:
    """Without what stands in form fields."""
    text = re.sub(r'(data-stored|value|data-was)="[^"]*"', "", text)
    return re.sub(r"(?s)<textarea.*?</textarea>", "", text)
