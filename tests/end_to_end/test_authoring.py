"""An instructor writes a bilingual question whose numbers are drawn, looks at it as a student would, publishes it and asks
it in a quiz; a student takes the quiz and sees the result."""

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Locator, Response, expect

from tests.end_to_end import journeys
from tests.end_to_end.looks import faults
from tests.end_to_end.visitor import COURSE, Visitor
from tests.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

STEPS = "steps-of-a-grid"
GAPS = "gaps-of-a-mask"
#: in the order in which the rows are made
ROWS = (
    ("draw", {"id": "bits", "from": "2", "to": "8"}),
    ("compute", {"id": "levels", "formula": "2 ** bits"}),
    ("values", {"id": "counted-levels", "formula": "levels"}),
    ("slips", {"id": "counted-levels"}),
)
TEXTS = {
    "pt-br": {
        "objective": "Contar os passos.",
        "convention": "nenhuma",
        "stem": "Quantos passos há entre os níveis de [[bits]] bits?",
        "explanation": "Há $[[levels]]$ níveis, e um passo a menos.",
        "slips.0": "Você contou os níveis.",
    },
    "en": {
        "objective": "Count the steps.",
        "convention": "none",
        "stem": "How many steps lie between the levels of [[bits]] bits?",
        "explanation": "There are $[[levels]]$ levels, and one step fewer.",
        "slips.0": "You counted the levels.",
    },
}
GAP_TEXTS = {
    "en": {
        "objective": "Say what a mask does.",
        "convention": "none",
        "stem": "A mask of [[gap.bits]] bit a weight sets weights to [[gap.value]].",
        "explanation": "A mask keeps or removes.",
        "gaps.0.explanation": "One bit says keep or remove.",
        "gaps.1.answers": "zero\n0",
        "gaps.1.explanation": "A removed weight is zero.",
    },
    "pt-br": {
        "objective": "Dizer o que uma máscara faz.",
        "convention": "nenhuma",
        "stem": "Uma máscara de [[gap.bits]] bit por peso põe os pesos em [[gap.value]].",
        "explanation": "Uma máscara mantém ou remove.",
        "gaps.0.explanation": "Um bit diz se fica ou sai.",
        "gaps.1.answers": "zero\n0",
        "gaps.1.explanation": "Um peso removido é zero.",
    },
}
AWAY = """
from prova.gradebook.models import GradebookEntry
from prova.quizzes.models import Attempt, Quiz
quizzes = Quiz.objects.filter(slug="contas-de-grade")
Attempt.with_previews.filter(quiz__in=quizzes).delete()
GradebookEntry.objects.filter(quiz__in=quizzes).delete()
quizzes.delete()
from prova.accounts.models import User
User.objects.filter(username__in=["ada", "lin"]).update(language="")
"""


@pytest.fixture
def as_before(site: Site) -> Iterator[None]:
    yield
    # Other journeys of the same site count the quizzes of its course, and speak English.
    site.manage("shell", "-c", AWAY)


def fill(visitor: Visitor, name: str, text: str) -> None:
    visitor.page.locator(f'[name="{name}"]').fill(text)


def press(visitor: Visitor, then: str) -> None:
    """A button of the editor, which saves and comes back to the page."""
    button = visitor.page.locator(f'button[name="then"][value="{then}"]:visible').first
    with visitor.page.expect_navigation():
        button.click()


def begin(visitor: Visitor, kind: str, slug: str, source: str) -> None:
    page = visitor.page
    page.goto("/bank/new/")
    page.locator(f'input[name="type"][value="{kind}"]').check()
    page.locator("#slug").fill(slug)
    page.locator("#topic").fill("quantization")
    page.locator("#source_language").select_option(source)
    page.locator("main form button.button--primary").click()
    expect(page.locator("#editor")).to_be_visible()


def write(visitor: Visitor, texts: dict[str, dict[str, str]]) -> None:
    """Until the preview knows the last text: one that comes later would put away what is typed into it."""
    *_, last = (text for members in texts.values() for text in members.values())

    def knows_all(answer: Response) -> bool:
        return answer.url.endswith("/live/") and last in unquote_plus(answer.request.post_data or "")

    with visitor.page.expect_response(knows_all):
        fill(visitor, "source", "Jacob et al. 2018")
        for language, members in texts.items():
            for name, text in members.items():
                fill(visitor, f"texts.{language}.{name}", text)
    expect(visitor.page.locator("#live")).not_to_contain_class("htmx-request")


def save(visitor: Visitor) -> None:
    """After which the preview comes anew."""
    with visitor.page.expect_response("**/live/"):
        visitor.page.keyboard.press("Control+s")
    expect(visitor.page.locator("#live")).not_to_contain_class("htmx-request")


def publish(visitor: Visitor) -> list[str]:
    """On from the editor, without a review."""
    page = visitor.page
    press(visitor, "review")
    page.locator('.draft-tabs a[href$="/publish/"]').click()
    page.locator("#reason").fill("A test of the editor.")
    found = faults(visitor, "publish")
    page.locator("main form button.button--large").click()
    page.wait_for_url("**/published/")
    return found


def quiet(visitor: Visitor) -> Locator:
    return visitor.page.locator("#live .checks-state .badge--good")


def test_a_drawn_question_is_written_published_asked_and_answered(visit, site, as_before):
    ada = visit("ada")
    ada.speak("Português")
    page = ada.page
    begin(ada, "numeric", STEPS, "pt-br")
    page.locator("#numbers > summary").click()
    for kind, members in ROWS:
        press(ada, f"add:{kind}")
        for name, text in members.items():
            fill(ada, f"{kind}.0.{name}", text)
    fill(ada, "parameters.key", "levels - 1")
    fill(ada, "variants", "4")
    page.locator('[name="tolerance.kind"]').select_option("absolute")
    fill(ada, "tolerance.value", "0")
    write(ada, TEXTS)
    save(ada)
    live = page.locator("#live")
    expect(live.get_by_role("table")).to_be_visible()
    expect(quiet(ada)).to_be_visible()
    expect(live.locator(".question__stem")).to_contain_text("Quantos passos há entre os níveis de")

    live.locator(".question input[type=text]").fill("1")
    live.locator('[name="try"]').click()
    expect(live.locator(".question--result")).to_contain_text("um passo a menos")
    live.locator('[name="preview-language"]').select_option("en")
    expect(live).to_contain_text("one step fewer")
    fill(ada, "texts.en.stem", "How many steps lie between the levels of 9 bits?")
    remark = page.locator("#f-texts-en-stem-says")
    expect(remark).to_contain_text("os números sorteados diferem")
    page.keyboard.press("F8")
    expect(page.locator("#f-texts-en-stem")).to_be_focused()
    fill(ada, "texts.en.stem", TEXTS["en"]["stem"])
    expect(remark).to_be_empty()
    found = faults(ada, "editor", (("light", 1280), ("dark", 390)))
    found += publish(ada)

    base = f"/courses/{COURSE}/teaching/quizzes"
    page.goto(f"{base}/new/")
    fill(ada, "title-pt-br", "Contas de grade")
    fill(ada, "title-en", "Sums of a grid")
    page.locator("main form button.button--primary").click()
    page.wait_for_url("**/questions/**")
    slug = page.url.split("/quizzes/")[1].split("/")[0]
    page.goto(f"{page.url.split('?')[0]}?q=passos")
    page.locator(f'input[name="question"][value="{STEPS}"]').check()
    page.locator('button[name="do"][value="add"]').click()
    expect(page.locator(".builder-line")).to_have_count(1)
    page.locator('button[name="do"][value="publish"]').click()
    expect(page.locator(".badge--good").first).to_be_visible()
    found += takes_it(visit, slug)
    assert not found, "\n".join(found)


def takes_it(visit, slug: str) -> list[str]:
    """The student answers with the number of levels less one, in Portuguese, and is told so."""
    lin = visit("lin")
    lin.speak("Português")
    page = lin.page
    page.goto(f"/courses/{COURSE}/quizzes/{slug}/")
    journeys.start_quiz(lin)
    question = page.locator(".question")
    bits = re.search(r"níveis de (\d) bits", question.inner_text())
    assert bits
    journeys.answer(question, str(2 ** int(bits[1]) - 1))
    journeys.submit_quiz(lin)
    expect(page.locator("main")).to_contain_text("um passo a menos")
    expect(page.locator(".question--result")).to_contain_text("certa")
    return faults(lin, "result", (("light", 390),))


def test_gaps_are_written_with_forms_alone(visit):
    ada = visit("ada")
    page = ada.page
    begin(ada, "gaps", GAPS, "en")
    press(ada, "remove:gaps:2")
    for place, name in enumerate(("bits", "value")):
        fill(ada, f"gaps.{place}.id", name)
    page.locator('[name="gaps.0.kind"]').select_option("number")
    page.locator('[name="gaps.1.kind"]').select_option("text")
    expect(page.locator('[name="texts.en.gaps.0.answers"]')).to_be_hidden()
    expect(page.locator('[name="texts.en.gaps.1.answers"]')).to_be_visible()
    fill(ada, "gaps.0.key", "1")
    write(ada, GAP_TEXTS)
    save(ada)
    expect(quiet(ada)).to_be_visible()
    fields = page.locator("#live .question input[type=text]")
    fields.nth(0).fill("1")
    fields.nth(1).fill("Zero")
    page.locator("#live [name=try]").click()
    expect(page.locator("#live .question--result")).to_contain_text("One bit says keep or remove.")
    found = faults(ada, "editor of gaps")
    found += publish(ada)
    assert not found, "\n".join(found)
