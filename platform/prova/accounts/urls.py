from django.contrib.auth.views import LogoutView
from django.urls import path

from prova.accounts import token_views, views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="login"),
    path("sign-out/", LogoutView.as_view(), name="logout"),
    path("tokens/", token_views.tokens, name="tokens"),
    path("tokens/<int:token>/end/", token_views.end_token, name="end_token"),
    path("preferences/", views.preferences, name="preferences"),
]
