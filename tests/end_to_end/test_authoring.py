"""An instructor writes a bilingual question whose numbers are drawn, looks at it as a student would, and publishes it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.end_to_end.visitor import Visitor

pytestmark = [pytest.mark.browser]

PARAMETERS = """\
draw:
  bits: {from: 2, to: 8}
compute:
  levels: 2 ** bits
key: levels - 1
slips:
  levels: levels
"""
TEXTS = {
    "en": {
        "objective": "Count the steps.",
        "convention": "none",
        "stem": "How many steps lie between the levels of [[bits]] bits?",
        "explanation": "There are $[[levels]]$ levels, and one step fewer.",
        "slips.0": "You counted the levels.",
    },
    "pt-br": {
        "objective": "Contar os passos.",
        "convention": "nenhuma",
        "stem": "Quantos passos há entre os níveis de [[bits]] bits?",
        "explanation": "Há $[[levels]]$ níveis, e um passo a menos.",
        "slips.0": "Você contou os níveis.",
    },
}


def violations(visitor: Visitor) -> list[str]:
    report = Axe().run(visitor.page, options={"resultTypes": ["violations"]})
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in report.response["violations"]
        for node in each["nodes"][:3]
    ]


def fill(visitor: Visitor, name: str, text: str) -> None:
    visitor.page.locator(f'[name="{name}"]').fill(text)


def test_a_drawn_bilingual_question_is_written_previewed_and_published(visit):
    ada = visit("ada")
    page = ada.page
    page.goto("/bank/new/")
    page.get_by_label("Numeric").check()
    page.locator("#slug").fill("steps-of-a-grid")
    page.locator("#topic").fill("quantization")
    page.get_by_role("button", name="Begin writing").click()
    page.locator("#numbers > summary").click()
    fill(ada, "parameters", PARAMETERS)
    fill(ada, "variants", "4")
    page.get_by_role("button", name="Add a known wrong number").click()
    fill(ada, "slips.0.id", "levels")
    fill(ada, "source", "Jacob et al. 2018")
    page.locator('[name="tolerance.kind"]').select_option("absolute")
    fill(ada, "tolerance.value", "0")
    for language, texts in TEXTS.items():
        for name, text in texts.items():
            fill(ada, f"texts.{language}.{name}", text)
    page.keyboard.press("Control+s")
    live = page.locator("#live")
    expect(live.get_by_role("table")).to_be_visible()
    expect(live.locator(".checks-state")).to_contain_text("nothing to complain about")
    expect(live.locator(".question__stem")).to_contain_text("How many steps lie between the levels of")

    live.get_by_label("Your answer").fill("1")
    live.get_by_role("button", name="Check this answer").click()
    expect(live.locator(".question--result")).to_contain_text("one step fewer")
    live.get_by_label("Language of the preview").select_option("pt-br")
    expect(live).to_contain_text("um passo a menos")
    assert not violations(ada)

    fill(ada, "texts.pt-br.stem", "Quantos passos há entre os níveis de 9 bits?")
    remark = page.locator("#f-texts-pt-br-stem-says")
    expect(remark).to_contain_text("placeholders differ")
    page.keyboard.press("F8")
    expect(page.locator("#f-texts-pt-br-stem")).to_be_focused()
    fill(ada, "texts.pt-br.stem", TEXTS["pt-br"]["stem"])
    expect(remark).to_be_empty()
    ada.show_as(theme="dark", width=390)
    assert not violations(ada)
    ada.show_as(theme="auto", width=1280)

    page.get_by_role("button", name="On to the review").click()
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_label("Publish without a review, because").fill("A test of the editor.")
    assert not violations(ada)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Version 1 is published")
