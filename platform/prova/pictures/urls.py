from django.urls import path

from prova.pictures import views

app_name = "pictures"
urlpatterns = [
    path("bank/images/", views.pictures, name="pictures"),
    # questionbank.images.ASSET_URL
    path("bank/images/<str:name>", views.picture, name="picture"),
]
