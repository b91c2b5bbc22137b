"""Words, gaps and outputs on the pages of an attempt, from a browser without script."""

from dataclasses import dataclass, replace
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from prova.quizzes.actions import start_attempt, submit_attempt
from prova.quizzes.models import Attempt, Response
from prova.teaching.previews import face_of
from prova.teaching.question_figures import figures_of

from questionbank.definition import QuestionDefinition
from questionbank.items.gaps import Gaps
from questionbank.questions import item_of
from questionbank.typed import GapDefinition, ProgramDefinition
from tests.prova.quizzes.questions import make_quiz
from tests.questionbank import samples


def gaps() -> QuestionDefinition:
    """Method, bits and order in one sentence; in Portuguese the order comes first."""
    question = samples.gaps(
        gaps=(
            GapDefinition("method", "text"),
            GapDefinition("bits", "number", key=4, unit="bit"),
            GapDefinition("order", "choice", choices=("early", "late"), right="late"),
        ),
        generator=None,
    )
    stems = {
        "en": "[[gap.method]] with [[gap.bits]] comes [[gap.order]].",
        "pt-br": "Vem [[gap.order]]: [[gap.method]] com [[gap.bits]].",
    }
    texts = {
        language: replace(
            text, stem=stems[language], gaps={name: text.gaps[name] for name in ("method", "bits", "order")}
        )
        for language, text in question.texts.items()
    }
    return replace(question, texts=texts)


def program() -> QuestionDefinition:
    return samples.code_reading(program=ProgramDefinition("print(16)\nprint(256)", "16\n256"), generator=None)


@pytest.fixture
def attempt(course, lin) -> Attempt:
    return start_attempt(make_quiz(course, [(samples.short_answer(), 2), (gaps(), 3), (program(), 2)]), lin)


@dataclass(frozen=True)
class Pages:
    """What a learner's browser shows."""

    client: Client

    def __call__(self, attempt: Attempt, name: str = "attempt", **headers: str) -> str:
        page = self.client.get(reverse(f"quizzes:{name}", args=[attempt.pk]), headers=headers)
        return page.content.decode()


@pytest.fixture
def page_of(lin, signed_in) -> Pages:
    return Pages(signed_in(lin))


def paper(
    attempt: Attempt, *, method: str, bits: str, order: str = "late", program: str = "16\r\n256\r\n"
) -> dict[str, str]:
    """What the form sends when nothing was saved before."""
    words, sentence, code = attempt.items.select_related("version", "variant")
    gapped = item_of(sentence.version, sentence.variant)
    assert isinstance(gapped, Gaps)
    token = gapped.gaps["order"].token(order)
    return {
        f"item-{words.pk}": " Prunning ",
        f"item-{sentence.pk}.g1": method,
        f"item-{sentence.pk}.g2": bits,
        f"item-{sentence.pk}.g3": token,
        f"item-{code.pk}": program,
        "then": "save",
    }


def saved(attempt: Attempt) -> list[Any]:
    newest = {response.attempt_item_id: response.value for response in Response.objects.order_by("pk")}
    return [newest.get(item.pk) for item in attempt.items.all()]


def test_a_paper_without_script_keeps_every_field_at_its_place(attempt, page_of) -> None:
    page_of.client.post(reverse("quizzes:attempt", args=[attempt.pk]), paper(attempt, method="", bits="5"))
    words, sentence, code = saved(attempt)
    assert words == {"text": "Prunning"}
    assert sentence["gaps"]["bits"]["value"] == 5
    assert sentence["gaps"]["order"] == {"choice": "late"}
    assert "method" not in sentence["gaps"]
    assert code == {"text": "16\n256"}
    page = page_of(attempt)
    assert 'value="5"' in page
    assert "16\n256</textarea>" in page
    assert "1 gap is still empty" in page
    assert 'aria-label="Gap 2 of 3, bit"' in page


def test_saving_the_same_paper_again_writes_nothing(attempt, page_of) -> None:
    form = paper(attempt, method="poda", bits="4")
    page_of.client.post(reverse("quizzes:attempt", args=[attempt.pk]), form)
    before = Response.objects.count()
    page = page_of(attempt)
    baselines = {
        f"was-{item.pk}": unescape(page.split(f'name="was-{item.pk}" value="')[1].split('"')[0])
        for item in attempt.items.all()
    }
    # a browser sends the line ends of a hidden field as it sends those of the text
    baselines = {name: text.replace("\n", "\r\n") for name, text in baselines.items()}
    page_of.client.post(reverse("quizzes:attempt", args=[attempt.pk]), form | baselines)
    assert Response.objects.count() == before == 3


def test_a_gap_keeps_its_answer_where_the_other_language_puts_it_elsewhere(attempt, page_of) -> None:
    page_of.client.post(
        reverse("quizzes:attempt", args=[attempt.pk]), paper(attempt, method="poda", bits="4")
    )
    page = page_of(attempt, accept_language="pt-BR")
    assert page.index('aria-label="Lacuna 1 de 3"') < page.index('aria-label="Lacuna 2 de 3"')
    field = page.split('aria-label="Lacuna 2 de 3"')[0].rpartition("<input")[2]
    assert 'value="poda"' in field
    assert ".g1" in field


def test_a_gap_that_cannot_be_read_is_named_with_its_number_and_asked_about_at_the_end(
    attempt, page_of
) -> None:
    page_of.client.post(
        reverse("quizzes:attempt", args=[attempt.pk]), paper(attempt, method="poda", bits="four")
    )
    assert "Gap 2: This is not a number." in page_of(attempt)
    end = page_of(attempt, "submit")
    assert "<q>four</q>" in end
    assert "Not every row or gap" in end


def test_no_key_is_on_the_page_and_every_one_is_on_the_result(attempt, page_of) -> None:
    page_of.client.post(
        reverse("quizzes:attempt", args=[attempt.pk]),
        paper(attempt, method="sharing", bits="4", program="16"),
    )
    keys = ("weight sharing", ">pruning<", "about the method", "that makes zeros")
    page = page_of(attempt)
    assert not [key for key in keys if key in page]
    assert "early" not in page  # the ids of choices stay on the server
    submit_attempt(attempt.pk)
    result = page_of(attempt, "result")
    assert "weight sharing" in result
    assert "that makes zeros" in result
    assert "about the method" in result
    assert 'class="output-diff__missing"' in result
    scores = list(attempt.items.values_list("score", flat=True))
    assert scores == [0, 2, 1]


def test_the_instructor_sees_what_was_answered(attempt, page_of) -> None:
    page_of.client.post(
        reverse("quizzes:attempt", args=[attempt.pk]), paper(attempt, method="poda", bits="5")
    )
    submit_attempt(attempt.pk)
    words, sentence, code = figures_of(attempt.quiz, "en")
    assert {choice.id: choice.count for choice in words.choices} == {
        "sharing": 0,
        "clusters": 0,
        "pruning": 1,
    }
    assert [(choice.text_html, choice.right_html, choice.count) for choice in sentence.choices] == [
        ("Gap 1", "pruning", 1), ("Gap 2", "4\u00a0bit", 0), ("Gap 3", "after", 1),
    ]  # fmt: skip
    assert [(choice.id, choice.count) for choice in code.choices] == [("key", 1)]


def test_a_preview_lists_every_accepted_wording(attempt) -> None:
    words, sentence, code = (item_of(item.version, item.variant) for item in attempt.items.all())
    accepted = {each.name: (each.texts, each.fraction) for each in face_of(words, "pt-br").wordings}
    assert accepted["sharing"] == ("compartilhamento de pesos; weight sharing; sharing", 1.0)
    assert accepted["pruning"][1] == 0
    assert [(each.name, each.texts) for each in face_of(sentence, "pt-br").wordings] == [
        ("Lacuna 2", "poda; pruning")
    ]
    assert "16\n256" in face_of(code, "en").key_html
