"""What keeps a quiz from being published, and what an instructor may not have meant; in sentences."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from prova.gradebook.policies import Counts
from prova.quizzes.models import FeedbackPolicy, Layout, Quiz, QuizItem
from prova.quizzes.timing import is_cut
from questionbank.completeness import LanguageState, missing_languages
from questionbank.questions import definition_of


@dataclass(frozen=True)
class Finding:
    text: str
    is_error: bool  #: it keeps the quiz from being published


def findings_of(quiz: Quiz) -> list[Finding]:
    """With the pools as they are frozen now."""
    items = list(quiz.items.select_related("version", "question"))
    errors = [*_about_questions(items), *_about_pools(quiz, items), *_about_languages(quiz, items)]
    errors += [*_about_titles(quiz), *_about_times(quiz), *_about_password(quiz)]
    return [Finding(text, True) for text in errors] + [Finding(text, False) for text in _warnings(quiz)]


def _about_questions(items: Sequence[QuizItem]) -> Iterator[str]:
    if not items:
        yield _("The quiz asks nothing yet. Add questions or a pool.")


def _about_pools(quiz: Quiz, items: Sequence[QuizItem]) -> Iterator[str]:
    sizes = Counter(item.pool_id for item in items if item.pool_id)
    for pool in quiz.pools.all():
        if sizes[pool.pk] < pool.draws:
            yield _(
                "The pool at place %(place)d draws %(draws)d, but has only %(size)d questions that no other place asks."
            ) % {"place": pool.position, "draws": pool.draws, "size": sizes[pool.pk]}


def _about_languages(quiz: Quiz, items: Sequence[QuizItem]) -> Iterator[str]:
    if not quiz.languages:
        return
    for item in items:
        missing = missing_languages(definition_of(item.version), quiz.languages)
        for language, state in missing.items():
            words = {"question": item.question.slug, "language": language_name(language)}
            if state is LanguageState.STALE:
                yield _("“%(question)s” is out of date in %(language)s.") % words
            else:
                yield _("“%(question)s” is not complete in %(language)s.") % words


def _about_titles(quiz: Quiz) -> Iterator[str]:
    if not any(text.strip() for text in quiz.titles.values()):
        yield _("The quiz has no title.")
    for language in quiz.languages:
        if not quiz.titles.get(language, "").strip():
            yield _("The quiz has no title in %(language)s.") % {"language": language_name(language)}


def _about_times(quiz: Quiz) -> Iterator[str]:
    if quiz.opens_at and quiz.closes_at and quiz.closes_at <= quiz.opens_at:
        yield _("The quiz closes before it opens.")
    if quiz.opens_at and quiz.start_until and quiz.start_until < quiz.opens_at:
        yield _("The last start lies before the quiz opens.")
    if quiz.feedback_policy == FeedbackPolicy.AFTER_CLOSE and quiz.closes_at is None:
        yield _("Explanations wait for the quiz to close, but it never closes.")
    if quiz.is_one_way and quiz.layout == Layout.ALL:
        yield _("There is no way back between pages, but all questions are on one page.")


def _about_password(quiz: Quiz) -> Iterator[str]:
    if quiz.awaits_password:
        yield _("The quiz needs a password, and its file does not tell which. Set one under Rules.")


def _warnings(quiz: Quiz) -> Iterator[str]:
    if quiz.closes_at and quiz.start_until and quiz.start_until > quiz.closes_at:
        yield _("The last start lies after the closing, so it changes nothing.")
    if quiz.opens_at and is_cut(quiz.time_rules(), None, quiz.opens_at):
        yield _("The quiz is open for less time than its time limit, so closing cuts every attempt.")
    if not quiz.closing_cuts and quiz.time_limit_s is None and quiz.closes_at:
        yield _(
            "Closing does not end attempts and there is no time limit, so who has begun may go on for ever."
        )
    if _tells_the_next_attempt(quiz):
        yield _(
            "Keys or explanations are shown while another attempt that counts is allowed: who takes the quiz again knows the answers. Fine for practice; for an exam allow one attempt, count the first, or show them after closing."
        )
    for language in ("en", "pt-br"):
        if language not in quiz.languages and not quiz.titles.get(language, "").strip():
            yield _("The quiz has no title in %(language)s.") % {"language": language_name(language)}


def _tells_the_next_attempt(quiz: Quiz) -> bool:
    """Feedback after submitting is what a practice quiz is for; under a clock or behind a door it is an oversight."""
    is_guarded = bool(quiz.time_limit_s or quiz.password or quiz.awaits_password or quiz.networks)
    is_told = quiz.feedback_policy == FeedbackPolicy.AT_ONCE or (
        quiz.feedback_policy == FeedbackPolicy.AFTER_SUBMISSION and is_guarded
    )
    has_another = quiz.attempts_allowed != 1 and quiz.counts != Counts.FIRST
    return is_told and has_another and (quiz.tells_key or quiz.tells_explanations)


def language_name(code: str) -> str:
    return str(dict(settings.LANGUAGES).get(code, code))
