from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from prova.assignments import actions
from prova.assignments.models import Assignment, Exercise, Submission, SubmissionEvent
from prova.assignments.texts import visible


@admin.register(Assignment)
class AssignmentAdmin(admin.ModelAdmin):
    list_display = ["slug", "course", "exercise", "opens_at", "closes_at", "points", "is_published"]
    list_filter = ["course", "is_published"]


class ReadOnly(admin.ModelAdmin):
    """Written by actions only; looking is allowed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class EventInline(admin.TabularInline):
    model = SubmissionEvent
    extra = 0
    can_delete = False
    readonly_fields = ["kind", "nonce", "details", "at"]
    exclude = ["detail"]

    @admin.display(description=_("Details"))
    def details(self, event: SubmissionEvent) -> str:
        return "; ".join(visible(f"{name}: {value}") for name, value in event.detail.items())


@admin.register(Exercise)
class ExerciseAdmin(ReadOnly):
    list_display = ["slug", "version", "loaded_at"]


@admin.register(Submission)
class SubmissionAdmin(ReadOnly):
    list_display = ["id", "assignment", "learner", "state", "score", "max_score", "tries", "created_at"]
    list_filter = ["state", "assignment"]
    #: what comes out of a submission is shown by the pages for instructors, cleaned; the seed tells hidden inputs
    exclude = ["source", "upload", "report", "hidden_details", "progress", "file_name", "seed"]
    inlines = [EventInline]
    actions = ["grade_again"]

    def has_grade_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("assignments.change_submission")

    @admin.action(description=_("Grade again what failed on our side"), permissions=["grade_again"])
    def grade_again(self, request: HttpRequest, chosen: QuerySet[Submission]) -> None:
        begun = sum(actions.grade_again(submission.pk) for submission in chosen)
        messages.info(request, _("%(count)s submissions are graded again.") % {"count": begun})
