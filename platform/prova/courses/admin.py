from django.contrib import admin

from prova.courses.models import Course, Enrolment


class EnrolmentInline(admin.TabularInline):
    model = Enrolment
    extra = 1
    autocomplete_fields = ["user"]


@admin.register(Course)
class CourseAdmin(admin.ModelAdmin):
    inlines = [EnrolmentInline]
    search_fields = ["slug"]
