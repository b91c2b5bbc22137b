from django.apps import AppConfig


class BankConfig(AppConfig):
    """The question bank as instructors find their way in it: search, filters, tags, collections, languages, duplicates."""

    name = "prova.bank"
    label = "bank"
