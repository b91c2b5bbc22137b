import pytest
from django.utils import translation
from prova.regrades.templatetags.regrades import signed_percent


@pytest.mark.parametrize(
    ("share", "said"), [(3 / 14.5, "+20,7"), (-0.0606, "\N{MINUS SIGN}6,1"), (0.125, "+12,5")]
)
def test_a_difference_is_rounded_and_not_cut_off(share, said):
    with translation.override("pt-br"):
        assert signed_percent(share) == said
