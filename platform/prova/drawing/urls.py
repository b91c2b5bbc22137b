from django.urls import path

from prova.drawing import views

app_name = "drawing"
urlpatterns = [
    path("bank/drawings/<int:request_id>/", views.variants, name="variants"),
]
