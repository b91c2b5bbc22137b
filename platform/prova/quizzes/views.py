import json
import re
from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prova.accounts.address import sender_address
from prova.accounts.person import person
from prova.accounts.preferences import LANGUAGES
from prova.courses.access import find_course
from prova.courses.models import Role
from prova.marking.actions.try_code import try_code
from prova.quizzes import actions
from prova.quizzes.access import find_attempt, find_quiz
from prova.quizzes.admission import admission
from prova.quizzes.cards import (
    Card,
    ResultCard,
    baseline_of,
    card_of,
    cards_of,
    checked_card_of,
    result_cards_of,
    stored_answer_html,
)
from prova.quizzes.clock import Clock
from prova.quizzes.disclosure import disclosed
from prova.quizzes.entrance import Credentials, check_network, needs_password
from prova.quizzes.models import Attempt, AttemptItem, Refusal, Response
from prova.quizzes.refusals import AttemptOver, OutsideNetwork, QuizRefusal, SavedElsewhere
from prova.quizzes.refused import count_refusal
from prova.quizzes.responses import newest_responses
from prova.quizzes.saving import Base
from prova.quizzes.sheets import marks_of, sheet_of
from prova.quizzes.size import paper_size
from prova.quizzes.typed import typed, within_bounds
from questionbank.questions import item_of

MAX_ID_DIGITS = 18
MAX_PASSWORD_CHARS = 100
TAB_NAME = re.compile(r"[0-9A-Za-z-]{1,36}")
View = Callable[..., HttpResponse]


def field_name(item_id: int) -> str:
    return f"item-{item_id}"


def for_saving(view: View) -> View:
    """Answers a script in the background: signed out is 401, over is 409, never somebody else's page."""

    @never_cache
    @require_POST
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return HttpResponse(_("You are signed out."), status=401)
        try:
            response = view(request, *args, **kwargs)
        except Attempt.DoesNotExist:
            find_attempt(request.user, kwargs["attempt"], check_course=False)
            raise Http404(_("No such attempt.")) from None
        except AttemptItem.DoesNotExist:
            count_refusal(kwargs["attempt"], request.user.pk, Refusal.OTHER_ITEM, f"item {kwargs['item']}")
            raise Http404(_("No such question.")) from None
        except SavedElsewhere as elsewhere:
            return _conflict(request, kwargs["attempt"], elsewhere)
        except QuizRefusal as refusal:
            if refusal.kind is not None:
                count_refusal(kwargs["attempt"], request.user.pk, refusal.kind)
            status = 403 if isinstance(refusal, OutsideNetwork) else 409
            told = render(request, "quizzes/_refused.html", {"text": refusal.text()}, status=status)
            told["X-Refused"] = refusal.kind or "not_now"
            return told
        return response

    return answer


def _conflict(request: HttpRequest, attempt: int, refusal: SavedElsewhere) -> HttpResponse:
    item, stored = refusal.item, refusal.stored
    bound = item_of(item.version, item.variant)
    shown = bound.present(seed=item.seed, language=item.language or _language(), response=stored.value)
    context = {
        "attempt": Attempt(pk=attempt),
        "refusal": refusal,
        "text": refusal.text(),
        "answer_html": stored_answer_html(shown, stored),
        "stored_json": json.dumps(stored.raw),
    }
    return render(request, "quizzes/_conflict.html", context, status=409)


@login_required
@require_GET
def quiz(request: HttpRequest, course: str, quiz: str) -> HttpResponse:
    """The page before: what it covers, how long, how often; starting is a decision."""
    found_course, role = find_course(request.user, course)
    found = find_quiz(found_course, quiz)
    now = timezone.now()
    granted = found.accommodations.filter(learner=person(request)).first()
    mine = found.attempts.filter(learner=person(request)).order_by("number")
    for late in [each for each in mine if actions.is_overdue(each, now)]:
        actions.submit_if_overdue(late.pk, now)
    context = {
        "course": found_course,
        "role": role,
        "quiz": found,
        **paper_size(found),
        "admission": admission(found, tuple(mine.all()), now, granted),
        "time_rules": found.time_rules(granted),
        "needs_password": needs_password(found, granted),
        "is_tied_to_room": bool(found.networks) and not (granted and granted.from_any_network),
        "shows_score": found.shows_score(now),
    }
    return render(request, "quizzes/quiz.html", context)


@login_required
@require_POST
def start(request: HttpRequest, course: str, quiz: str) -> HttpResponse:
    found_course, _role = find_course(request.user, course, Role.LEARNER)
    found = find_quiz(found_course, quiz)
    try:
        attempt = actions.start_attempt(found, person(request), credentials=_credentials(request))
    except QuizRefusal as refusal:
        messages.warning(request, refusal.text())
        return redirect("quizzes:quiz", course, quiz)
    return redirect("quizzes:attempt", attempt.pk)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def attempt(request: HttpRequest, attempt: int) -> HttpResponse:
    """Taking the quiz. A POST is the whole paper at once, from a browser without scripts or on its way to submitting."""
    found = find_attempt(request.user, attempt)
    if actions.is_overdue(found, timezone.now()):
        found = actions.submit_if_overdue(found.pk)
    if not found.is_open:
        if request.method == "POST":
            messages.warning(request, AttemptOver().text())
        return redirect("quizzes:result", attempt)
    try:
        check_network_of(found, request)
    except OutsideNetwork as outside:
        return render(
            request, "quizzes/outside.html", {"quiz": found.quiz, "text": outside.text()}, status=403
        )
    if request.method == "POST":
        return _take_whole_paper(request, found)
    sheet = sheet_of(found, request.GET.get("page", ""))
    cards = cards_of(found, _language(), sheet.number if sheet else None)
    places = marks_of(found, sheet, cards)
    context = {
        "course": found.quiz.course,
        "quiz": found.quiz,
        "attempt": found,
        "cards": cards,
        "entries": _entries(found, cards),
        "places": places,
        "sheet": sheet,
        "answered": sum(place.is_answered for place in places),
        "clock": Clock.of(found, timezone.now()),
    }
    return render(request, "quizzes/attempt.html", context)


def _take_whole_paper(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    verb, _colon, argument = request.POST.get("then", "save").partition(":")
    saved_elsewhere = []
    try:
        for item in attempt.items.values_list("pk", flat=True):
            raw = _raw(request, item)
            # Another tab may have changed what this page did not: write only what was changed here.
            if baseline_of(raw) != typed(request.POST.get(f"was-{item}", "")):
                base = Base(response_id=_number(request.POST.get(f"base-{item}", "")))
                try:
                    actions.save_response(attempt.pk, item, raw, language=_language(), base=base)
                except SavedElsewhere as elsewhere:
                    saved_elsewhere.append(elsewhere)
        if saved_elsewhere:
            _tell_saved_elsewhere(request, saved_elsewhere)
            return _page(request, attempt, saved_elsewhere[0].item.position)
        position = _do_with_item(attempt, verb, argument)
    except AttemptItem.DoesNotExist:
        raise Http404(_("No such question.")) from None
    except AttemptOver as over:
        messages.warning(request, over.text())
        return redirect("quizzes:result", attempt.pk)
    except QuizRefusal as refusal:
        messages.warning(request, refusal.text())
        return _page(request, attempt, None)
    if verb == "leave":
        actions.turn_page(attempt.pk, _number(argument) or 0)
    if verb == "page":
        return redirect(f"{reverse('quizzes:attempt', args=[attempt.pk])}?page={_number(argument) or 1}")
    if verb == "review":
        return redirect("quizzes:submit", attempt.pk)
    if verb == "save":
        messages.success(request, _("Your answers are saved."))
    return _page(request, attempt, position)


def _tell_saved_elsewhere(request: HttpRequest, refusals: Sequence[SavedElsewhere]) -> None:
    places = ", ".join(str(refusal.item.position) for refusal in refusals)
    text = _("Questions with a newer answer from another tab or device, shown here now: %s.") % places
    messages.warning(request, f"{refusals[0].text()} {text}")


def _page(request: HttpRequest, attempt: Attempt, position: int | None) -> HttpResponse:
    """Back to where the form was sent from."""
    number = _number(request.POST.get("page", ""))
    page = redirect("quizzes:attempt", attempt.pk)
    page["Location"] += (f"?page={number}" if number else "") + (f"#question-{position}" if position else "")
    return page


def _do_with_item(attempt: Attempt, verb: str, argument: str) -> int | None:
    """The place of the item a button was pressed for; None for buttons that concern the whole paper."""
    item_id, _colon, value = argument.partition(":")
    if verb not in {"check", "flag", "hint", "language", "try"} or not item_id.isdecimal():
        return None
    if len(item_id) > MAX_ID_DIGITS:
        raise AttemptItem.DoesNotExist
    if verb == "check":
        return actions.check_item(attempt.pk, int(item_id)).position
    if verb == "try":
        submission = try_code(attempt.pk, int(item_id))
        return submission.attempt_item.position if submission.attempt_item else None
    if verb == "flag":
        return actions.flag_item(attempt.pk, int(item_id), value == "on").position
    if verb == "hint":
        number = int(value) if value.isdecimal() and len(value) <= MAX_ID_DIGITS else 0
        return actions.take_hint(attempt.pk, int(item_id), number).position
    return actions.show_item_in(attempt.pk, int(item_id), _known(value)).position


@for_saving
def save(request: HttpRequest, attempt: int, item: int) -> HttpResponse:
    """One answer, in the background; answers with the fragment that says so."""
    raw, base = _raw(request, item), base_of(request)
    saved = actions.save_response(
        attempt, item, raw, language=_language(), base=base, admit=partial(_admit, request)
    )
    return _fragment(request, "quizzes/_saved.html", saved.item.attempt, saved.item, saved.response)


@for_saving
def flag(request: HttpRequest, attempt: int, item: int) -> HttpResponse:
    found = find_own(request, attempt)
    flagged = actions.flag_item(found.pk, item, request.POST.get("is_flagged") == "on")
    return _fragment(request, "quizzes/_flagged.html", found, flagged, _newest(flagged))


@for_saving
def item_language(request: HttpRequest, attempt: int, item: int) -> HttpResponse:
    """Show one whole item in another language; the answer on the page is saved on the way."""
    found = find_own(request, attempt)
    keep_answer(request, found, item)
    shown = actions.show_item_in(found.pk, item, _known(request.POST.get("language", "")))
    return _fragment(request, "quizzes/_card_anew.html", found, shown, _newest(shown))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, attempt: int) -> HttpResponse:
    """Asks once, naming what is unanswered; then submits."""
    found = find_attempt(request.user, attempt)
    if request.method == "POST":
        clock = Clock.of(found, timezone.now())
        if request.POST.get("because") == "time" and found.is_open and clock and clock.seconds_left:
            return redirect("quizzes:attempt", attempt)  # the page's clock is wrong, or more time was given
        actions.submit_attempt(found.pk)
        return redirect("quizzes:result", attempt)
    if not found.is_open or actions.is_overdue(found, timezone.now()):
        return redirect("quizzes:attempt", attempt)
    cards = cards_of(found, _language())
    context = {
        "course": found.quiz.course,
        "quiz": found.quiz,
        "attempt": found,
        "item_count": len(cards),
        "empty": [card for card in cards if not card.is_answered],
        "incomplete": [card for card in cards if card.is_answered and card.presentation.open_rows],
        "unreadable": [card for card in cards if card.problem],
        "flagged": [card for card in cards if card.item.is_flagged],
        "clock": Clock.of(found, timezone.now()),
    }
    return render(request, "quizzes/submit.html", context)


@login_required
@never_cache
@require_GET
def result(request: HttpRequest, attempt: int) -> HttpResponse:
    found = find_attempt(request.user, attempt)
    if found.is_open:
        return redirect("quizzes:attempt", attempt)
    now = timezone.now()
    shows_feedback = found.quiz.shows_feedback(now)
    mine = tuple(found.quiz.attempts.filter(learner=person(request)).order_by("number"))
    context = {
        "course": found.quiz.course,
        "quiz": found.quiz,
        "attempt": found,
        "admission": admission(found.quiz, mine, now),
        "took": found.submitted_at - found.started_at if found.submitted_at else None,
        "shows_feedback": shows_feedback,
        "has_closed": found.quiz.has_closed(now),
        "shows_score": found.quiz.shows_score(now),
        "cards": disclosed(result_cards_of(found, _language()), found.quiz) if shows_feedback else [],
    }
    return render(request, "quizzes/result.html", context)


def _fragment(
    request: HttpRequest, template: str, attempt: Attempt, item: AttemptItem, response: Response | None
) -> HttpResponse:
    clock = Clock.of(attempt, timezone.now())
    context = {
        "attempt": attempt,
        "card": card_of(item, response, _language()),
        "clock": clock,
        "is_fragment": True,
    }
    response_page = render(request, template, context)
    if clock is not None:
        response_page["X-Seconds-Left"] = str(clock.seconds_left)
    if response is not None and response.tab_counter and response.tab == request.POST.get("tab"):
        response_page["X-Tab-Counter"] = str(response.tab_counter)
    return response_page


def _entries(attempt: Attempt, cards: Sequence[Card]) -> list[Card | ResultCard]:
    """The cards; in place of those that were checked while the attempt goes on, their feedback."""
    items = [card.item for card in cards if card.item.checked_at is not None]
    told = disclosed([checked_card_of(item, _language()) for item in items], attempt.quiz)
    checked = {card.item.pk: card for card in told}
    return [checked.get(card.item.pk, card) for card in cards]


def _newest(item: AttemptItem) -> Response | None:
    return newest_responses([item.pk]).get(item.pk)


def _raw(request: HttpRequest, item_id: int) -> list[str]:
    field = field_name(item_id)
    names = (name for name in request.POST if name == field or name.startswith(f"{field}."))
    given = ((name[len(field) + 1 :], text) for name in names for text in request.POST.getlist(name))
    return within_bounds((part, typed(text)) for part, text in given)


def keep_answer(request: HttpRequest, attempt: Attempt, item_id: int) -> None:
    """What a button of one question sends along is saved first. Raises what saving raises."""
    raw, base = _raw(request, item_id), base_of(request)
    actions.save_response(attempt.pk, item_id, raw, language=_language(), base=base)


def _language() -> str:
    return get_language() or "en"


def _known(language: str) -> str:
    return language if language in LANGUAGES else ""


def _credentials(request: HttpRequest) -> Credentials:
    return Credentials(
        password=request.POST.get("password", "")[:MAX_PASSWORD_CHARS], address=sender_address(request.META)
    )


def find_own(request: HttpRequest, attempt: int) -> Attempt:
    """For what a page asks in the background: from inside the networks only. Http404, OutsideNetwork."""
    found = find_attempt(request.user, attempt, check_course=False)
    check_network_of(found, request)
    return found


def _admit(request: HttpRequest, attempt: Attempt) -> None:
    """Raises Attempt.DoesNotExist for somebody else's, OutsideNetwork."""
    if attempt.learner_id != request.user.pk:
        raise Attempt.DoesNotExist
    check_network_of(attempt, request)


def check_network_of(attempt: Attempt, request: HttpRequest) -> None:
    """Raises OutsideNetwork. One more query where the quiz has networks."""
    quiz = attempt.quiz
    if quiz.networks and not attempt.is_preview:
        granted = quiz.accommodations.filter(learner_id=attempt.learner_id).first()
        check_network(quiz, granted, sender_address(request.META))


def base_of(request: HttpRequest) -> Base:
    """What the page that saves says it knows; a page that says nothing is taken at its word."""
    tab = request.POST.get("tab", "")
    return Base(
        response_id=_number(request.POST.get("base", "")),
        tab=tab if TAB_NAME.fullmatch(tab) else "",
        tab_counter=_number(request.POST.get("counter", ""), most=2**31 - 1),
    )


def _number(text: str, most: int = 2**63 - 1) -> int | None:
    number = int(text) if text.isdecimal() and text.isascii() and len(text) <= MAX_ID_DIGITS else None
    return number if number is not None and number <= most else None
