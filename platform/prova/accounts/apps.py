from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "prova.accounts"
    label = "accounts"
