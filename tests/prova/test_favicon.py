from django.contrib.staticfiles import finders


def test_browsers_that_ask_for_an_icon_find_one(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (302, "/static/prova/favicon.svg")
    assert finders.find("prova/favicon.svg")
    assert "max-age" in answer["Cache-Control"]
