from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.utils import translation
from prova.courses.templatetags import prova as tags


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 seconds"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (3725, "1 hour and 2 minutes"),
        (90061, "1 day and 1 hour"),
        (86400 + 59, "1 day"),
        (-5, "0 seconds"),
    ],
)
def test_a_span_is_said_in_its_two_greatest_units(seconds, text):
    assert tags.span(seconds) == text


def test_a_span_is_said_in_portuguese_too():
    with translation.override("pt-br"):
        assert tags.span(3725) == "1 hora e 2 minutos"


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (309, "5:09"), (3909, "1:05:09")])
def test_a_countdown_is_written_as_the_script_writes_it(seconds, text):
    assert tags.countdown(seconds) == text


@pytest.mark.parametrize(
    ("offset_min", "name"), [(0, "UTC"), (-180, "UTC−3"), (330, "UTC+5:30"), (-210, "UTC−3:30")]
)
def test_a_zone_is_named_by_its_offset(offset_min, name):
    moment = datetime(2026, 3, 2, tzinfo=timezone(timedelta(minutes=offset_min)))
    assert tags.zone_name(moment) == name


def test_a_moment_names_its_zone_and_keeps_the_exact_time_for_machines():
    html = tags.moment(datetime(2026, 3, 2, 15, 4, tzinfo=UTC))
    assert html == '<time datetime="2026-03-02T15:04:00+00:00">2 Mar 2026, 15:04 UTC</time>'
    with translation.override("pt-br"):
        assert "2 mar 2026, 15:04 UTC" in tags.moment(datetime(2026, 3, 2, 15, 4, tzinfo=UTC))


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [(1.0, "en", "1"), (0.5, "en", "0.5"), (3.333, "en", "3.33"), (0.5, "pt-br", "0,5"), (None, "en", "")],
)
def test_points_take_as_few_digits_as_say_them(value, language, text):
    with translation.override(language):
        assert tags.points(value) == text
