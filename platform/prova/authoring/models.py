"""A question while it is being written: its draft, everything that was ever saved of it, and what reviewers said.

Who may change which field, and when, is in `actions`; nothing else writes these rows.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftState(models.TextChoices):
    DRAFT = "draft", _("being written")
    IN_REVIEW = "in_review", _("waiting for a review")
    CHANGES_ASKED = "changes_asked", _("changes asked for")
    REVIEWED = "reviewed", _("reviewed")
    PUBLISHED = "published", _("published")
    DISCARDED = "discarded", _("put away")


#: A question has at most one draft in these.
OPEN_STATES = (DraftState.DRAFT, DraftState.IN_REVIEW, DraftState.CHANGES_ASKED, DraftState.REVIEWED)


class Draft(models.Model):
    #: The id the published question has or will have.
    slug = models.SlugField(max_length=100)
    topic = models.SlugField(max_length=100)
    #: One question of the YAML format, without its topic.
    content = models.JSONField()
    #: language -> the source text its translation was last said to agree with.
    agreed = models.JSONField(default=dict, blank=True)
    #: None: a new question.
    based_on = models.ForeignKey(
        "questionbank.QuestionVersion", on_delete=models.PROTECT, null=True, related_name="drafts"
    )
    #: Counts the saves; a save names the one it started from.
    revision = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=16, choices=DraftState.choices, default=DraftState.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="question_drafts"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    published_version = models.ForeignKey(
        "questionbank.QuestionVersion", on_delete=models.PROTECT, null=True, related_name="published_drafts"
    )

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=models.Q(state__in=[state.value for state in OPEN_STATES]),
                name="one_open_draft_per_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.slug}, draft {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def item_type(self) -> str:
        return str(self.content.get("type", ""))


class AppendOnly(models.Model):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} rows are a history and are never changed")
        super().save(*args, **kwargs)


class DraftRevision(AppendOnly):
    """What one save left."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    topic = models.SlugField(max_length=100)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now_add=True)
    #: Saved by the page itself while the person was writing.
    is_automatic = models.BooleanField(default=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="one_save_per_draft_revision")
        ]

    def __str__(self) -> str:
        return f"{self.draft}, revision {self.number}"


class DraftStep(AppendOnly):
    """A draft went from one state to another."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=16, choices=DraftState.choices)
    #: Of the draft when it was decided.
    revision = models.PositiveIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(auto_now_add=True)
    #: Why it was published without a review, or what a reviewer asks for.
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.draft}: {self.state}"


class ReviewNote(models.Model):
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="notes")
    #: Name of the form's field it speaks of; empty: the whole question.
    place = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["resolved_at", "pk"]

    def __str__(self) -> str:
        return f"{self.draft}: {self.text[:40]}"
