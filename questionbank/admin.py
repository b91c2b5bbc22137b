"""Published questions to look at; they are changed by publishing, never here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from questionbank import models


class ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class VersionInline(ReadOnly, admin.TabularInline):
    model = models.QuestionVersion
    fields = ["number", "content_hash", "published_at"]
    readonly_fields = ["number", "content_hash", "published_at"]
    show_change_link = True


class VariantInline(ReadOnly, admin.TabularInline):
    model = models.Variant
    fields = ["number", "params", "options", "key"]
    readonly_fields = ["number", "params", "options", "key"]


@admin.register(models.Question)
class QuestionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["slug", "topic", "item_type"]
    list_filter = ["topic", "item_type"]
    search_fields = ["slug"]
    inlines = [VersionInline]


@admin.register(models.QuestionVersion)
class QuestionVersionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["question", "number", "published_at"]
    list_select_related = ["question"]
    search_fields = ["question__slug"]
    inlines = [VariantInline]
