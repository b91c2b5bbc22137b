"""Taking the whole paper at once: from a browser without scripts, or on its way to submitting."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from prova.marking.actions.try_code import try_code
from prova.quizzes import actions
from prova.quizzes.cards import baseline_of
from prova.quizzes.models import Attempt, AttemptItem, Refusal
from prova.quizzes.refusals import AttemptOver, QuizRefusal, SavedElsewhere
from prova.quizzes.refused import count_own, count_refusal
from prova.quizzes.request_parts import MAX_ID_DIGITS, known_language, language_of_page, number_of, raw_of
from prova.quizzes.saving import Base
from prova.quizzes.sheets import has_open_questions
from prova.quizzes.typed import typed


def take_whole_paper(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    verb, _colon, argument = request.POST.get("then", "save").partition(":")
    saved_elsewhere = []
    try:
        for item in attempt.items.values_list("pk", flat=True):
            raw = raw_of(request, item)
            # Another tab may have changed what this page did not: write only what was changed here.
            if baseline_of(raw) != typed(request.POST.get(f"was-{item}", "")):
                base = Base(response_id=number_of(request.POST.get(f"base-{item}", "")))
                try:
                    actions.save_response(attempt.pk, item, raw, language=language_of_page(), base=base)
                except SavedElsewhere as elsewhere:
                    saved_elsewhere.append(elsewhere)
        if saved_elsewhere:
            _tell_saved_elsewhere(request, saved_elsewhere)
            return _page(request, attempt, saved_elsewhere[0].item.position)
        position = _do_with_item(attempt, verb, argument)
        if verb == "leave":
            left, _colon, sure = argument.partition(":")
            if not sure and has_open_questions(attempt, number_of(left) or 0):
                return redirect(f"{reverse('quizzes:attempt', args=[attempt.pk])}?leaving={left}")
            actions.turn_page(attempt.pk, number_of(left) or 0)
    except AttemptItem.DoesNotExist:
        count_refusal(attempt.pk, attempt.learner_id, Refusal.OTHER_ITEM, f"then {verb}")
        raise Http404(_("No such question.")) from None
    except AttemptOver as over:
        count_own(attempt, over)
        messages.warning(request, over.text())
        return redirect("quizzes:result", attempt.pk)
    except QuizRefusal as refusal:
        count_own(attempt, refusal)
        messages.warning(request, refusal.text())
        return _page(request, attempt, None)
    if verb == "page":
        return redirect(f"{reverse('quizzes:attempt', args=[attempt.pk])}?page={number_of(argument) or 1}")
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
    number = number_of(request.POST.get("page", ""))
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
    return actions.show_item_in(attempt.pk, int(item_id), known_language(value)).position
