from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from prova.courses.texts import text_in
from prova.gradebook.policies import Counts
from prova.quizzes.timing import TimeRules, rules_for

if TYPE_CHECKING:
    from prova.quizzes.models.accommodation import Accommodation


class FeedbackPolicy(models.TextChoices):
    """When a learner may see keys and explanations."""

    AT_ONCE = "at_once", _("at once, question by question")
    AFTER_SUBMISSION = "after_submission", _("after submitting")
    AFTER_CLOSE = "after_close", _("after the quiz has closed")
    NEVER = "never", _("never")


class Layout(models.TextChoices):
    """How much of the paper is on one page."""

    ALL = "all", _("all questions on one page")
    SECTION = "section", _("one section per page")
    QUESTION = "question", _("one question per page")


class Quiz(models.Model):
    course = models.ForeignKey("courses.Course", on_delete=models.CASCADE, related_name="quizzes")
    slug = models.SlugField(max_length=100)
    titles = models.JSONField()  #: {language: text}
    descriptions = models.JSONField(default=dict, blank=True)
    time_limit_s = models.PositiveIntegerField(null=True, blank=True)  #: None: as long as the quiz is open
    attempts_allowed = models.PositiveSmallIntegerField(null=True, blank=True)  #: None: as many as one likes
    counts = models.CharField(
        max_length=8, choices=[(c.value, c.value) for c in Counts], default=Counts.BEST.value
    )
    feedback_policy = models.CharField(
        max_length=20, choices=FeedbackPolicy.choices, default=FeedbackPolicy.AFTER_SUBMISSION
    )
    #: what a learner sees once the policy allows it
    tells_score = models.BooleanField(default=True)
    tells_key = models.BooleanField(default=True)
    tells_explanations = models.BooleanField(default=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    start_until = models.DateTimeField(null=True, blank=True)  #: None: until it closes
    closes_at = models.DateTimeField(null=True, blank=True)
    closing_cuts = models.BooleanField(default=True)  #: an attempt under way ends when the quiz closes
    #: said aloud in the room, so instructors can read it; empty: none
    password = models.CharField(max_length=100, blank=True, default="")
    #: the file it came from demands a password, and nobody has set one here: it cannot be published
    awaits_password = models.BooleanField(default=False)
    networks = models.JSONField(default=list, blank=True)  #: CIDR; empty: from everywhere
    layout = models.CharField(max_length=10, choices=Layout.choices, default=Layout.ALL)
    is_one_way = models.BooleanField(default=False)  #: a page once left cannot be reached again
    languages = models.JSONField(default=list, blank=True)  #: every question must be complete in these
    is_published = models.BooleanField(default=False)
    marks_blind = models.BooleanField(
        default=True
    )  #: who marks does not see whose answer it is, nor the reverse
    #: A wrong single choice costs what guessing it would gain.
    guessing_penalty = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="one_quiz_per_slug"),
            models.CheckConstraint(
                condition=models.Q(awaits_password=False) | models.Q(is_published=False, password=""),
                name="no_quiz_opens_without_its_password",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def title(self) -> str:
        return text_in(self.titles)

    def description(self) -> str:
        return text_in(self.descriptions)

    def time_rules(self, granted: "Accommodation | None" = None) -> TimeRules:
        rules = TimeRules(
            time_limit_s=self.time_limit_s,
            opens_at=self.opens_at,
            start_until=self.start_until,
            closes_at=self.closes_at,
            closing_cuts=self.closing_cuts,
        )
        return rules_for(rules, granted.allowance()) if granted else rules

    def has_opened(self, now: datetime) -> bool:
        return self.is_published and (self.opens_at is None or self.opens_at <= now)

    def has_closed(self, now: datetime) -> bool:
        return self.closes_at is not None and self.closes_at <= now

    def is_open(self, now: datetime) -> bool:
        return self.has_opened(now) and not self.has_closed(now)

    def is_over(self, now: datetime) -> bool:
        """Closed for everybody: nobody was granted a later closing, or is still writing in time given by hand.

        Two queries once it has closed; none where prova.quizzes.closing.note_late_ends has looked before.
        """
        if not self.has_closed(now):
            return False
        late: bool | None = self.__dict__.get("has_late_end")
        if late is None:
            late = (
                self.accommodations.filter(closes_at__gt=now).exists()
                or self.attempts.filter(submitted_at=None, deadline_at__gt=now).exists()
            )
        return not late

    def shows_feedback(self, now: datetime) -> bool:
        """For an attempt that is over."""
        if not (self.tells_score or self.tells_key or self.tells_explanations):
            return False
        if self.feedback_policy == FeedbackPolicy.AFTER_CLOSE:
            return self.is_over(now)
        return self.feedback_policy in {FeedbackPolicy.AFTER_SUBMISSION, FeedbackPolicy.AT_ONCE}

    def shows_score(self, now: datetime) -> bool:
        """A score tells which guess was right, so it waits for the quiz to close as the keys do."""
        waits = self.feedback_policy == FeedbackPolicy.AFTER_CLOSE and not self.is_over(now)
        return self.tells_score and not waits


class Section(models.Model):
    """Questions under one heading. Questions without a section come first."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    titles = models.JSONField(default=dict, blank=True)  #: {language: text}
    instructions = models.JSONField(default=dict, blank=True)
    is_shuffled = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "position"],
                name="one_section_per_place",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.quiz}/section {self.position}"

    def title(self) -> str:
        return text_in(self.titles)

    def instruction(self) -> str:
        return text_in(self.instructions)


class Pin(models.TextChoices):
    """Where a question stays while its section is shuffled."""

    NONE = "", _("shuffled with the others")
    FIRST = "first", _("stays at the beginning")
    LAST = "last", _("stays at the end")


class Pool(models.Model):
    """A place for `draws` questions, drawn for each attempt from `items`, which publishing the quiz fills."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="pools")
    section = models.ForeignKey(
        Section, on_delete=models.SET_NULL, null=True, blank=True, related_name="pools"
    )
    position = models.PositiveSmallIntegerField()  #: among the quiz's fixed questions and pools
    draws = models.PositiveSmallIntegerField(default=1)
    points = models.FloatField(default=1.0)  #: of each drawn question
    pin = models.CharField(max_length=5, choices=Pin.choices, blank=True, default=Pin.NONE)
    #: prova.quizzes.sources.PoolSource as JSON: which questions of the bank
    source = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.quiz}/pool {self.position}"


class QuizItem(models.Model):
    """A question's place in a quiz."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey("questionbank.Question", on_delete=models.PROTECT, related_name="quiz_items")
    #: the version new attempts get; attempts keep theirs
    version = models.ForeignKey(
        "questionbank.QuestionVersion", on_delete=models.PROTECT, related_name="quiz_items"
    )
    section = models.ForeignKey(
        Section, on_delete=models.SET_NULL, null=True, blank=True, related_name="items"
    )
    #: None: every attempt asks it; else it may be drawn, and shares the pool's position
    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, null=True, blank=True, related_name="items")
    position = models.PositiveSmallIntegerField()
    place_in_pool = models.PositiveSmallIntegerField(default=0)  #: from 1; 0: fixed
    points = models.FloatField(default=1.0)
    pin = models.CharField(max_length=5, choices=Pin.choices, blank=True, default=Pin.NONE)

    class Meta:
        ordering = ["position", "place_in_pool"]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "position", "place_in_pool"],
                name="one_item_per_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["quiz", "question"], name="a_question_once_per_quiz"),
        ]

    def __str__(self) -> str:
        return f"{self.quiz}/{self.position}"
