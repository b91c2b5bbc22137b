from django.urls import path

from prova.bank.views import collections, duplicates, languages, listing, question, selected, tags

app_name = "bank"
urlpatterns = [
    path("bank/", listing.bank, name="bank"),
    path("bank/questions.csv", listing.bank_csv, name="bank_csv"),
    path("bank/selected/", selected.selected, name="selected"),
    path("bank/q/<slug:slug>/", question.question, name="question"),
    path("bank/q/<slug:slug>/languages/<slug:language>/", question.language, name="language"),
    path("bank/languages/", languages.languages, name="languages"),
    path("bank/duplicates/", duplicates.duplicates, name="duplicates"),
    path("bank/tags/", tags.tags, name="tags"),
    path("bank/tags/<int:tag>/rename/", tags.rename, name="rename_tag"),
    path("bank/collections/", collections.collections, name="collections"),
    path("bank/collections/new/", collections.make, name="make_collection"),
    path("bank/collections/<slug:slug>/", collections.collection, name="collection"),
    path("bank/collections/<slug:slug>/change/", collections.change, name="change_collection"),
    path("bank/collections/<slug:slug>/delete/", collections.delete, name="delete_collection"),
]
