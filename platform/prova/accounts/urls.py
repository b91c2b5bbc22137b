from django.contrib.auth.views import LogoutView
from django.urls import path

from prova.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="login"),
    path("sign-out/", LogoutView.as_view(), name="logout"),
    path("preferences/", views.preferences, name="preferences"),
]
