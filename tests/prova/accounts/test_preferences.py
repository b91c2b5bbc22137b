import pytest
from django.urls import reverse
from prova.accounts.preferences import choose_language, choose_theme, choose_time_zone


@pytest.mark.parametrize(
    ("chosen", "cookie", "accepted", "language"),
    [
        ("pt-br", "en", "en", "pt-br"),
        ("", "pt-br", "en", "pt-br"),
        ("", "", "pt-BR,pt;q=0.9,en;q=0.8", "pt-br"),
        ("", "", "pt-PT", "pt-br"),
        ("", "", "en-GB,pt;q=0.5", "en"),
        ("", "", "de,pt;q=0.5", "pt-br"),
        ("", "", "de", "en"),
        ("", "klingon", "", "en"),
        ("", "", "nonsense;;q=", "en"),
    ],
)
def test_own_choice_then_cookie_then_browser_then_english(chosen, cookie, accepted, language):
    assert choose_language(chosen=chosen, cookie=cookie, accepted=accepted) == language


def test_an_unknown_theme_is_the_devices():
    assert choose_theme({"theme": '"><script>'}) == "auto"


def test_a_time_zone_that_does_not_exist_is_none():
    assert choose_time_zone({"timezone": "../../etc/passwd"}) is None
    assert str(choose_time_zone({"timezone": "America/Sao_Paulo"})) == "America/Sao_Paulo"


def test_the_sign_in_page_follows_the_browser(client, db):
    page = client.get(reverse("accounts:login"), headers={"accept-language": "pt-BR"})
    assert page.headers["Content-Language"] == "pt-br"
    assert '<html lang="pt-BR"' in page.content.decode()
    assert "Entrar" in page.content.decode()


def test_switching_language_returns_to_the_same_page_and_is_kept_with_the_person(lin, signed_in):
    client = signed_in(lin)
    response = client.post(
        reverse("accounts:preferences"), {"language": "pt-br", "next": "/courses/edge/?a=1#b"}
    )
    assert response.url == "/courses/edge/?a=1#b"
    lin.refresh_from_db()
    assert lin.language == "pt-br"
    assert '<html lang="pt-BR"' in signed_in(lin).get("/").content.decode()


def test_the_theme_is_in_the_first_byte_of_the_next_page(client, db):
    client.post(reverse("accounts:preferences"), {"theme": "dark", "next": "/"})
    assert 'data-theme="dark"' in client.get(reverse("accounts:login")).content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "foo",
        "login",
        "a.b",
        "",
    ],
)
def test_preferences_never_lead_to_another_site(client, db, elsewhere):
    response = client.post(reverse("accounts:preferences"), {"theme": "dark", "next": elsewhere})
    assert response.url == reverse("home")


def test_preferences_are_not_changed_by_following_a_link(client, db):
    assert client.get(reverse("accounts:preferences"), {"theme": "dark"}).status_code == 405


def test_no_page_allows_inline_scripts_or_styles(client, db):
    page = client.get(reverse("accounts:login"))
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";"
    assert "style-src 'self';" in policy + ";"
    text = page.content.decode()
    assert " style=" not in text
    assert " onclick=" not in text
    assert "hx-on" not in text
