from django.urls import path

from prova.authoring.views import drafts, editor, history, publish, review, start

app_name = "authoring"
_DRAFT = "bank/drafts/<int:draft>/"
urlpatterns = [
    path("bank/new/", start.new, name="new"),
    path("bank/q/<slug:question>/edit/", start.edit, name="edit"),
    path("bank/q/<slug:question>/duplicate/", start.duplicate, name="duplicate"),
    path("bank/q/<slug:question>/versions/", history.versions, name="versions"),
    path("bank/drafts/", drafts.drafts, name="drafts"),
    path(_DRAFT, editor.editor, name="editor"),
    path(f"{_DRAFT}resume/", editor.resume, name="resume"),
    path(f"{_DRAFT}autosave/", editor.autosave, name="autosave"),
    path(f"{_DRAFT}live/", editor.live, name="live"),
    path(f"{_DRAFT}put-away/", drafts.put_away, name="put_away"),
    path(f"{_DRAFT}reopen/", drafts.reopen, name="reopen"),
    path(f"{_DRAFT}history/", history.history, name="history"),
    path(f"{_DRAFT}review/", review.review, name="review"),
    path(f"{_DRAFT}review/decide/", review.decide, name="decide"),
    path(f"{_DRAFT}notes/", review.notes, name="notes"),
    path(f"{_DRAFT}notes/<int:note>/", review.resolve, name="resolve"),
    path(f"{_DRAFT}publish/", publish.publish, name="publish"),
    path(f"{_DRAFT}published/", publish.published, name="published"),
]
