"""The three journeys a course consists of, from sign-in to result, in a real browser on a real site."""

import html
import re

import pytest
from playwright.sync_api import expect

from tests.end_to_end.journeys import (
    RANKED,
    RIGHT_CODE,
    SMALL_NETWORK,
    WRONG_CODE,
    answer,
    answers,
    open_exercise,
    open_quiz,
    questions,
    start_quiz,
    submit_code,
    submit_quiz,
    take_quiz,
)
from tests.end_to_end.visitor import COURSE, HOME

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_student_takes_a_quiz_in_portuguese_closes_the_browser_and_goes_on(visit):
    lin = visit("lin")
    lin.speak("Português")
    open_quiz(lin)
    address = start_quiz(lin)
    expect(lin.page.locator("html")).to_have_attribute("lang", "pt-BR")
    for question in questions(lin.page)[:4]:
        answer(question, "0,5")
    given = answers(lin.page)
    lin.speak("English")  # in the middle of it: the same question stays in front
    expect(lin.page.locator(".question.is-current")).to_have_attribute("data-position", "4")
    lin.speak("Português")
    lin.close()

    lin_again = visit()
    lin_again.page.goto("/accounts/sign-in/")  # and nothing else: the account knows the language
    lin_again.page.locator("#id_username").fill("lin")
    lin_again.page.locator("#id_password").fill("lin-demo")
    lin_again.page.keyboard.press("Enter")
    lin_again.page.wait_for_url(HOME)
    expect(lin_again.page.locator("html")).to_have_attribute("lang", "pt-BR")
    lin_again.page.locator(f'a[href$="{address.split("/", 3)[-1]}"]').first.click()
    lin_again.page.wait_for_url(address)
    assert answers(lin_again.page) == given
    for question in questions(lin_again.page)[4:]:
        answer(question, "0,5")
    submit_quiz(lin_again)

    result = lin_again.page
    expect(result.locator(".score__number strong")).to_be_visible()
    assert result.locator(".question--result").count() == len(given)
    for explanation in result.locator(".question__why").all():
        assert len(explanation.inner_text().strip()) > 20
    chosen = result.locator(".option--wrong .option__why, .option--right .option__why").first
    expect(chosen).to_be_visible()
    expect(result.get_by_text("sua resposta").first).to_be_visible()


def test_the_key_is_in_nothing_the_browser_gets_before_submission(visit):
    maria = visit("maria")
    bodies = maria.record()
    open_quiz(maria, 1)
    start_quiz(maria)
    for question in questions(maria.page):
        answer(question)
    maria.page.reload()
    before = html.unescape("\n".join(bodies))
    submit_quiz(maria)
    told = maria.page.locator(".option__why, .question__why").evaluate_all(TEXTS)
    fragments = {piece for text in told for piece in re.split(r"\s*\n\s*", text) if len(piece) > 25}
    assert len(fragments) > 10
    assert not [piece for piece in fragments if piece in before]
    assert len(bodies) > len(questions(maria.page))


#: every run of text between two elements, as the server wrote it
TEXTS = """elements => elements.map(element => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode.data.trim());
  return found.join("\\n");
})"""


def test_a_lost_connection_is_said_and_the_answer_is_saved_when_it_is_back(visit):
    joao = visit("joao")
    joao.speak("English")
    open_quiz(joao)
    start_quiz(joao)
    first, second, *_ = questions(joao.page)
    with joao.offline():
        first.locator("input").nth(1).focus()
        if first.locator(".number-field input").count():
            first.locator(".number-field input").fill("7")
        else:
            first.locator("input[type=radio], input[type=checkbox]").first.check()
        expect(first.locator(".save-state--bad")).to_contain_text("Not saved")
    expect(first.locator(".save-state--saved")).to_be_visible()
    joao.hears_again()
    answer(second)
    given = answers(joao.page)
    joao.page.reload()
    assert answers(joao.page) == given


def test_a_student_submits_wrong_code_sees_the_slip_and_submits_right_code(visit):
    lin = visit("lin")
    lin.speak("English")
    open_exercise(lin)
    verdict = submit_code(lin, WRONG_CODE)
    failed = verdict.locator(".check").filter(has=lin.page.locator(".slip")).first
    expect(failed.locator(".slip")).to_contain_text("levels")
    expect(failed.locator("pre.code")).to_contain_text("choose_qparams(")
    expect(verdict.get_by_text("Full marks")).to_have_count(0)

    verdict = submit_code(lin, RIGHT_CODE)
    expect(verdict.get_by_text("Full marks: every check passed.")).to_be_visible()
    lin.page.reload()
    expect(lin.page.locator("#verdict").get_by_text("Full marks")).to_be_visible()


def test_a_measured_solution_is_ranked_under_a_pseudonym_until_its_owner_shows_the_name(visit):
    maria, lin = visit("maria"), visit("lin")
    for learner in (maria, lin):
        learner.speak("English")
    open_exercise(maria, RANKED)
    verdict = submit_code(maria, SMALL_NETWORK)
    expect(verdict.get_by_text("Full marks")).to_be_visible()
    expect(verdict.locator(".standing")).to_contain_text(re.compile(r"Place 1 of \d+.*7\.617×", re.DOTALL))

    verdict.get_by_role("link", name="See the leaderboard").click()
    expect(maria.page.locator("#you")).to_contain_text("7.617×")
    expect(maria.page.locator("#frontier-title")).to_have_count(1)
    expect(maria.page.locator("#you")).not_to_contain_text("Maria")
    board = f"/courses/{COURSE}/assignments/{RANKED}/leaderboard/"
    lin.page.goto(board)
    expect(lin.page.locator("main")).not_to_contain_text("Maria Souza")

    maria.page.get_by_role("button", name="Show my name to the others").click()
    expect(maria.page.locator("#you")).to_contain_text("Maria Souza")
    lin.page.reload()
    expect(lin.page.locator(".board__table")).to_contain_text("Maria Souza")
    maria.page.get_by_role("button", name=re.compile("^Be ")).click()
    lin.page.reload()
    expect(lin.page.locator("main")).not_to_contain_text("Maria Souza")


def test_an_instructor_sees_who_took_what_each_report_and_each_question(visit):
    maria = visit("maria")
    take_quiz(maria)
    quiz = (
        maria.page.locator(".breadcrumbs a[href*='/quizzes/']")
        .get_attribute("href")
        .rstrip("/")
        .split("/")[-1]
    )
    open_exercise(maria)
    submit_code(maria, WRONG_CODE)
    submit_code(maria, RIGHT_CODE)

    ada = visit("ada")
    ada.speak("English")
    page = ada.page
    page.goto(f"/courses/{COURSE}/")
    page.locator(f'a[href="/courses/{COURSE}/teaching/"]').click()
    expect(page.get_by_role("heading", name="The class in figures")).to_be_visible()
    expect(page.locator("svg.chart").first).to_be_visible()

    page.locator(f'.work h3 a[href$="/quizzes/{quiz}/"]').click()
    row = page.get_by_role("row").filter(has_text="Maria Souza")
    expect(row).to_contain_text("Submitted")
    row.locator('a[href*="/attempts/"]').first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Maria Souza")
    expect(page.locator(".question--result").first).to_be_visible()

    page.get_by_role("link", name="Submissions").click()
    page.get_by_label("Search").fill("maria")
    page.get_by_role("button", name="Show", exact=True).click()
    links = page.locator(".row-link")
    right, wrong = links.nth(0), links.nth(1)  # the newest is first
    right.click()
    expect(page.get_by_text("Full marks: every check passed.")).to_be_visible()
    expect(page.get_by_role("heading", name="Changes since")).to_be_visible()
    page.go_back()
    wrong.click()
    expect(page.locator(".slip").first).to_contain_text("levels")

    page.get_by_role("link", name="Questions").click()
    page.get_by_label("Search").fill("scale of an asymmetric quantizer")
    page.get_by_role("button", name="Show", exact=True).click()
    page.locator('tbody a[href$="/scale-of-an-asymmetric-range/"]').click()
    expect(page.get_by_role("heading", name="English")).to_be_visible()
    expect(
        page.locator('article[lang="pt-BR"] .question__stem, article[lang="pt-BR"] .prose').first
    ).to_be_visible()
    variants = page.locator(".preview")
    assert variants.count() > 1
    variants.last.locator("summary").click()
    expect(variants.last.locator(".options")).to_be_visible()
    expect(variants.last.locator(".option-list__item--key")).to_be_visible()
